import { expect, test } from 'vitest';
import { bootstrapByGroup, bootstrapCounts } from '../../../src/core/evaluation/bootstrap.ts';
import { cellsAt, countsFrom } from '../../../src/core/evaluation/cells.ts';
import { metricsOf } from '../../../src/core/evaluation/confusion.ts';
import { ratioMetric } from '../../../src/core/evaluation/metric.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import { sourceProfiles } from '../../../src/core/evaluation/source-profiles.ts';
import { randomStream } from '../../../src/core/random/philox.ts';

const COUNT = 900;
const random = randomStream(21);
// Triples that share one truth and nearly one score, and singles: 600 rows in 200 sources, 300 in their own.
const group = Int32Array.from({ length: COUNT }, (_, row) => (row < 600 ? Math.floor(row / 3) : row - 400));
const isMc = Uint8Array.from(group, (source) => (source % 3 === 0 ? 1 : 0));
const level = Float64Array.from({ length: 500 }, () => random.normal());
const rows = scoredRows({
  isMc,
  probability: Float64Array.from(
    isMc,
    (mc, row) => 1 / (1 + Math.exp(-(mc + level[group[row]!]! + 0.2 * random.normal()))),
  ),
  isSisg: new Uint8Array(COUNT),
  group,
  groupCount: 500,
});
const cells = cellsAt(rows, 0.6, 'raw');

test('profiles hold every source once and every row once', () => {
  const { counts, frequency, sourceCount } = sourceProfiles([cells], group, 500);
  expect(sourceCount).toBe(500);
  expect(frequency.reduce((sum, value) => sum + value, 0)).toBe(500);
  const total = counts.reduce((sum, own, at) => sum + frequency[at]! * own.reduce((all, value) => all + value, 0), 0);
  expect(total).toBe(COUNT);
});

test('drawing profiles gives the interval that drawing every source gives', () => {
  const options = { seed: 4, resampleCount: 4000 };
  const recallOf = (weight: Float64Array) => {
    let [found, mc] = [0, 0];
    isMc.forEach((one, row) => {
      mc += one * weight[row]!;
      if (one === 1 && rows.score[row]! >= 0.6) found += weight[row]!;
    });
    return ratioMetric(found, mc, 'no row is MC');
  };
  const bySource = bootstrapByGroup(group, 500, recallOf, options)!;
  const byProfile = bootstrapCounts(
    sourceProfiles([cells], group, 500),
    (summed) => ({ ...metricsOf(countsFrom(summed)) }),
    options,
  ).recall!;
  // Percentiles of 4000 resamples scatter by about 0.002 here.
  expect(Math.abs(byProfile.low - bySource.low)).toBeLessThan(0.008);
  expect(Math.abs(byProfile.high - bySource.high)).toBeLessThan(0.008);
});

test('sources without a row in the sample are not drawn', () => {
  expect(sourceProfiles([Uint8Array.of(0, 1)], [3, 7], 10).sourceCount).toBe(2);
});

test('a sample without rows has no interval of anything, and none that is not a number', () => {
  const nothing = sourceProfiles([new Uint8Array(0)], [], 5);
  const intervals = bootstrapCounts(nothing, (summed) => ({ ...metricsOf(countsFrom(summed)) }), { seed: 1 });
  expect(Object.values(intervals).every((interval) => interval === undefined)).toBe(true);
});
