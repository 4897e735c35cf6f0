import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { stringsOf } from '../../../src/core/fits/stored-texts.ts';
import { fitsTableBytes } from '../../../src/core/fits/write.ts';
import { selectRows } from '../../../src/core/table/select-rows.ts';

const stored = (texts: readonly string[], widthBytes: number) => ({
  bytes: new TextEncoder().encode(texts.map((text) => text.padEnd(widthBytes)).join('')),
  widthBytes,
});

test('texts that repeat, as codes do, and texts that do not, as names, all come back', () => {
  const codes = Array.from({ length: 5000 }, (_, row) => 'SMC'[(row * row) % 3]!);
  const names = Array.from({ length: 5000 }, (_, row) => `ILTJ${row}`);
  const mixed = [...codes, ...names];
  expect(stringsOf(stored(codes, 1), codes.length)).toEqual(codes);
  expect(stringsOf(stored(names, 22), names.length)).toEqual(names);
  expect(stringsOf(stored(mixed, 22), mixed.length)).toEqual(mixed);
});

test('any texts come back without the blanks behind them', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[ab ]{0,5}$/)), (texts) => {
      expect(stringsOf(stored(texts, 5), texts.length)).toEqual(texts.map((text) => text.replace(/ +$/, '')));
    }),
    { seed: 1 },
  );
});

test('a text column of no width has empty texts', () => {
  expect(stringsOf(stored(['', ''], 0), 2)).toEqual(['', '']);
});

test('rows that are selected have their own texts, not the stored ones of the whole file', async () => {
  const names = ['A', 'B', 'C'];
  const table = { rowCount: 3, columns: [{ name: 'Source_Name', data: names, repeat: 1 }] };
  const read = await readFitsTable(bytesAsSource('x.fits', fitsTableBytes(table)));
  expect(read.columns[0]!.storedTexts).toBeDefined();
  const [column] = selectRows(read, (row) => row !== 1).columns;
  expect(column!.data).toEqual(['A', 'C']);
  expect(column!.storedTexts).toBeUndefined();
});
