import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { readHdus } from '../../../src/core/fits/hdu.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { fitsTableBytes, fitsTablePieces } from '../../../src/core/fits/write.ts';
import type { Column, Table } from '../../../src/core/table/table.ts';
import { findColumn } from '../../../src/core/table/table.ts';
import { errorOf, rejectionOf } from '../../expect-failure.ts';
import { fixtureSource, samples } from './fits-fixture.ts';

const writtenAndRead = (table: Table): Promise<Table> =>
  readFitsTable(bytesAsSource('again.fits', fitsTableBytes(table)));

/** What a row of the column really has, as plain values; null for what is not finite. */
function rowsOf(column: Column): unknown[][] {
  const rowCount = column.repeat === 0 ? 0 : column.data.length / column.repeat;
  return Array.from({ length: rowCount }, (_, row) =>
    Array.from({ length: column.lengths?.[row] ?? column.repeat }, (_value, i) => {
      const value = column.data[row * column.repeat + i];
      if (typeof value === 'bigint') return Number(value);
      return typeof value === 'number' && !Number.isFinite(value) ? null : value;
    }),
  );
}

test('an image holds no table', async () => {
  expect(await rejectionOf(() => readFitsTable(fixtureSource('images.fits')))).toEqual({
    kind: 'fits-no-table',
    path: 'images.fits',
  });
});

test('a table whose columns are wider than its rows is broken', async () => {
  const bytes = fitsTableBytes({ rowCount: 1, columns: [{ name: 'a', data: Int16Array.of(1), repeat: 1 }] });
  const text = new TextDecoder('latin1').decode(bytes);
  const at = text.indexOf("'I       '");
  bytes[at + 1] = 'D'.charCodeAt(0);
  expect(await rejectionOf(() => readFitsTable(bytesAsSource('a.fits', bytes)))).toMatchObject({
    kind: 'fits-header-invalid',
  });
});

describe('every column type is read as astropy reads it', () => {
  test.each(samples.columns.map((sample) => [`${sample.name} (${sample.form})`, sample] as const))(
    '%s',
    async (_name, sample) => {
      const table = await readFitsTable(fixtureSource('columns.fits'));
      const column = findColumn(table, sample.name)!;
      const isRagged = Array.isArray(sample.values[0]);
      const rows = rowsOf(column);
      const values = column.fits?.form === 'X' ? rows.flat().map((bit) => bit === 1) : isRagged ? rows : rows.flat();
      expect(values).toEqual(sample.values);
      expect(column.unit ?? null).toBe(sample.unit);
    },
  );

  test('TNULL marks a missing integer, and the stored number does not pass for a value', async () => {
    const column = findColumn(await readFitsTable(fixtureSource('columns.fits')), 'short')!;
    expect([...column.isMissing!]).toEqual([1, 0, 0, 0, 0]);
  });

  test('only the columns asked for are read', async () => {
    const table = await readFitsTable(fixtureSource('columns.fits'), 'samples', { columns: ['after', 'text'] });
    expect(table.columns.map(({ name }) => name)).toEqual(['after', 'text']);
  });
});

test('a table written from one that was read has the same values, units, UCDs and TFORM kinds', async () => {
  const table = await readFitsTable(fixtureSource('columns.fits'));
  const again = await writtenAndRead(table);
  expect(again).toEqual(table);
  const [, hdu] = await readHdus(bytesAsSource('again.fits', fitsTableBytes(table)));
  const forms = table.columns.map((_, index) => hdu!.header.text(`TFORM${index + 1}`));
  const kindOf = (form: string): string => form.replace(/^1(?=[PQ])/, '').replace(/^1(?=[A-Z]$)/, '');
  expect(forms.map((form) => kindOf(form!))).toEqual(samples.columns.map(({ form }) => kindOf(form)));
  expect(hdu!.header.text('EXTNAME')).toBe('SAMPLES');
  expect(findColumn(again, 'int')!.ucd).toBe('phot.count');
});

