import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortRows } from '../../../src/core/table/sort-rows.ts';

/** The same order by a comparing sort. */
function compared(rows: readonly number[], values: ArrayLike<number>, isDescending: boolean): number[] {
  const present = rows.filter((row) => !Number.isNaN(values[row]));
  const missing = rows.filter((row) => Number.isNaN(values[row]));
  return [...present.sort((a, b) => (values[a]! - values[b]! || 0) * (isDescending ? -1 : 1)), ...missing];
}

describe('rows in the order of a column', () => {
  test('missing values come last in either direction, in the order of the rows', () => {
    const values = Float64Array.of(Number.NaN, 2, Number.NaN, 1);
    const rows = Int32Array.of(0, 1, 2, 3);
    expect([...sortRows(rows, values, false)]).toEqual([3, 1, 0, 2]);
    expect([...sortRows(rows, values, true)]).toEqual([1, 3, 0, 2]);
  });

  test('infinities are the ends, −0 is 0, and no rows are no rows', () => {
    const values = Float64Array.of(0, -Infinity, -0, Infinity, -5e-324);
    expect([...sortRows(Int32Array.of(0, 1, 2, 3, 4), values, false)]).toEqual([1, 4, 0, 2, 3]);
    expect([...sortRows(new Int32Array(0), values, true)]).toEqual([]);
  });

  test('is that of a comparing sort, for doubles, single precision and whole numbers, with equal values in their order', () => {
    const arrays = fc.oneof(
      fc.float64Array({ maxLength: 200 }).filter((values) => !values.some((value) => Math.abs(value) === Infinity)),
      fc.float32Array({ maxLength: 200, noDefaultInfinity: true }),
      fc.int32Array({ min: -3, max: 3, maxLength: 200 }),
    );
    fc.assert(
      fc.property(arrays, fc.boolean(), (values, isDescending) => {
        const rows = Array.from(values, (_, row) => row);
        expect([...sortRows(Int32Array.from(rows), values, isDescending)]).toEqual(
          compared(rows, values, isDescending),
        );
      }),
    );
  });

  test('long runs of values that differ in their last digits alone are in order too', () => {
    const values = Float64Array.from({ length: 3000 }, (_, row) => 1 + (row % 3) + ((row * 7919) % 1009) * 2 ** -50);
    const rows = Array.from(values, (_, row) => row);
    for (const isDescending of [false, true]) {
      expect([...sortRows(Int32Array.from(rows), values, isDescending)]).toEqual(compared(rows, values, isDescending));
    }
  });

  test('keeps to the rows that it is given', () => {
    expect([...sortRows(Int32Array.of(4, 0, 2), Float64Array.of(3, 9, 1, 9, 2), true)]).toEqual([0, 4, 2]);
  });
});
