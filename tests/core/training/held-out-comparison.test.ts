import { describe, expect, test } from 'vitest';
import { compareHeldOut } from '../../../src/core/training/held-out-comparison.ts';

describe('old against new', () => {
  const rows = [
    { isMc: true, group: 0, before: 0.9, now: 0.9 },
    { isMc: true, group: 0, before: 0.4, now: 0.8 },
    { isMc: false, group: 1, before: 0.6, now: 0.2 },
    { isMc: false, group: 2, before: 0.1, now: 0.7 },
  ];
  const threshold = { before: 0.5, now: 0.5 };

  test('flipped rows, rows that only one model gets right, and metrics of both', () => {
    const { flipped, mcNemar, metrics } = compareHeldOut(rows, threshold, 1);
    expect(flipped).toEqual([1, 2, 3]);
    expect(mcNemar).toEqual({ onlyBefore: 1, onlyNow: 2, pValue: 1 });
    const accuracy = metrics.find(({ name }) => name === 'accuracy')!;
    expect([accuracy.before, accuracy.now, accuracy.difference!.value]).toEqual([0.5, 0.75, 0.25]);
  });

  test('a row that the model before cannot see counts for neither, and indices stay those of the rows given', () => {
    const unseen = { isMc: true, group: 3, before: Number.NaN, now: 0.9 };
    const { flipped, mcNemar, metrics } = compareHeldOut([unseen, ...rows], threshold, 1);
    expect(flipped).toEqual([2, 3, 4]);
    expect(mcNemar).toEqual({ onlyBefore: 1, onlyNow: 2, pValue: 1 });
    expect(metrics.find(({ name }) => name === 'recall MC')).toMatchObject({ before: 0.5, now: 1 });
  });

  test('without a model before there is nothing to compare', () => {
    const { mcNemar, metrics, flipped } = compareHeldOut(
      rows.map((row) => ({ ...row, before: Number.NaN })),
      threshold,
      1,
    );
    expect(mcNemar).toBeUndefined();
    expect(flipped).toEqual([]);
    expect(metrics.every(({ before, difference }) => before === undefined && difference === undefined)).toBe(true);
  });
});
