import type { JoinReport } from '../../core/catalogue/join-report.ts';
import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { PlacedRows } from '../../core/catalogue/row-join.ts';
import { joinedValues, joinReportOf, joinRows } from '../../core/catalogue/row-join.ts';
import { basename } from 'node:path';
import type { BootstrapOptions } from '../../core/evaluation/bootstrap.ts';
import { compareAtThresholds, compareCurves } from '../../core/evaluation/compare-models.ts';
import type { McNemar, PairedMetric } from '../../core/evaluation/compare-models.ts';
import type { MetricName } from '../../core/evaluation/confusion.ts';
import type { CurveMetricName } from '../../core/evaluation/curve-metrics.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import type { OtherResults, PairedResults } from '../../core/evaluation/pair-two-results.ts';
import { pairTwoResults } from '../../core/evaluation/pair-two-results.ts';
import { scoreTable } from '../../core/evaluation/score-table.ts';
import { selectScoredRows } from '../../core/evaluation/scored-rows.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FileResults } from '../../engine/runs/results-file.ts';
import { openResultsFile } from '../../engine/runs/results-file.ts';
import { comparisonFigure } from '../../figures/comparison-figure.ts';
import type { Figure } from '../../figures/figure.ts';
import { listModels } from '../../services/model-store/load-model.ts';
import { trainingSplitOf } from '../../services/model-store/training-split.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import { modelFolders } from '../folders.ts';
import { comparisonJson } from './evaluation-json.ts';
import type { EvaluationInput } from './evaluation-input.ts';
import { predictionColumns } from './evaluation-input.ts';
import { metricText } from './evaluation-text.ts';
import type { ReportedComparison } from './report-page.ts';

/** A comparison, ready to print either way. */
export interface PrintedComparison {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly report: ReportedComparison;
}

/**
 * Compares with another table of predictions, or a project's newest run, over the rows that both have a result for, joined
 * by name and then by position.
 * @throws DomainFailure where they share no judged row; `evaluation-on-training-rows` where the other model was trained on
 * some, unless that is insisted on
 */
export async function compareWith(
  path: string,
  { predictions, columns, coverage }: EvaluationInput,
  threshold: number,
  { bootstrap, force }: { readonly bootstrap: BootstrapOptions; readonly force: boolean },
): Promise<PrintedComparison> {
  const rows = { name: predictions.name, positions: predictions.positions };
  const { other, join } = await otherResults(path, rows);
  const paired = pairTwoResults(columns, predictionColumns(predictions), other, {
    subset: coverage.subset,
    leavesOutLearned: false,
  });
  const { first, second, catalogueRow: judged, learnedFrom } = paired;
  if (judged.length === 0) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--compare',
      why: 'the two tables share no labelled rows with a result',
    });
  }
  if (learnedFrom > 0 && !force) {
    throw new DomainFailure({ kind: 'evaluation-on-training-rows', path, rows: learnedFrom });
  }
  const comparison = compareAtThresholds({ rows: first, threshold }, { rows: second, threshold }, 'moved', bootstrap);
  const isNetworkRow = (row: number): boolean => first.isSisg[row] === 0;
  const [a, b] = [selectScoredRows(first, isNetworkRow), selectScoredRows(second, isNetworkRow)];
  const curves = compareCurves(a.isMc, a.probability, b.probability, a.group, a.groupCount, bootstrap);
  const flipped = [...comparison.flipped].map((row) => predictions.name[judged[row]!]!);
  const warning =
    learnedFrom > 0
      ? `Includes ${learnedFrom} rows that one of the models was trained on: the comparison flatters it.`
      : '';
  const said = [
    joinSentence(join),
    warning,
    comparison.noIntervals === undefined ? '' : `No intervals of differences: ${comparison.noIntervals}`,
    mcNemarSentence(comparison.mcNemar),
    `${flipped.length} rows change their class`,
  ].filter((line) => line !== '');
  const title = `Compared with ${path} on ${judged.length} rows, corrected`;
  const metrics = COMPARED.map(({ name, label }) => ({
    label,
    paired: name in curves ? curves[name as CurveMetricName] : comparison.atThreshold[name as MetricName],
  }));
  return {
    json: {
      with: path,
      join,
      rows: judged.length,
      trainingRowsScored: learnedFrom,
      ...comparisonJson(comparison, curves, flipped),
    },
    lines: [
      `${title}, first − second:`,
      ...metrics.map(({ label, paired: one }) => `  ${label} ${pairedText(one)}`),
      ...said.map((line) => `  ${line}`),
    ],
    report: { title, metrics, lines: said, figures: curveFigures(path, paired, curves, { threshold, warning }) },
  };
}

/** What is said of both, in this order. */
const COMPARED: readonly { readonly name: MetricName | CurveMetricName; readonly label: string }[] = [
  { name: 'rocAuc', label: 'ROC AUC' },
  { name: 'averagePrecision', label: 'Average precision' },
  { name: 'brier', label: 'Brier score' },
  { name: 'recall', label: 'Recall' },
  { name: 'precision', label: 'Precision' },
  { name: 'f1', label: 'F1' },
  { name: 'mcc', label: 'MCC' },
  { name: 'accuracy', label: 'Accuracy' },
];

function mcNemarSentence({ onlyFirst, onlySecond, pValue }: McNemar): string {
  const p = pValue.defined ? `p = ${pValue.value.toPrecision(2)}` : `p undefined (${pValue.reason})`;
  return `McNemar: ${onlyFirst} rows only the first gets right, ${onlySecond} only the second; ${p}`;
}

/** Both curves of both models. */
function curveFigures(
  path: string,
  results: PairedResults,
  areas: Readonly<Record<CurveMetricName, PairedMetric>>,
  { threshold, warning }: { readonly threshold: number; readonly warning: string },
): readonly Figure[] {
  const tables = [scoreTable(results.first), scoreTable(results.second)] as const;
  const names = { first: 'first', second: basename(path) };
  return (['roc', 'precision-recall'] as const).map((curve) =>
    comparisonFigure({ curve, results, tables, areas, names, threshold, fieldName: 'the same rows', warning }),
  );
}

/** Results of the file on the given rows. */
async function otherResults(
  path: string,
  rows: PlacedRows,
): Promise<{ readonly other: OtherResults; readonly join: JoinReport }> {
  const file = await openResultsFile(path);
  try {
    const [newest] = file.results as [FileResults, ...FileResults[]];
    const join = joinRows(rows, file.rows);
    const filled = { probability: new Float64Array(rows.name.length), dataset: new Uint8Array(rows.name.length) };
    const probability = joinedValues(join.theirRow, newest.probability(), filled.probability, Number.NaN);
    const dataset = newest.dataset
      ? joinedValues(join.theirRow, newest.dataset, filled.dataset, DATASET_UNKNOWN)
      : await splitOfInstalled(newest.run, rows);
    return { other: { probability, dataset }, join: joinReportOf(join, rows, file.rows, path) };
  } finally {
    file.close();
  }
}

/** What the record of a run's model says of the rows; undefined where it is not installed here, or says nothing. */
async function splitOfInstalled(
  run: StoredRun | undefined,
  { name, positions }: PlacedRows,
): Promise<Uint8Array | undefined> {
  if (run === undefined || positions === undefined) return undefined;
  const models = await listModels(modelFolders());
  const model = models.find(({ description }) => description.weightsSha256 === run.weightsSha256);
  return model && trainingSplitOf(model.folder, { name, ...positions });
}

const pairedText = ({ first, second, difference, interval }: PairedMetric): string =>
  `${metricText(first)} and ${metricText(second)}, difference ${metricText(difference, interval)}`;
