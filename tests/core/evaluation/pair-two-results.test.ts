import { expect, test } from 'vitest';
import { flippedRows } from '../../../src/core/evaluation/flipped-rows.ts';
import { LABEL_CODE } from '../../../src/core/evaluation/pair-rows.ts';
import { pairTwoResults } from '../../../src/core/evaluation/pair-two-results.ts';

const { MC, S } = LABEL_CODE;
const labels = {
  label: Uint8Array.of(MC, MC, S, S, S),
  group: Int32Array.of(0, 0, 1, 2, 3),
  groupCount: 4,
  dataset: new Uint8Array(5).fill(255),
};

test('two models are judged on the rows that both have a result for, and on gated rows', () => {
  const own = { probability: Float64Array.of(0.9, NaN, 0.2, 0.4, NaN), isSisg: Uint8Array.of(0, 0, 0, 0, 1) };
  const { first, second, catalogueRow } = pairTwoResults(labels, own, Float64Array.of(0.8, 0.7, NaN, 0.6, NaN), 'all');
  expect([...catalogueRow]).toEqual([0, 3, 4]);
  expect([...first.score]).toEqual([0.9, 0.4, -1]);
  expect([...second.score]).toEqual([0.8, 0.6, -1]);
  expect([...second.isMc]).toEqual([1, 0, 0]);
});

test('a row that the second model was not gated on is gated for both: a gate is no difference of models', () => {
  const own = { probability: Float64Array.of(0.9, 0.8, 0.2, 0.4, 0.9), isSisg: Uint8Array.of(0, 0, 0, 0, 1) };
  const { second } = pairTwoResults(labels, own, Float64Array.of(0.9, 0.8, 0.2, 0.4, 0.99), 'all');
  expect(second.score.at(-1)).toBe(-1);
});

test('models that share no labelled row have nothing to be compared on', () => {
  const own = { probability: Float64Array.of(0.9, NaN, NaN, NaN, NaN), isSisg: new Uint8Array(5) };
  const other = Float64Array.of(NaN, 0.4, 0.4, 0.4, 0.4);
  expect(pairTwoResults(labels, own, other, 'all').catalogueRow.length).toBe(0);
});

test('a source changes its class where the thresholds lie between its two probabilities, and never while gated', () => {
  const found = flippedRows(
    Float64Array.of(0.9, 0.2, 0.6, NaN, 0.9),
    Float64Array.of(0.1, 0.7, 0.5, 0.9, 0.1),
    Uint8Array.of(0, 0, 0, 0, 1),
    0.5,
    0.5,
  );
  expect([...found.onlyFirst]).toEqual([0]);
  expect([...found.onlySecond]).toEqual([1]);
  expect(found.shared).toBe(3);
});
