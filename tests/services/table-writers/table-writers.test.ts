import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provenanceEntries, provenanceOf } from '../../../src/core/classification/provenance.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import type { Column, Table } from '../../../src/core/table/table.ts';
import { readTableFile } from '../../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../../src/services/table-writers/write-table-file.ts';
import { rejectionOf } from '../../expect-failure.ts';
import { SAMPLE_PROVENANCE, SAMPLE_TABLE } from './sample-table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-writers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function roundTrip(table: Table, ending: string): Promise<Table> {
  const path = join(folder, `table.${ending}`);
  await writeTableFile(path, table);
  return readTableFile(path);
}

/** A column's values row by row; undefined where missing. An empty text and a missing one are alike in every format. */
function valuesOf({ data, repeat, lengths, isMissing }: Column): unknown[] {
  const rows = data.length / repeat;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: lengths?.[row] ?? repeat }, (__, k) => {
      const at = row * repeat + k;
      return isMissing?.[at] === 1 || data[at] === '' ? undefined : data[at];
    }),
  );
}

const typeOf = ({ data }: Column): string => (Array.isArray(data) ? typeof data[0] : data.constructor.name);

describe('a written table reads back with the same values, types, units, UCDs and descriptions', () => {
  test.each(['fits', 'vot', 'ecsv', 'parquet'])('%s', async (ending) => {
    const back = await roundTrip(SAMPLE_TABLE, ending);
    expect(back.columns.map(({ name }) => name)).toEqual(SAMPLE_TABLE.columns.map(({ name }) => name));
    for (const [index, column] of SAMPLE_TABLE.columns.entries()) {
      const found = back.columns[index]!;
      expect(valuesOf(found), column.name).toEqual(
        // FITS has no ragged column without its own storage: rows are filled with NaN.
        ending === 'fits' && column.lengths !== undefined
          ? valuesOf({ ...column, lengths: undefined })
          : valuesOf(column),
      );
      expect([typeOf(found), found.unit, found.ucd, found.description], column.name).toEqual([
        typeOf(column),
        column.unit,
        column.ucd,
        column.description,
      ]);
    }
  });
});

test.each(['fits', 'vot', 'csv', 'ecsv', 'parquet'])(
  '%s of more rows than one piece holds reads back',
  async (ending) => {
    const rowCount = 20_000;
    const rows = Array.from({ length: rowCount }, (_, row) => row);
    const isMissing = Uint8Array.from(rows, (row) => (row % 5 === 0 ? 1 : 0));
    const table = {
      rowCount,
      columns: [
        { name: 'Flux', data: Float64Array.from(rows, (row) => row / 7), repeat: 1 },
        { name: 'Name', data: rows.map((row) => `ILTJ ${row}`), repeat: 1 },
        {
          name: 'Code',
          data: Int16Array.from(rows, (row) => (isMissing[row] === 1 ? 0 : row % 3)),
          repeat: 1,
          isMissing,
        },
      ],
    };
    const back = await roundTrip(table, ending);
    expect(back.rowCount).toBe(rowCount);
    for (const [index, column] of table.columns.entries()) {
      expect(valuesOf(back.columns[index]!), column.name).toEqual(valuesOf(column));
    }
  },
);

test('CSV reads back with the same values, and with units and UCDs from the file beside it', async () => {
  const columns = SAMPLE_TABLE.columns.filter(({ lengths }) => lengths === undefined);
  const flat = Object.fromEntries(columns.map((column) => [column.name, column]));
  const back = await roundTrip({ ...SAMPLE_TABLE, columns }, 'csv');
  const byName = new Map(back.columns.map((column) => [column.name, column]));
  expect(valuesOf(byName.get('Tiny')!)).toEqual(valuesOf(flat['Tiny']!));
  expect(valuesOf(byName.get('Long')!)).toEqual(valuesOf(flat['Long']!));
  expect(Array.from(byName.get('Single')!.data as Float64Array, Math.fround)).toEqual(
    Array.from(flat['Single']!.data as Float32Array),
  );
  expect(byName.get('RA')).toMatchObject({ unit: 'deg', ucd: 'pos.eq.ra;meta.main' });
});

test.each(['fits', 'vot', 'csv', 'ecsv', 'parquet'])('the provenance comes back whole from %s', async (ending) => {
  const back = await roundTrip(SAMPLE_TABLE, ending);
  expect(provenanceOf(back.entries ?? [])).toEqual(SAMPLE_PROVENANCE);
});

test('a CSV file without anything to say beside its values stays alone', async () => {
  await writeTableFile(join(folder, 'plain.csv'), { ...SAMPLE_TABLE, entries: undefined });
  expect(existsSync(join(folder, 'plain.csv-metadata.json'))).toBe(false);
});

test('the same table gives the same bytes', async () => {
  for (const ending of ['fits', 'vot', 'csv', 'ecsv', 'parquet']) {
    await writeTableFile(join(folder, `a.${ending}`), SAMPLE_TABLE);
    await writeTableFile(join(folder, `b.${ending}`), SAMPLE_TABLE);
    expect(readFileSync(join(folder, `a.${ending}`)).equals(readFileSync(join(folder, `b.${ending}`))), ending).toBe(
      true,
    );
  }
});

test('another ending is refused in a sentence that names those there are', async () => {
  const error = await rejectionOf(() => writeTableFile(join(folder, 'x.xlsx'), SAMPLE_TABLE));
  expect(describeError(error)).toContain('the file must end in .fits, .vot, .csv, .ecsv or .parquet.');
});

test('whatever text stands in a cell, it comes back from VOTable, ECSV and Parquet', async () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}\ufffe\uffff]/gu, '').trimEnd());
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
      const table = {
        rowCount: texts.length,
        columns: [
          { name: 'n', data: Int32Array.from(texts.keys()), repeat: 1 },
          { name: 't', data: texts, repeat: 1 },
        ],
      };
      for (const ending of ['vot', 'ecsv', 'parquet']) {
        expect((await roundTrip(table, ending)).columns[1]!.data, ending).toEqual(texts);
      }
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('entries that are broken are no provenance', () => {
  const entries = provenanceEntries(SAMPLE_PROVENANCE);
  const changed = (name: string, value: string): typeof entries =>
    entries.map((entry) => (entry.name === name ? { ...entry, value } : entry));
  expect(provenanceOf(entries.slice(0, 3))).toBeUndefined();
  expect(provenanceOf(changed('lobate_recipe_json', '{'))).toBeUndefined();
  expect(provenanceOf(changed('lobate_threshold', '2'))).toBeUndefined();
  expect(provenanceOf(changed('lobate_input_1', '/etc/passwd'))).toBeUndefined();
});
