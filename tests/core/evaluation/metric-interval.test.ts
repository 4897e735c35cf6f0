import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateCurves, metricIntervals } from '../../../src/core/evaluation/evaluate-predictions.ts';
import { FEW_SOURCES, wilsonInterval } from '../../../src/core/evaluation/metric-interval.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import { evaluationFixture, ROUNDING_DIGITS } from './evaluation-fixture.ts';

const BOOTSTRAP = { seed: 1, resampleCount: 200 };
const THRESHOLD = 0.5;

/** `mc` MC sources, of `rowsEach` rows, and 60 S sources; those of a class that are `missed` lie on the wrong side. */
function rowsOf(mc: number, missed = 0, rowsEach = 1) {
  const isMc = [...new Array<number>(mc * rowsEach).fill(1), ...new Array<number>(60).fill(0)];
  const source = isMc.map((one, row) => (one === 1 ? Math.floor(row / rowsEach) : mc + row));
  const groupCount = mc + isMc.length;
  return scoredRows({
    isMc: Uint8Array.from(isMc),
    probability: Float64Array.from(isMc, (one, row) =>
      one === 1 ? (source[row]! < missed ? 0.2 : 0.9) : 0.1 + row / 1e4,
    ),
    isSisg: new Uint8Array(isMc.length),
    group: Int32Array.from(source),
    groupCount,
  });
}

test.each(evaluationFixture.wilson)('the share $share of $trials has the Wilson interval that scipy gives', (made) => {
  const { low, high } = wilsonInterval(made.share, made.trials);
  expect(low).toBeCloseTo(made.low, ROUNDING_DIGITS);
  expect(high).toBeCloseTo(made.high, ROUNDING_DIGITS);
});

test('a Wilson interval holds its share, lies in 0 … 1, and is never a point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
      const { low, high } = wilsonInterval(share, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
      expect(low).toBeLessThan(high);
    }),
  );
});

test('two MC sources that are both found do not make a recall of 1.000–1.000, nor an interval of F1, MCC or the area', () => {
  const rows = rowsOf(2);
  const intervals = metricIntervals(rows, THRESHOLD, 'raw', BOOTSTRAP);
  expect(intervals.recall).toEqual(wilsonInterval(1, 2));
  expect(intervals.recall!.low).toBeLessThan(0.35);
  expect([intervals.f1, intervals.mcc, intervals.balancedAccuracy]).toEqual([undefined, undefined, undefined]);
  const { rocAuc } = evaluateCurves(rows, BOOTSTRAP);
  expect(rocAuc.interval).toBeUndefined();
  expect(rocAuc.noInterval).toBe('too few MC sources for an interval (n = 2)');
});

test('many rows of few sources are few sources', () => {
  const { recall } = metricIntervals(rowsOf(3, 1, 40), THRESHOLD, 'raw', BOOTSTRAP);
  expect(recall).toEqual(wilsonInterval(2 / 3, 3));
});

test('where every source is found, however many, resamples say nothing and the interval is Wilson’s', () => {
  const { recall, mcc } = metricIntervals(rowsOf(40), THRESHOLD, 'raw', BOOTSTRAP);
  expect(recall).toEqual(wilsonInterval(1, 40));
  expect(mcc).toBeUndefined();
});

test('from enough sources that differ on, every metric has the interval of its resamples', () => {
  const intervals = metricIntervals(rowsOf(FEW_SOURCES, 4), THRESHOLD, 'raw', BOOTSTRAP);
  for (const name of ['recall', 'f1', 'mcc', 'accuracy'] as const) expect(intervals[name]!.by).toBe('resampling');
});

test('a metric that is undefined has no interval of any kind', () => {
  const intervals = metricIntervals(rowsOf(0), THRESHOLD, 'raw', BOOTSTRAP);
  expect([intervals.recall, intervals.precision]).toEqual([undefined, undefined]);
});
