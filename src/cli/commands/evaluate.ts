import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { CountsWithMetrics, EvaluatedRows, Evaluation } from '../../core/evaluation/evaluate-predictions.ts';
import { evaluatePredictions } from '../../core/evaluation/evaluate-predictions.ts';
import type { Metric } from '../../core/evaluation/metric.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadLabels } from '../../services/catalogue-files/load-labels.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import { loadPredictions, withPredictionCodes } from '../../services/catalogue-files/load-predictions.ts';
import { writeTableFile } from '../../services/table-files/write-table-file.ts';
import { parseThreshold } from '../arguments.ts';
import type { CommandIo } from '../io.ts';

interface EvaluateArguments {
  readonly predictions: string;
  readonly labels: string;
  readonly threshold?: number;
  readonly seed: number;
  readonly out?: string;
  readonly json: boolean;
}

/** Where softmax of two classes is undecided; the paper's own working point. */
const DEFAULT_THRESHOLD = 0.5;

export function registerEvaluate(program: Command, io: CommandIo): void {
  program
    .command('evaluate')
    .description('compare predictions with labels: confusion counts, metrics, ROC AUC')
    .requiredOption('--predictions <file>', 'table written by `lobate classify`')
    .requiredOption(
      '--labels <file>',
      'component catalogue (Component_Name, Source_Name or Parent_Source), or a table with a label column',
    )
    .option('--threshold <t>', `class MC from this probability on (default: ${DEFAULT_THRESHOLD})`, parseThreshold)
    .option('--seed <n>', 'seed of the bootstrap', parseSeed, 1)
    .option('--out <file>', 'write the predictions again, with code 2 for recovered rows (.csv or .fits)')
    .option('--json', 'print the result as JSON', false)
    .action(async (options: EvaluateArguments) => evaluate(options, io));
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed >= 2 ** 32)
    throw new InvalidArgumentError('give a whole number from 0 to 4294967295');
  return seed;
}

async function evaluate(options: EvaluateArguments, io: CommandIo): Promise<void> {
  if (options.out !== undefined && !/\.(csv|fits)$/i.test(options.out)) {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--out', why: 'the file must end in .csv or .fits' });
  }
  const predictions = await loadPredictions(options.predictions);
  const labels = await loadLabels(options.labels, predictions.name);
  const threshold = options.threshold ?? DEFAULT_THRESHOLD;
  if (options.threshold === undefined && predictions.disagreeWith(threshold)) {
    io.note(
      `mc_prediction was made at another threshold than ${DEFAULT_THRESHOLD}; give --threshold to evaluate there.`,
    );
  }

  const rowsOfResult = rowsToEvaluate(predictions, labels);
  const evaluation = evaluatePredictions(pickRows(predictions, labels, rowsOfResult), threshold, {
    seed: options.seed,
  });
  const coverage = coverageOf(predictions, labels);
  if (options.out !== undefined) {
    await writeTableFile(options.out, withPredictionCodes(predictions, rowsOfResult, evaluation.codes, threshold));
  }
  if (options.json) io.json({ ...jsonOf(evaluation), ...coverage, out: options.out ?? null });
  else for (const line of linesOf(evaluation, coverage)) io.out(line);
}

const isLabelled = (labels: RowLabels, row: number): boolean =>
  labels.labelClass[row] === 'MC' || labels.labelClass[row] === 'S';

/** Rows with a label and a result. */
function rowsToEvaluate(predictions: PredictionRows, labels: RowLabels): number[] {
  return predictions.name.flatMap((_, row) =>
    isLabelled(labels, row) && predictions.hasResult[row] === 1 ? [row] : [],
  );
}

function pickRows(predictions: PredictionRows, labels: RowLabels, rows: readonly number[]): EvaluatedRows {
  return {
    isMc: Uint8Array.from(rows, (row) => (labels.labelClass[row] === 'MC' ? 1 : 0)),
    probability: Float64Array.from(rows, (row) => predictions.probability[row]!),
    isSisg: Uint8Array.from(rows, (row) => predictions.isSisg[row]!),
    physicalSource: rows.map((row) => labels.physicalSource[row]!),
  };
}

