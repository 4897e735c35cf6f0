/** Exported tables against the programs that will read them: astropy and STILTS, value by value, and votlint. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Column, Table } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { askPeer, hasPeer } from '../peers.ts';
import { SAMPLE_TABLE } from '../services/table-writers/sample-table.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

/** CSV has no arrays. */
const FLAT: Table = { ...SAMPLE_TABLE, columns: SAMPLE_TABLE.columns.filter(({ repeat }) => repeat === 1) };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-peers-'));
  for (const ending of ['fits', 'vot', 'ecsv']) await writeTableFile(file(`sample.${ending}`), SAMPLE_TABLE);
  await writeTableFile(file('sample.csv'), FLAT);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface AstropyTable {
  readonly meta: Readonly<Record<string, string>>;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string | null;
    readonly values: readonly unknown[];
  }[];
}

/** A value as the Python script spells it. A missing float is NaN. */
function spelled(column: Column, at: number): unknown {
  const value = column.data[at];
  const isFloat = column.data instanceof Float64Array || column.data instanceof Float32Array;
  if (isFloat) return Number.isNaN(value) ? null : Number(value);
  if (column.isMissing?.[at] === 1 || value === undefined || value === '') return null;
  return typeof value === 'boolean' || typeof value === 'string' ? value : String(value);
}

/** From Python's: hexadecimal floats are exact. NaN and masked are both "missing". */
function fromPython(value: unknown, isFloat: boolean): unknown {
  if (value === null || value === 'nan') return null;
  if (!isFloat || typeof value !== 'string') return value;
  if (/^[+-]?inf/.test(value)) return value.startsWith('-') ? -Infinity : Infinity;
  const [, sign, whole, fraction, power] = /^(-?)0x([01])\.?([0-9a-f]*)p([+-]\d+)$/.exec(value) ?? [];
  const digits = BigInt(`0x${whole!}${fraction!}`);
  // In two steps: a power of two below the smallest normal number would come out as 0.
  const exponent = Number(power) - 4 * fraction!.length;
  const half = Math.trunc(exponent / 2);
  return (sign === '-' ? -1 : 1) * Number(digits) * 2 ** half * 2 ** (exponent - half);
}

function expectColumns(found: AstropyTable['columns'], table: Table, isSinglePrecisionKept: boolean): void {
  expect(found.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
  table.columns.forEach((column, index) => {
    const isFloat = column.data instanceof Float64Array || column.data instanceof Float32Array;
    const round = (value: unknown): unknown =>
      !isSinglePrecisionKept && column.data instanceof Float32Array && typeof value === 'number'
        ? Math.fround(value)
        : value;
    const rows = Array.from({ length: table.rowCount }, (_, row) =>
      Array.from({ length: column.lengths?.[row] ?? column.repeat }, (__, k) =>
        spelled(column, row * column.repeat + k),
      ),
    );
    const values = found[index]!.values.map((value) => {
      const items = column.repeat === 1 ? [value] : Array.isArray(value) ? value : [];
      return items.map((item) => round(fromPython(item, isFloat)));
    });
    // A ragged column in FITS is a rectangle filled with NaN.
    const filled = values.map((items, row) => items.slice(0, rows[row]!.length));
    expect(filled, column.name).toEqual(rows);
  });
}

describe.skipIf(!hasPeer('astropy'))('astropy reads every value', () => {
  let answer: Readonly<Record<string, AstropyTable>>;
  beforeAll(() => {
    const script = join(import.meta.dirname, 'tables_of_astropy.py');
    const paths = ['fits', 'vot', 'ecsv', 'csv'].map((ending) => file(`sample.${ending}`));
    answer = JSON.parse(askPeer('astropy', [script, ...paths])) as Readonly<Record<string, AstropyTable>>;
  }, 60_000);

  test.each(['fits', 'vot', 'ecsv'])('%s, with units', (ending) => {
    expectColumns(answer[ending]!.columns, SAMPLE_TABLE, true);
    const units = answer[ending]!.columns.map(({ unit }) => unit?.replaceAll(' ', '') ?? null);
    expect(units).toEqual(SAMPLE_TABLE.columns.map(({ unit }) => unit?.replaceAll(' ', '') ?? null));
  });

  test('csv, where logicals are words', () => {
    const columns = FLAT.columns.map((column) =>
      column.name === 'Flag' ? { ...column, data: (column.data as readonly boolean[]).map(String) } : column,
    );
    expectColumns(answer['csv']!.columns, { ...FLAT, columns }, false);
  });

  test('the provenance is in the FITS header and in the ECSV meta', () => {
    expect(answer['fits']!.meta['LBMODEL']).toBe('compact-sim-4');
    expect(answer['fits']!.meta['LBSHA256']).toBe('ab'.repeat(32));
    expect(answer['ecsv']!.meta['lobate_model']).toBe('compact-sim-4');
  });
});

describe.skipIf(!hasPeer('stilts'))('STILTS reads every value', () => {
  test('votlint has nothing to say against the VOTable', () => {
    expect(askPeer('stilts', ['votlint', 'ucd=true', 'unit=true', file('sample.vot')])).toBe('');
  }, 60_000);

  test.each([
    ['fits', 'fits'],
    ['vot', 'votable'],
    ['ecsv', 'ecsv'],
  ])(
    '%s',
    async (ending, format) => {
      // Through STILTS into a FITS file of its own, which our reader is known to read as astropy does.
      askPeer('stilts', [
        'tcopy',
        `in=${file(`sample.${ending}`)}`,
        `ifmt=${format}`,
        'ofmt=fits-basic',
        `out=${file(`back-${ending}.fits`)}`,
      ]);
      const back = await readTableFile(file(`back-${ending}.fits`));
      expect(back.columns.map(({ name }) => name)).toEqual(SAMPLE_TABLE.columns.map(({ name }) => name));
      SAMPLE_TABLE.columns.forEach((column, index) => {
        const found = back.columns[index]!;
        if (column.lengths !== undefined) return;
        const all = (of: Column): unknown[] => Array.from({ length: column.data.length }, (_, at) => spelled(of, at));
        expect(all(found), column.name).toEqual(all(column));
        expect(found.unit ?? null, column.name).toBe(column.unit ?? null);
        expect(found.ucd ?? null, column.name).toBe(column.ucd ?? null);
      });
    },
    60_000,
  );
});
