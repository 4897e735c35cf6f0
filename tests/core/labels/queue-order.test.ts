import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mixInGold, queueOrder } from '../../../src/core/labels/queue-order.ts';
import type { QueueOrder } from '../../../src/core/labels/queue-order.ts';

const probability = [0.9, 0.5, Number.NaN, 0.1, 0.55, 0.4];
const other = [0.9, 0.9, 0.5, 0.8, Number.NaN, 0.3];
const rows = [0, 1, 2, 3, 4, 5];
const ordered = (order: QueueOrder, seed = 1): number[] => [...queueOrder({ order, rows, probability, other, seed })];

test('a row without a probability comes last, never first', () => {
  for (const order of ['uncertainty', 'score', 'disagreement'] as const) expect(ordered(order)).toContain(2);
  expect(ordered('uncertainty')).toEqual([1, 4, 5, 0, 3, 2]);
  expect(ordered('score')).toEqual([0, 4, 1, 5, 3, 2]);
});

test('disagreement asks first for the row on which the two runs differ most', () => {
  expect(ordered('disagreement')).toEqual([3, 1, 5, 0, 2, 4]);
});

test('a selection keeps its own order; without any run every order is the given one', () => {
  expect([...queueOrder({ order: 'selection', rows: [4, 1, 3], probability, seed: 1 })]).toEqual([4, 1, 3]);
  expect([...queueOrder({ order: 'score', rows, probability: undefined, seed: 1 })]).toEqual(rows);
});

test('a seed names one random order, and each order asks for every row once', () => {
  expect(ordered('random', 7)).toEqual(ordered('random', 7));
  expect(ordered('random', 7)).not.toEqual(ordered('random', 8));
  expect(ordered('random', 7).sort()).toEqual(rows);
});

test('gold rows are all asked for, one in a dozen others, whose order stays', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(500), { maxLength: 120 }),
      fc.uniqueArray(fc.integer({ min: 400, max: 600 }), { maxLength: 6 }),
      fc.nat(1000),
      (queue, gold, seed) => {
        const mixed = [...mixInGold(Int32Array.from(queue), gold, seed)];
        expect(new Set(mixed).size).toBe(mixed.length);
        expect(new Set(mixed)).toEqual(new Set([...queue, ...gold]));
        const isGold = new Set(gold);
        expect(mixed.filter((row) => !isGold.has(row))).toEqual(queue.filter((row) => !isGold.has(row)));
        // Before the ordinary rows run out, no two gold rows share a dozen.
        const ordinary = queue.filter((row) => !isGold.has(row)).length;
        if (ordinary >= 24 && gold.length >= 2) {
          expect(mixed.slice(0, 13).filter((row) => isGold.has(row))).toHaveLength(1);
        }
      },
    ),
  );
});
