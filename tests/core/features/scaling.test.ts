import { expect, test } from 'vitest';
import { featureMoments, standardise } from '../../../src/core/features/scaling.ts';
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
  const scaled = standardise(values, moments);
  expect([scaled[1], scaled[3], scaled[5]]).toEqual([0, 0, 0]);
  expect(scaled[0]! + scaled[2]! + scaled[4]!).toBeCloseTo(0, 14);
});