describe('columns that come from elsewhere', () => {
  test('values that do not fill the rows are refused', () => {
    const table = { rowCount: 3, columns: [{ name: 'a', data: Float64Array.of(1, 2), repeat: 1 }] };
    expect(errorOf(() => fitsTableBytes(table))).toMatchObject({ kind: 'argument-invalid', name: 'column a' });
  });

  test('a missing integer becomes a TNULL that no row has, and is missing again when read', async () => {
    const data = Int16Array.of(-32768, 0, -32767, 5);
    const column: Column = { name: 'count', data, repeat: 1, isMissing: Uint8Array.of(0, 1, 0, 0) };
    const [read] = (await writtenAndRead({ rowCount: 4, columns: [column] })).columns;
    expect([...read!.isMissing!]).toEqual([0, 1, 0, 0]);
    expect([read!.data[0], read!.data[2], read!.data[3]]).toEqual([-32768, -32767, 5]);
    expect(read!.fits?.nullValue).toBe(-32766);
  });

  test('a missing logical stays missing, neither true nor false', async () => {
    const column: Column = { name: 'flag', data: [true, undefined, false], repeat: 1 };
    const [read] = (await writtenAndRead({ rowCount: 3, columns: [column] })).columns;
    expect(read!.data).toEqual([true, undefined, false]);
  });

  test('a table of no rows keeps its columns', async () => {
    const columns: Column[] = [
      { name: 'x', data: new Float64Array(0), repeat: 1, unit: 'deg' },
      { name: 'name', data: [], repeat: 1, textWidth: 24 },
    ];
    const read = await writtenAndRead({ rowCount: 0, columns });
    expect(read.columns.map(({ name, fits, unit }) => [name, fits?.form, unit])).toEqual([
      ['x', 'D', 'deg'],
      ['name', 'A', undefined],
    ]);
  });

  test('doubles, long integers and texts come back bit for bit', async () => {
    const text = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((c) => String.fromCharCode(c)),
      maxLength: 30,
    });
    const row = fc.tuple(fc.double(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), text, fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const columns: Column[] = [
          { name: 'd', data: Float64Array.from(rows, ([value]) => value), repeat: 1 },
          { name: 'k', data: BigInt64Array.from(rows, ([, value]) => value), repeat: 1 },
          { name: 'a', data: rows.map(([, , value]) => value), repeat: 1 },
          { name: 'l', data: rows.map(([, , , value]) => value), repeat: 1 },
        ];
        const read = await writtenAndRead({ rowCount: rows.length, columns, name: 'ROWS' });
        read.columns.forEach((column, i) => expect(column.data).toEqual(columns[i]!.data));
        expect(read.name).toBe('ROWS');
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});

describe('a table of more rows than one piece holds', () => {
  const rowCount = 9000;
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  const lengths = Int32Array.from(rows, (row) => row % 4);
  const table: Table = {
    rowCount,
    columns: [
      { name: 'n', data: Int32Array.from(rows), repeat: 1 },
      { name: 'name', data: rows.map((row) => `ILTJ ${row}`), repeat: 1 },
      {
        name: 'ragged',
        data: Float64Array.from({ length: 3 * rowCount }, (_, at) =>
          at % 3 < lengths[Math.floor(at / 3)]! ? at : NaN,
        ),
        repeat: 3,
        lengths,
        fits: { form: 'D', descriptor: 'P', scale: 1, zero: 0 },
      },
      {
        name: 'note',
        data: rows.map((row) => 'x'.repeat(row % 7)),
        repeat: 1,
        fits: { form: 'A', descriptor: 'Q', scale: 1, zero: 0 },
      },
    ],
  };

  test('reads back row for row, its heap too', async () => {
    const back = await writtenAndRead(table);
    for (const column of table.columns) expect(rowsOf(findColumn(back, column.name)!)).toEqual(rowsOf(column));
  });

  test('tells how many of its rows are there, and all of them at the end', () => {
    const told: number[] = [];
    const sizes = [...fitsTablePieces(table, {}, (rowsDone) => told.push(rowsDone))].map(({ length }) => length);
    expect(told).toEqual([4096, 8192, 9000]);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(fitsTableBytes(table).length);
  });
});
