import { expect, test } from 'vitest';
import { compareAtThresholds, compareCurves, mcNemar } from '../../../src/core/evaluation/compare-models.ts';
import { rocAuc } from '../../../src/core/evaluation/roc.ts';
import { scoredRows, selectScoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import type { ScoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { evaluationFixture } from './evaluation-fixture.ts';

const COUNT = 600;
const random = randomStream(5);
const isMc = Uint8Array.from({ length: COUNT }, (_, row) => (row % 5 < 2 ? 1 : 0));
const group = Int32Array.from({ length: COUNT }, (_, row) => Math.floor(row / 5) * 4 + Math.max(0, (row % 5) - 1));
const noisy = (size: number): Float64Array =>
  Float64Array.from(isMc, (mc) => 1 / (1 + Math.exp(-(2 * mc - 1) - size * random.normal())));
const rowsOf = (probability: Float64Array): ScoredRows =>
  scoredRows({ isMc, probability, isSisg: new Uint8Array(COUNT), group, groupCount: (COUNT / 5) * 4 });
const sharp = rowsOf(noisy(0.6));
const blunt = rowsOf(noisy(3));

test('models that are right on the same rows cannot be told apart', () => {
  expect(mcNemar(0, 0).pValue).toEqual({ defined: false, reason: 'both models are right and wrong on the same rows' });
});

test.each(evaluationFixture.mcnemar)(
  '$onlyFirst against $onlySecond: the exact p-value of scipy',
  ({ onlyFirst, onlySecond, pValue }) => {
    const found = mcNemar(onlyFirst, onlySecond).pValue;
    const value = found.defined ? found.value : Number.NaN;
    // Relative: the last is 1e-1079's neighbour and underflows in both.
    expect(Math.abs(value - pValue)).toBeLessThanOrEqual(1e-10 * pValue);
  },
);

test('a model compared with itself differs by nothing, and resamples that all say so are no interval', () => {
  const {
    atThreshold,
    mcNemar: same,
    flipped,
  } = compareAtThresholds({ rows: sharp, threshold: 0.5 }, { rows: sharp, threshold: 0.5 }, 'raw', {
    seed: 1,
    resampleCount: 100,
  });
  expect(atThreshold.recall.difference).toEqual({ defined: true, value: 0 });
  expect(atThreshold.recall.interval).toBeUndefined();
  expect([same.onlyFirst, same.onlySecond, flipped.length]).toEqual([0, 0, 0]);
});

test('a sharper model is better beyond chance, by threshold, by curve and by McNemar', () => {
  const bootstrap = { seed: 2, resampleCount: 300 };
  const { atThreshold, mcNemar: test } = compareAtThresholds(
    { rows: sharp, threshold: 0.5 },
    { rows: blunt, threshold: 0.5 },
    'raw',
    bootstrap,
  );
  expect(atThreshold.accuracy.interval!.low).toBeGreaterThan(0);
  expect(test.pValue.defined && test.pValue.value).toBeLessThan(1e-3);
  const { rocAuc: areas } = compareCurves(isMc, sharp.score, blunt.score, group, sharp.groupCount, bootstrap);
  expect(areas.first).toEqual(rocAuc(isMc, sharp.score));
  expect(areas.interval!.low).toBeGreaterThan(0);
});

test('from a handful of MC sources no difference has an interval, and the reason is said', () => {
  const few = (rows: ScoredRows): ScoredRows => {
    let mc = 0;
    return selectScoredRows(rows, (row) => rows.isMc[row] === 0 || mc++ < 3);
  };
  const options = { seed: 1, resampleCount: 100 };
  const compared = compareAtThresholds(
    { rows: few(sharp), threshold: 0.5 },
    { rows: few(blunt), threshold: 0.5 },
    'raw',
    options,
  );
  // Two of the three rows are of one source.
  expect(compared.noIntervals).toBe('too few MC sources for an interval (n = 2)');
  expect(Object.values(compared.atThreshold).every(({ interval }) => interval === undefined)).toBe(true);
  const [a, b] = [few(sharp), few(blunt)];
  const curves = compareCurves(a.isMc, a.score, b.score, a.group, a.groupCount, options);
  expect(Object.values(curves).every(({ interval }) => interval === undefined)).toBe(true);
});

test('flipped rows are those that one model flags and the other does not', () => {
  const { flipped } = compareAtThresholds({ rows: sharp, threshold: 0.5 }, { rows: blunt, threshold: 0.9 }, 'moved', {
    seed: 1,
    resampleCount: 10,
  });
  const expected = [...isMc.keys()].filter((row) => sharp.score[row]! >= 0.5 !== blunt.score[row]! >= 0.9);
  expect([...flipped]).toEqual(expected);
});

test('paired differences are surer than differences of independent samples would be', () => {
  // The same model with a little noise: nearly all of its errors are shared, and cancel.
  const shaken = rowsOf(sharp.score.map((score) => Math.min(1, Math.max(0, score + 0.02 * random.normal()))));
  const { atThreshold } = compareAtThresholds(
    { rows: sharp, threshold: 0.5 },
    { rows: shaken, threshold: 0.5 },
    'raw',
    { seed: 3, resampleCount: 300 },
  );
  const width = atThreshold.accuracy.interval!.high - atThreshold.accuracy.interval!.low;
  const accuracy = atThreshold.accuracy.first;
  const independent = 2 * 1.96 * Math.sqrt((2 * ((accuracy.defined ? accuracy.value : 0) * 0.08)) / COUNT);
  expect(width).toBeLessThan(independent);
});
