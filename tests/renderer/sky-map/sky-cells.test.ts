import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildSkyCells } from '../../../src/renderer/sky-map/sky-cells.ts';
import { dot, unitVector } from '../../../src/renderer/sky-map/view-projection.ts';

const positions = fc.tuple(
  fc.double({ min: 0, max: 359.9999, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

test('rows are a permutation, also with rows that have no position', () => {
  const cells = buildSkyCells(Float64Array.of(10, NaN, 359.9, 0), Float64Array.of(20, 5, NaN, -90));
  expect([...cells.rows].sort()).toEqual([0, 1, 2, 3]);
  [...cells.rows].forEach((row, place) => expect(cells.placeOf[row]).toBe(place));
  expect(buildSkyCells(new Float64Array(0), new Float64Array(0)).rangesNear(0, 0, 10)).toEqual([]);
});

test('the ranges around a position hold every row within the radius, at the poles and across right ascension 0° too', () => {
  fc.assert(
    fc.property(
      fc.array(positions, { minLength: 1, maxLength: 60 }),
      fc.constantFrom<readonly [number, number]>(
        [0, 0],
        [359.99, 52],
        [120, 89.9],
        [40, -90],
        [180, -41.8],
        [0.01, 90],
      ),
      fc.double({ min: 0.001, max: 100, noNaN: true }),
      (rows, [ra, dec], radiusDeg) => {
        const cells = buildSkyCells(
          Float64Array.from(rows, ([each]) => each),
          Float64Array.from(rows, ([, each]) => each),
        );
        const ranges = cells.rangesNear(ra, dec, radiusDeg);
        const found = new Set(ranges.flatMap(({ first, end }) => [...cells.rows.subarray(first, end)]));
        const centre = unitVector(ra, dec);
        rows.forEach(([rowRa, rowDec], row) => {
          const separation = (Math.acos(Math.min(1, dot(centre, unitVector(rowRa, rowDec)))) * 180) / Math.PI;
          if (separation < radiusDeg * 0.999) expect(found.has(row)).toBe(true);
        });
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
});

test('a close view of a crowded field meets a small share of it', () => {
  const count = 100_000;
  const ra = Float64Array.from({ length: count }, (_, i) => 150 + (i % 400) / 100);
  const dec = Float64Array.from({ length: count }, (_, i) => 2 + Math.floor(i / 400) / 70);
  const ranges = buildSkyCells(ra, dec).rangesNear(152, 3.5, 0.2);
  const rows = ranges.reduce((sum, { first, end }) => sum + end - first, 0);
  expect(rows).toBeLessThan(count / 20);
  expect(ranges.length).toBeLessThanOrEqual(5);
});