interface Coverage {
  readonly rows: number;
  readonly mc: number;
  readonly s: number;
  readonly artefacts: number;
  readonly unlabelled: number;
  /** Labelled rows that the predictions leave open, by status, and how many of them are MC. */
  readonly withoutResult: {
    readonly total: number;
    readonly mc: number;
    readonly byStatus: Readonly<Record<string, number>>;
  };
}

function coverageOf(predictions: PredictionRows, labels: RowLabels): Coverage {
  const count = (label: string): number => labels.labelClass.filter((name) => name === label).length;
  const open = predictions.name.flatMap((_, row) =>
    isLabelled(labels, row) && predictions.hasResult[row] === 0 ? [row] : [],
  );
  const byStatus: Record<string, number> = {};
  for (const row of open) {
    const status = predictions.status[row]!;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  }
  return {
    rows: predictions.name.length,
    mc: count('MC'),
    s: count('S'),
    artefacts: count('artefact'),
    unlabelled: count('unlabelled'),
    withoutResult: { total: open.length, mc: open.filter((row) => labels.labelClass[row] === 'MC').length, byStatus },
  };
}

const valueOf = (metric: Metric): number | null => (metric.defined ? metric.value : null);

function jsonOf(evaluation: Evaluation): Record<string, unknown> {
  const group = ({ counts, metrics }: CountsWithMetrics): Record<string, unknown> => ({
    ...counts,
    ...Object.fromEntries(Object.entries(metrics).map(([name, metric]: [string, Metric]) => [name, valueOf(metric)])),
  });
  return {
    threshold: evaluation.threshold,
    rocAuc: valueOf(evaluation.rocAuc),
    rocAucReason: evaluation.rocAuc.defined ? null : evaluation.rocAuc.reason,
    rocAucInterval: evaluation.rocAucInterval ?? null,
    rocAucWithSisg: valueOf(evaluation.rocAucWithSisg),
    all: group(evaluation.all),
    allCorrected: group(evaluation.allCorrected),
    nonSisg: group(evaluation.nonSisg),
    nonSisgCorrected: group(evaluation.nonSisgCorrected),
    sisg: group(evaluation.sisg),
  };
}

function linesOf(evaluation: Evaluation, coverage: Coverage): string[] {
  const text = (metric: Metric): string => (metric.defined ? metric.value.toFixed(4) : `undefined (${metric.reason})`);
  const interval = evaluation.rocAucInterval;
  const line = (title: string, { counts, metrics }: CountsWithMetrics): string =>
    `${title}: TP ${counts.truePositive}, FP ${counts.falsePositive}, FN ${counts.falseNegative}, TN ${counts.trueNegative}; ` +
    `accuracy ${text(metrics.accuracy)}, precision ${text(metrics.precision)}, recall ${text(metrics.recall)}, ` +
    `F1 ${text(metrics.f1)}, FPR ${text(metrics.falsePositiveRate)}`;
  const { total, mc } = coverage.withoutResult;
  return [
    `${coverage.rows} rows: ${coverage.mc} MC, ${coverage.s} S, ${coverage.artefacts} artefacts, ${coverage.unlabelled} unlabelled`,
    `Without a result, counted apart: ${total} labelled rows, ${mc} of them MC`,
    `ROC AUC over non-SISG rows: ${text(evaluation.rocAuc)}` +
      (interval === undefined
        ? ''
        : ` (${100 * interval.level} % interval ${interval.low.toFixed(4)} … ${interval.high.toFixed(4)}, by physical source)`),
    `At threshold ${evaluation.threshold}:`,
    line('  all rows', evaluation.all),
    line('  all rows, corrected', evaluation.allCorrected),
    line('  non-SISG', evaluation.nonSisg),
    line('  non-SISG, corrected', evaluation.nonSisgCorrected),
    line('  SISG', evaluation.sisg),
  ];
}
