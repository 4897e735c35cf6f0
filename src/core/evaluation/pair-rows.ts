import type { LabelClass, RowLabels } from '../catalogue/labels.ts';
import { groupNumbers } from './bootstrap.ts';
import { DATASET_UNKNOWN, isInSubset, isLearnedFrom } from './data-subsets.ts';
import type { SubsetChoice } from './data-subsets.ts';
import type { EvaluatedRows } from './scored-rows.ts';

/** Label of a row as a number, for columns of them. */
export const LABEL_CODE: Readonly<Record<LabelClass, number>> = { unlabelled: 0, S: 1, MC: 2, artefact: 3 };

/** Labels as columns, one entry per catalogue row. */
export interface LabelColumns {
  /** `LABEL_CODE` of each row. */
  readonly label: Uint8Array;
  /** Physical source of each row, 0 … groupCount − 1. */
  readonly group: Int32Array;
  readonly groupCount: number;
  /** `mc_dl_dataset` of each row; `DATASET_UNKNOWN` where nothing is known. */
  readonly dataset: Uint8Array;
}

/** @param dataset `mc_dl_dataset` of each row; nothing is known where absent */
export function labelColumns(labels: RowLabels, dataset?: Uint8Array): LabelColumns {
  const { group, groupCount } = groupNumbers(labels.physicalSource);
  return {
    label: Uint8Array.from(labels.labelClass, (name) => LABEL_CODE[name]),
    group,
    groupCount,
    dataset: dataset ?? new Uint8Array(labels.labelClass.length).fill(DATASET_UNKNOWN),
  };
}

/** The labels with what a model's own record says of its training, where it says something. */
export function withTrainingSplit(labels: LabelColumns, split: Uint8Array | undefined): LabelColumns {
  if (split?.length !== labels.dataset.length) return labels;
  return {
    ...labels,
    dataset: labels.dataset.map((code, row) => (split[row] === DATASET_UNKNOWN ? code : split[row]!)),
  };
}

/** Results as columns, one entry per catalogue row. */
export interface ResultColumns {
  /** P(MC) [0..1]; NaN where there is none. */
  readonly probability: Float64Array;
  /** 1 where the row is gated as SISG, and so class S without a probability. */
  readonly isSisg: Uint8Array;
}

/** Rows that have a label and a result, with their place in the catalogue. */
export interface PairedRows {
  readonly rows: EvaluatedRows;
  /** Catalogue row of each. */
  readonly catalogueRow: Uint32Array;
  /** Labelled rows of the subset without a result, and the MC rows among them: counted apart, in no metric. */
  readonly withoutResult: Uint32Array;
  readonly withoutResultMc: number;
  /** Rows that the model learned from, or whose epoch was chosen on them: numbers over them flatter it. */
  readonly learnedFrom: number;
}

/** Brings labels and results together. Unlabelled rows and artefacts stay out. */
export function pairRows(labels: LabelColumns, results: ResultColumns, subset: SubsetChoice): PairedRows {
  const [kept, open]: [number[], number[]] = [[], []];
  let [withoutResultMc, learnedFrom] = [0, 0];
  for (let row = 0; row < labels.label.length; row++) {
    const label = labels.label[row]!;
    const isLabelled = label === LABEL_CODE.MC || label === LABEL_CODE.S;
    if (!isLabelled || !isInSubset(labels.dataset[row]!, subset)) continue;
    if (results.isSisg[row] === 1 || !Number.isNaN(results.probability[row]!)) {
      kept.push(row);
      if (isLearnedFrom(labels.dataset[row]!)) learnedFrom++;
    } else {
      open.push(row);
      if (label === LABEL_CODE.MC) withoutResultMc++;
    }
  }
  return {
    rows: {
      isMc: Uint8Array.from(kept, (row) => (labels.label[row] === LABEL_CODE.MC ? 1 : 0)),
      probability: Float64Array.from(kept, (row) => results.probability[row]!),
      isSisg: Uint8Array.from(kept, (row) => results.isSisg[row]!),
      group: Int32Array.from(kept, (row) => labels.group[row]!),
      groupCount: labels.groupCount,
    },
    catalogueRow: Uint32Array.from(kept),
    withoutResult: Uint32Array.from(open),
    withoutResultMc,
    learnedFrom,
  };
}
