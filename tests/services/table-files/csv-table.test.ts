import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../../src/core/result/describe-error.ts';
import type { Column, Table } from '../../../src/core/table/table.ts';
import { findColumn, numbersOf } from '../../../src/core/table/table.ts';
import { parseCsvTable } from '../../../src/services/table-files/csv-table.ts';
import { csvChunks } from '../../../src/services/table-writers/csv-writer.ts';
import { refusalOf, tableOf } from '../../core/catalogue/catalogue-tables.ts';

const textOf = (table: Table): string => [...csvChunks(table)].join('');
const columnOf = (text: string, name: string): Column => findColumn(parseCsvTable(text, 'x.csv'), name)!;

describe('what is no table is refused in one sentence', () => {
  test.each([
    ['an empty file', '', 'x.csv: is not a table: it has no header line with column names.'],
    [
      'a letter',
      'Dear colleague\n\nthe data are lost.\n',
      'x.csv: is not a table: it has no header line with column names.',
    ],
    ['bytes', 'SIMPLE\u0000\u0001', 'x.csv: is not a FITS or CSV table.'],
    ['a short row', 'a,b\n1,2\n3\n', 'x.csv: cannot be read (row 2 has 1 cells, the header has 2).'],
  ])('%s', (_, text, sentence) => {
    expect(describeError(refusalOf(() => parseCsvTable(text, 'x.csv')))).toBe(sentence);
  });
});

describe('the type of a column follows from its cells', () => {
  const of = (cells: readonly string[]): unknown =>
    columnOf(`v,w\n${cells.map((cell) => `${cell},x`).join('\n')}\n`, 'v').data;
  test('integers', () => expect(of(['1', '-2'])).toEqual(Int32Array.of(1, -2)));
  test('long integers keep every digit', () =>
    expect(of(['9007199254740993', '1'])).toEqual(BigInt64Array.of(9007199254740993n, 1n)));
  test('numbers', () => expect(of(['1.5', '2e-3', '1D2'])).toEqual(Float64Array.of(1.5, 0.002, 100)));
  test('nan and inf are numbers', () =>
    expect(of(['nan', '-inf', '1'])).toEqual(Float64Array.of(Number.NaN, -Infinity, 1)));
  test('true and false', () => expect(of(['True', 'false'])).toEqual([true, false]));
  test('identifiers with leading zeros stay texts', () => expect(of(['007', '012'])).toEqual(['007', '012']));
  test('a text of two dashes is a text and is written again', () => {
    const text = 'v,w\n--,x\nILTJ1,x\n';
    expect(textOf(parseCsvTable(text, 'x.csv'))).toBe(text);
  });
  test('names stay texts', () => expect(of(['ILTJ1', '2'])).toEqual(['ILTJ1', '2']));
  test('an empty cell of integers is marked as missing', () => {
    expect(columnOf('v,w\n1,x\n,x\n', 'v')).toMatchObject({
      data: Int32Array.of(1, 0),
      isMissing: Uint8Array.of(0, 1),
    });
  });
  test('an empty cell of numbers is NaN', () => expect(numbersOf(columnOf('v,w\n1.5,x\n--,x\n', 'v'))![1]).toBeNaN());
});

test('tabs and semicolons delimit as well, and comments before the header are skipped', () => {
  expect(columnOf('# made by hand\na\tb\n1\t2\n', 'b').data).toEqual(Int32Array.of(2));
  expect(columnOf('a;b\n1;2\n', 'b').data).toEqual(Int32Array.of(2));
});

test("PyBDSF's CSV has its header in the last comment", () => {
  const text = '# Source list for image\n\n# Source_id, Isl_id, RA\n 0, 0, 258.25\n 1, 0, 258.26\n';
  const table = parseCsvTable(text, 'x.csv');
  expect(table.columns.map(({ name }) => name)).toEqual(['Source_id', 'Isl_id', 'RA']);
  expect(findColumn(table, 'RA')!.data).toEqual(Float64Array.of(258.25, 258.26));
});

describe('what is written', () => {
  test('quotes commas, quotes and line ends, and leaves formulas as they are', () => {
    const table = tableOf({ note: ['a,b', 'say "x"', 'two\nlines', '=1+1', ' padded'], n: [1, 2, 3, 4, 5] });
    expect(textOf(table)).toBe('note,n\n"a,b",1\n"say ""x""",2\n"two\nlines",3\n=1+1,4\n" padded",5\n');
  });

  test('missing values are empty cells: NaN, marked integers, undefined booleans', () => {
    const columns: Column[] = [
      { name: 'f', data: Float64Array.of(Number.NaN, 1), repeat: 1 },
      { name: 'i', data: Int16Array.of(0, 2), repeat: 1, isMissing: Uint8Array.of(1, 0) },
      { name: 'b', data: [undefined, true], repeat: 1 },
    ];
    expect(textOf({ rowCount: 2, columns })).toBe('f,i,b\n,,\n1,2,true\n');
  });

  test('single precision is written in its own shortest decimals', () => {
    const column: Column = { name: 'f', data: Float32Array.of(0.1, 1 / 3, 16777216), repeat: 1 };
    expect(textOf({ rowCount: 3, columns: [column] })).toBe('f\n0.1\n0.33333334\n16777216\n');
  });

  test('vector columns are numbered', () => {
    const column: Column = { name: 'v', data: Float64Array.of(1, 2, 3, 4), repeat: 2 };
    expect(textOf({ rowCount: 2, columns: [column] })).toBe('v_1,v_2\n1,2\n3,4\n');
  });

  test('every double and every text reads back as it was', () => {
    const number = fc.double({ noDefaultInfinity: false });
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => value === value.trimEnd() && !value.includes('\u0000'));
    fc.assert(
      fc.property(fc.array(fc.tuple(number, text), { minLength: 1, maxLength: 20 }), (rows) => {
        // A cell that is certainly a text and one that is certainly no integer fix the types of their columns.
        const numbers = [0.5, ...rows.map(([value]) => value)];
        const texts = ['some text', ...rows.map(([, value]) => value)];
        const table: Table = {
          rowCount: numbers.length,
          columns: [
            { name: 'number', data: Float64Array.from(numbers), repeat: 1 },
            { name: 'text', data: texts, repeat: 1 },
          ],
        };
        const read = parseCsvTable(textOf(table), 'x.csv');
        expect(numbersOf(findColumn(read, 'number')!)).toEqual(Float64Array.from(numbers));
        expect(findColumn(read, 'text')!.data).toEqual(texts);
      }),
    );
  });
});
