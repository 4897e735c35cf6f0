import type { JoinReport } from '../../core/catalogue/join-report.ts';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { SubsetChoice, SubsetCounts } from '../../core/evaluation/data-subsets.ts';
import { subsetCounts } from '../../core/evaluation/data-subsets.ts';
import type { LabelColumns, PairedRows } from '../../core/evaluation/pair-rows.ts';
import { labelColumns, pairRows } from '../../core/evaluation/pair-rows.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadLabels } from '../../services/catalogue-files/load-labels.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import { loadPredictions } from '../../services/catalogue-files/load-predictions.ts';

/** Predictions and labels of the same rows, brought together. */
export interface EvaluationInput {
  readonly predictions: PredictionRows;
  readonly columns: LabelColumns;
  readonly paired: PairedRows;
  readonly coverage: Coverage;
}

/** What the rows of the predictions are, and which of them are judged. */
export interface Coverage {
  readonly rows: number;
  readonly mc: number;
  readonly s: number;
  readonly artefacts: number;
  readonly unlabelled: number;
  /** Which rows the labels speak of, and how they were found. */
  readonly join: JoinReport | undefined;
  readonly subset: SubsetChoice;
  /** What the model saw of the rows, by mc_dl_dataset; `unknown` where the files do not say. */
  readonly dataset: SubsetCounts;
  /** Rows among those judged that the model learned from: 0 unless it was insisted on. */
  readonly trainingRowsScored: number;
  /** Labelled rows that the predictions leave open, by status, and how many of them are MC. */
  readonly withoutResult: {
    readonly total: number;
    readonly mc: number;
    readonly byStatus: Readonly<Record<string, number>>;
  };
}

export interface EvaluationFiles {
  readonly predictions: string;
  readonly labels: string;
  readonly subset: SubsetChoice;
  /** Score rows that the model was trained on, and say so. */
  readonly force: boolean;
}

/** @throws DomainFailure `evaluation-on-training-rows`, `argument-invalid`, or naming the file that cannot be used */
export async function loadEvaluation(files: EvaluationFiles): Promise<EvaluationInput> {
  const predictions = await loadPredictions(files.predictions);
  const labels = await loadLabels(files.labels, predictions.name, predictions.positions);
  const dataset = predictions.dataset ?? labels.dataset();
  const columns = labelColumns(labels, dataset);
  if (dataset === undefined && files.subset !== 'all') {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--subset',
      why: 'neither file has a column mc_dl_dataset, which says what the model saw of each row',
    });
  }
  const paired = pairRows(columns, predictionColumns(predictions), files.subset);
  if (paired.learnedFrom > 0 && !files.force) {
    throw new DomainFailure({
      kind: 'evaluation-on-training-rows',
      path: files.predictions,
      rows: paired.learnedFrom,
    });
  }
  return { predictions, columns, paired, coverage: coverageOf(predictions, labels, columns, paired, files.subset) };
}

/** Probabilities of the rows that have a result; NaN elsewhere. */
export function predictionColumns({ probability, isSisg, hasResult }: PredictionRows) {
  return { probability: probability.map((value, row) => (hasResult[row] === 1 ? value : Number.NaN)), isSisg };
}

function coverageOf(
  predictions: PredictionRows,
  labels: RowLabels,
  columns: LabelColumns,
  paired: PairedRows,
  subset: SubsetChoice,
): Coverage {
  const count = (label: string): number => labels.labelClass.filter((name) => name === label).length;
  const byStatus: Record<string, number> = {};
  for (const row of paired.withoutResult) {
    const status = predictions.status[row]!;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  }
  return {
    rows: predictions.name.length,
    mc: count('MC'),
    s: count('S'),
    artefacts: count('artefact'),
    unlabelled: count('unlabelled'),
    join: labels.join,
    subset,
    dataset: subsetCounts(columns.dataset),
    trainingRowsScored: paired.learnedFrom,
    withoutResult: { total: paired.withoutResult.length, mc: paired.withoutResultMc, byStatus },
  };
}
