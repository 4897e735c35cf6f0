import { expect, test } from 'vitest';
import { featureMoments, momentsFor, momentsSuit, scaled, standardise } from '../../../src/core/features/scaling.ts';
import { refusalOf } from '../catalogue/catalogue-tables.ts';

test('values that are not rows of that many features are refused', () => {
  expect(refusalOf(() => standardise(Float64Array.of(1, 2, 3), { mean: [0, 0], deviation: [1, 1] }))).toMatchObject({
    kind: 'model-input-mismatch',
  });
});

test('standardised features have mean 0 and population deviation 1; one that never varies becomes 0', () => {
  const values = Float64Array.of(1, 5, 2, 5, 6, 5);
  const moments = featureMoments(values, 2);
  expect(moments.mean).toEqual([3, 5]);
  expect(moments.deviation[0]).toBeCloseTo(Math.sqrt(14 / 3), 14);
  const result = standardise(values, moments);
  expect([result[1], result[3], result[5]]).toEqual([0, 0, 0]);
  expect(result[0]! + result[2]! + result[4]!).toBeCloseTo(0, 14);
});

test('asinh-standardise takes back a sinh: fluxes over six decades become what their logarithms standardise to', () => {
  const values = Float64Array.of(-3, 0.5, 0, 1, 7, 2);
  const wide = values.map(Math.sinh);
  const expected = standardise(values, momentsFor('standardise', values, 2));
  const moments = momentsFor('asinh-standardise', wide, 2);
  standardise(wide, moments).forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 12);
    expect(scaled(wide[index]!, moments, index % 2)).toBe(value);
  });
  expect(scaled(12.5, undefined, 0)).toBe(12.5);
});

test('moments of one scaling do not pass for those of another', () => {
  const plain = { mean: [0], deviation: [1] };
  const suits = (['none', 'standardise', 'asinh-standardise'] as const).map((scaling) =>
    [undefined, plain, { ...plain, of: 'asinh' as const }].map((moments) => momentsSuit(scaling, moments)),
  );
  expect(suits).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});
