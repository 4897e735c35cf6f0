import type { SubsetChoice } from './data-subsets.ts';
import type { LabelColumns, ResultColumns } from './pair-rows.ts';
import { LABEL_CODE, pairRows } from './pair-rows.ts';
import type { ScoredRows } from './scored-rows.ts';
import { scoredRows } from './scored-rows.ts';

/** Two models on the same labelled rows, in the same order. */
export interface PairedResults {
  readonly first: ScoredRows;
  readonly second: ScoredRows;
  /** Catalogue row of each. */
  readonly catalogueRow: Uint32Array;
  /** Those that a model learned from, as the labels or its record say. */
  readonly learnedFrom: number;
}

/**
 * Brings the labels together with two results of the same catalogue, over the rows that both have one for. Both are
 * judged under the first one's gate: a difference of gates would pass for one of models.
 * @param otherProbability P(MC) by the second, one per catalogue row; NaN where there is none
 */
export function pairTwoResults(
  labels: LabelColumns,
  own: ResultColumns,
  otherProbability: Float64Array,
  subset: SubsetChoice,
): PairedResults {
  const isShared = (row: number): boolean => own.isSisg[row] === 1 || !Number.isNaN(otherProbability[row]!);
  const shared = {
    ...labels,
    label: labels.label.map((code, row) => (isShared(row) ? code : LABEL_CODE.unlabelled)),
  };
  const first = pairRows(shared, own, subset);
  const isKept = new Uint8Array(labels.label.length);
  for (const row of first.catalogueRow) isKept[row] = 1;
  const second = pairRows(
    { ...shared, label: shared.label.map((code, row) => (isKept[row] === 1 ? code : LABEL_CODE.unlabelled)) },
    { probability: otherProbability, isSisg: own.isSisg },
    subset,
  );
  return {
    first: scoredRows(first.rows),
    second: scoredRows(second.rows),
    catalogueRow: first.catalogueRow,
    learnedFrom: first.learnedFrom,
  };
}
