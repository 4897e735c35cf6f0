import { expect, test } from 'vitest';
import { bootstrapByGroup, groupNumbers, rocAucInterval } from '../../../src/core/evaluation/bootstrap.ts';
import { definedMetric, undefinedMetric } from '../../../src/core/evaluation/metric.ts';
import { randomStream } from '../../../src/core/random/philox.ts';

const COUNT = 400;
const random = randomStream(7);
const isMc = Uint8Array.from({ length: COUNT }, (_, row) => (row % 4 === 0 ? 1 : 0));
const score = Float64Array.from(isMc, (mc) => random.normal() + mc);
const ownGroups = Int32Array.from({ length: COUNT }, (_, row) => row);

test('a metric that most resamples do not define has no interval', () => {
  expect(bootstrapByGroup([0, 1], 2, () => undefinedMetric('never'), { seed: 1 })).toBeUndefined();
});

test('the same seed gives the same interval, another seed another', () => {
  const intervalOf = (seed: number): unknown =>
    rocAucInterval(isMc, score, ownGroups, COUNT, { seed, resampleCount: 200 });
  expect(intervalOf(3)).toEqual(intervalOf(3));
  expect(intervalOf(3)).not.toEqual(intervalOf(4));
});

test('every row is drawn once on average', () => {
  let drawn = 0;
  bootstrapByGroup(
    ownGroups,
    COUNT,
    (weight) => {
      drawn += weight.reduce((sum, times) => sum + times, 0);
      return definedMetric(0);
    },
    { seed: 1, resampleCount: 50 },
  );
  expect(drawn).toBe(50 * COUNT);
});

test('rows of one source are drawn together, so that the interval is wider than by row', () => {
  // Every source four times over: by row it looks like four times the evidence.
  const repeated = Int32Array.from({ length: 4 * COUNT }, (_, row) => row % COUNT);
  const mc = Uint8Array.from(repeated, (row) => isMc[row]!);
  const scores = Float64Array.from(repeated, (row) => score[row]!);
  const options = { seed: 5, resampleCount: 300 };
  const bySource = rocAucInterval(mc, scores, repeated, COUNT, options)!;
  const byRow = rocAucInterval(
    mc,
    scores,
    Int32Array.from(mc, (_, row) => row),
    4 * COUNT,
    options,
  )!;
  const ratio = (bySource.high - bySource.low) / (byRow.high - byRow.low);
  // √4 in expectation; percentiles of 300 resamples scatter by some ten per cent.
  expect(ratio).toBeGreaterThan(1.6);
  expect(ratio).toBeLessThan(2.5);
});

test('groups are numbered by first appearance', () => {
  const { group, groupCount } = groupNumbers(['b', 'a', 'b']);
  expect([[...group], groupCount]).toEqual([[0, 1, 0], 2]);
});
