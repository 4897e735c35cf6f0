import { expect, test } from 'vitest';
import { DATASET_CODES, DATASET_UNKNOWN } from '../../../src/core/evaluation/data-subsets.ts';
import { LABEL_CODE, pairRows, withTrainingSplit } from '../../../src/core/evaluation/pair-rows.ts';

const { MC, S } = LABEL_CODE;
const labels = {
  label: Uint8Array.of(MC, S, S),
  group: Int32Array.of(0, 1, 2),
  groupCount: 3,
  dataset: Uint8Array.of(DATASET_UNKNOWN, DATASET_CODES.test, DATASET_CODES.train),
};
const results = { probability: Float64Array.of(0.9, 0.2, 0.1), isSisg: new Uint8Array(3) };

test('a model that says it learned from a row counts it as learned from, whatever the labels know of another model', () => {
  const split = Uint8Array.of(DATASET_CODES.validation, DATASET_CODES.train, DATASET_CODES['never-seen']);
  const paired = pairRows(withTrainingSplit(labels, split), results, 'all');
  expect(paired.learnedFrom).toBe(2);
  expect([...pairRows(withTrainingSplit(labels, split), results, 'held-out').catalogueRow]).toEqual([2]);
});

test('where the model was in none of the fields, the labels are believed', () => {
  const split = new Uint8Array(3).fill(DATASET_UNKNOWN);
  expect([...withTrainingSplit(labels, split).dataset]).toEqual([...labels.dataset]);
  expect(withTrainingSplit(labels, undefined)).toBe(labels);
});

test('a record of another catalogue says nothing', () => {
  expect(withTrainingSplit(labels, Uint8Array.of(1))).toBe(labels);
});
