import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DATASET_CODES, DATASET_UNKNOWN, mostSeen } from '../../../src/core/evaluation/data-subsets.ts';
import { flipCounter, flippedRows } from '../../../src/core/evaluation/flipped-rows.ts';
import { LABEL_CODE } from '../../../src/core/evaluation/pair-rows.ts';
import { pairTwoResults } from '../../../src/core/evaluation/pair-two-results.ts';

const { MC, S } = LABEL_CODE;
const ALL = { subset: 'all', leavesOutLearned: false } as const;
const of = (...probability: number[]) => ({ probability: Float64Array.from(probability), dataset: undefined });
const labels = {
  label: Uint8Array.of(MC, MC, S, S, S),
  group: Int32Array.of(0, 0, 1, 2, 3),
  groupCount: 4,
  dataset: new Uint8Array(5).fill(255),
};

test('two models are judged on the rows that both have a result for, and on gated rows', () => {
  const own = { probability: Float64Array.of(0.9, NaN, 0.2, 0.4, NaN), isSisg: Uint8Array.of(0, 0, 0, 0, 1) };
  const { first, second, catalogueRow } = pairTwoResults(labels, own, of(0.8, 0.7, NaN, 0.6, NaN), ALL);
  expect([...catalogueRow]).toEqual([0, 3, 4]);
  expect([...first.score]).toEqual([0.9, 0.4, -1]);
  expect([...second.score]).toEqual([0.8, 0.6, -1]);
  expect([...second.isMc]).toEqual([1, 0, 0]);
});

test('a row that the second model was not gated on is gated for both: a gate is no difference of models', () => {
  const own = { probability: Float64Array.of(0.9, 0.8, 0.2, 0.4, 0.9), isSisg: Uint8Array.of(0, 0, 0, 0, 1) };
  const { second } = pairTwoResults(labels, own, of(0.9, 0.8, 0.2, 0.4, 0.99), ALL);
  expect(second.score.at(-1)).toBe(-1);
});

test('models that share no labelled row have nothing to be compared on', () => {
  const own = { probability: Float64Array.of(0.9, NaN, NaN, NaN, NaN), isSisg: new Uint8Array(5) };
  expect(pairTwoResults(labels, own, of(NaN, 0.4, 0.4, 0.4, 0.4), ALL).catalogueRow.length).toBe(0);
});

test('a row that either model learned from is counted, and leaves with the wish to leave such rows out', () => {
  const { train, test: held, validation } = DATASET_CODES;
  const own = { probability: Float64Array.of(0.9, 0.8, 0.2, 0.4, 0.1), isSisg: new Uint8Array(5) };
  const seen = { ...labels, dataset: Uint8Array.of(train, held, held, DATASET_UNKNOWN, held) };
  const other = {
    probability: Float64Array.of(0.9, 0.8, 0.2, 0.4, 0.1),
    dataset: Uint8Array.of(held, held, validation, train, DATASET_UNKNOWN),
  };
  expect(pairTwoResults(seen, own, other, ALL).learnedFrom).toBe(3);
  const without = pairTwoResults(seen, own, other, { subset: 'all', leavesOutLearned: true });
  expect([...without.catalogueRow]).toEqual([1, 4]);
  expect(without.learnedFrom).toBe(0);
  // Held out means held out of both: what only one of them never saw is none of it.
  const heldOut = pairTwoResults(seen, own, other, { subset: 'held-out', leavesOutLearned: false });
  expect([...heldOut.catalogueRow]).toEqual([1, 4]);
});

test('what was learned from outweighs what was not, and anything known what is unknown', () => {
  const { train, test: held, validation, 'never-seen': never } = DATASET_CODES;
  expect(mostSeen([held, train, validation])).toBe(train);
  expect(mostSeen([held, validation])).toBe(validation);
  expect(mostSeen([never, held])).toBe(held);
  expect(mostSeen([DATASET_UNKNOWN, never])).toBe(never);
  expect(mostSeen([])).toBe(DATASET_UNKNOWN);
});

const twice = {
  first: Float64Array.of(0.9, 0.2, 0.6, NaN, 0.9),
  second: Float64Array.of(0.1, 0.7, 0.5, 0.9, 0.1),
  isSisg: Uint8Array.of(0, 0, 0, 0, 1),
};

test('a source changes its class where the thresholds lie between its two probabilities, and never while gated', () => {
  const found = flippedRows(twice, 0.5, 0.5);
  expect([...found.onlyFirst]).toEqual([0]);
  expect([...found.onlySecond]).toEqual([1]);
  expect(flipCounter(twice, undefined)(0.5)).toEqual({ onlyFirst: 1, onlySecond: 1, shared: 3 });
});

test('as many sources change their class as are listed, at any threshold of either, moving together or apart', () => {
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.5), fc.constant(Number.NaN));
  const row = fc.record({ first: score, second: score, isSisg: fc.integer({ min: 0, max: 1 }) });
  const threshold = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.5));
  fc.assert(
    fc.property(fc.array(row), threshold, fc.option(threshold, { nil: undefined }), (rows, own, other) => {
      const both = {
        first: Float64Array.from(rows, ({ first }) => first),
        second: Float64Array.from(rows, ({ second }) => second),
        isSisg: Uint8Array.from(rows, ({ isSisg }) => isSisg),
      };
      const { onlyFirst, onlySecond } = flippedRows(both, own, other ?? own);
      const counts = flipCounter(both, other)(own);
      expect([counts.onlyFirst, counts.onlySecond]).toEqual([onlyFirst.length, onlySecond.length]);
    }),
  );
});
