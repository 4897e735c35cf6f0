import { expect, test } from 'vitest';
import { heldOutScores } from '../../../src/core/training/held-out-scores.ts';

const row = (isMc: boolean, group: number, now: number) => ({ isMc, group, now });

/** 3 of 4 MC rows found, 1 of 4 S rows flagged, 15 of 16 pairs in the right order: so many times over. */
const rowsOf = (times: number) =>
  Array.from({ length: times }, (_, time) => [
    ...[0.9, 0.8, 0.7, 0.4].map((now, index) => row(true, 8 * time + index, now)),
    ...[0.6, 0.3, 0.2, 0.1].map((now, index) => row(false, 8 * time + 4 + index, now)),
  ]).flat();

test('metrics of the rows held out, at the threshold, each within its own interval', () => {
  const scores = heldOutScores(rowsOf(3), 0.5, { seed: 1 });
  expect(scores.accuracy.value).toBe(0.75);
  expect(scores.precision.value).toBe(0.75);
  expect(scores.recallOfS.value).toBe(0.75);
  expect(scores.rocAuc.value).toBe(15 / 16);
  for (const { value, low, high } of Object.values(scores)) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
});

test('from four sources of a class a share has a wide interval, and F1 and the area have none', () => {
  const { recall, f1, rocAuc } = heldOutScores(rowsOf(1), 0.5, { seed: 1 });
  expect(recall.high - recall.low).toBeGreaterThan(0.6);
  expect([f1.low, f1.high, rocAuc.low, rocAuc.high]).toEqual(new Array(4).fill(Number.NaN));
});

test('the precision of a model that flags nothing is not a number, and has no interval', () => {
  const { precision, recall } = heldOutScores([row(true, 0, 0.1), row(false, 1, 0.1)], 0.5, { seed: 1 });
  expect(precision).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
  expect(recall.value).toBe(0);
});
