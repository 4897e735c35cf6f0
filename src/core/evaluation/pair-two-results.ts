import type { SubsetChoice } from './data-subsets.ts';
import { isLearnedFrom, mostSeen } from './data-subsets.ts';
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
  /** Those that either model learned from, as the labels or its record say: numbers over them flatter that one. */
  readonly learnedFrom: number;
}

/** Results of another run or model on the rows of a catalogue. */
export interface OtherResults {
  /** P(MC) of each row; NaN where there is none. */
  readonly probability: Float64Array;
  /** What its model saw of each row, as `mc_dl_dataset`; undefined where nothing says. */
  readonly dataset: Uint8Array | undefined;
}

/** Which rows two models are compared on. */
export interface ComparedRows {
  /** By what was seen of a row by the model that saw the most of it. */
  readonly subset: SubsetChoice;
  /** Whether those that either model learned from stay out. */
  readonly leavesOutLearned: boolean;
}

/**
 * Brings the labels together with two results of the same catalogue, over the rows that both have one for. Both are
 * judged under the first one's gate: a difference of gates would pass for one of models.
 */
export function pairTwoResults(
  labels: LabelColumns,
  own: ResultColumns,
  other: OtherResults,
  { subset, leavesOutLearned }: ComparedRows,
): PairedResults {
  const dataset = seenByEither(labels.dataset, other.dataset);
  const isShared = (row: number): boolean =>
    (own.isSisg[row] === 1 || !Number.isNaN(other.probability[row]!)) &&
    !(leavesOutLearned && isLearnedFrom(dataset[row]!));
  const shared = {
    ...labels,
    dataset,
    label: labels.label.map((code, row) => (isShared(row) ? code : LABEL_CODE.unlabelled)),
  };
  const first = pairRows(shared, own, subset);
  const isKept = new Uint8Array(labels.label.length);
  for (const row of first.catalogueRow) isKept[row] = 1;
  const second = pairRows(
    { ...shared, label: shared.label.map((code, row) => (isKept[row] === 1 ? code : LABEL_CODE.unlabelled)) },
    { probability: other.probability, isSisg: own.isSisg },
    subset,
  );
  return {
    first: scoredRows(first.rows),
    second: scoredRows(second.rows),
    catalogueRow: first.catalogueRow,
    learnedFrom: first.learnedFrom,
  };
}

const seenByEither = (first: Uint8Array, second: Uint8Array | undefined): Uint8Array =>
  second === undefined ? first : first.map((code, row) => mostSeen([code, second[row]!]));
