import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { fitsTableBytes } from '../../../src/core/fits/write.ts';
import type { Column, ColumnData, FitsStorage, Table } from '../../../src/core/table/table.ts';

type Form = FitsStorage['form'];
type Value = number | bigint | string | boolean | undefined;

const plainText = fc.string({
  unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
  maxLength: 9,
});
const float32 = fc.float({ noDefaultInfinity: false });

/** What one value of each form may be, and the column that such values make. */
const FORMS: Readonly<
  Record<Form, { readonly value: fc.Arbitrary<Value>; dataOf(values: readonly Value[]): ColumnData }>
> = {
  L: { value: fc.constantFrom(true, false, undefined), dataOf: (values) => values as (boolean | undefined)[] },
  X: { value: fc.integer({ min: 0, max: 1 }), dataOf: (values) => Uint8Array.from(values as number[]) },
  B: { value: fc.integer({ min: 0, max: 255 }), dataOf: (values) => Uint8Array.from(values as number[]) },
  I: { value: fc.integer({ min: -32768, max: 32767 }), dataOf: (values) => Int16Array.from(values as number[]) },
  J: { value: fc.integer(), dataOf: (values) => Int32Array.from(values as number[]) },
  K: {
    value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    dataOf: (values) => BigInt64Array.from(values as bigint[]),
  },
  A: { value: plainText, dataOf: (values) => values as string[] },
  E: { value: float32, dataOf: (values) => Float32Array.from(values as number[]) },
  D: { value: fc.double(), dataOf: (values) => Float64Array.from(values as number[]) },
  C: { value: float32, dataOf: (values) => Float32Array.from(values as number[]) },
  M: { value: fc.double(), dataOf: (values) => Float64Array.from(values as number[]) },
};

const perElement = (form: Form): number => (form === 'C' || form === 'M' ? 2 : 1);

/** A column of one form: `repeat` elements in each row. */
const fixedColumn = (form: Form, name: string, rowCount: number): fc.Arbitrary<Column> =>
  fc.integer({ min: 1, max: form === 'A' ? 1 : 10 }).chain((elements) => {
    const repeat = elements * perElement(form);
    return fc
      .array(FORMS[form].value, { minLength: rowCount * repeat, maxLength: rowCount * repeat })
      .map((values) => ({ name, repeat, data: FORMS[form].dataOf(values), fits: { form, scale: 1, zero: 0 } }));
  });

/** A column whose rows have their own lengths, filled up as the reader does it. */
const variableColumn = (form: Form, descriptor: 'P' | 'Q', name: string, rowCount: number): fc.Arbitrary<Column> => {
  if (form === 'A')
    return fixedColumn(form, name, rowCount).map((column) => ({ ...column, fits: { ...column.fits!, descriptor } }));
  const row = fc.array(fc.array(FORMS[form].value, { minLength: perElement(form), maxLength: perElement(form) }), {
    maxLength: 5,
  });
  const filler = form === 'L' ? undefined : form === 'K' ? 0n : 'EDCM'.includes(form) ? Number.NaN : 0;
  return fc.array(row, { minLength: rowCount, maxLength: rowCount }).map((rows) => {
    const flat = rows.map((elements) => elements.flat());
    const repeat = Math.max(0, ...flat.map(({ length }) => length));
    const filled = flat.flatMap((values) => [...values, ...new Array<Value>(repeat - values.length).fill(filler)]);
    return {
      name,
      repeat,
      data: FORMS[form].dataOf(filled),
      lengths: Int32Array.from(flat, ({ length }) => length),
      fits: { form, scale: 1, zero: 0, descriptor },
    };
  });
};

const tableOf = (columnOf: (form: Form, name: string, rowCount: number) => fc.Arbitrary<Column>): fc.Arbitrary<Table> =>
  fc
    .integer({ min: 1, max: 6 })
    .chain((rowCount) =>
      fc
        .tuple(...(Object.keys(FORMS) as Form[]).map((form) => columnOf(form, `column_${form}`, rowCount)))
        .map((columns) => ({ rowCount, columns })),
    );

async function expectSameAgain(table: Table): Promise<void> {
  const read = await readFitsTable(bytesAsSource('random.fits', fitsTableBytes(table)));
  expect(read.rowCount).toBe(table.rowCount);
  table.columns.forEach((column, index) => {
    const again = read.columns[index]!;
    expect([again.name, again.repeat, again.fits?.form, again.fits?.descriptor]).toEqual([
      column.name,
      column.repeat,
      column.fits?.form,
      column.fits?.descriptor,
    ]);
    expect(again.data).toEqual(column.data);
    if (column.fits?.form !== 'A') expect(again.lengths).toEqual(column.lengths);
  });
}

describe('a random table comes back from our own writer with every value and every TFORM', () => {
  test('L X B I J K A E D C M, one to ten elements in a row', async () => {
    await fc.assert(fc.asyncProperty(tableOf(fixedColumn), expectSameAgain), { seed: 41, numRuns: 100 });
  });

  test.each(['P', 'Q'] as const)(
    'L X B I J K A E D C M by the descriptors of %s, rows of no element among them',
    async (descriptor) => {
      const table = tableOf((form, name, rowCount) => variableColumn(form, descriptor, name, rowCount));
      await fc.assert(fc.asyncProperty(table, expectSameAgain), { seed: 42, numRuns: 100 });
    },
  );
});
