import type { JoinReport } from '../../core/catalogue/join-report.ts';
import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { PlacedRows } from '../../core/catalogue/row-join.ts';
import { joinedValues, joinReportOf, joinRows } from '../../core/catalogue/row-join.ts';
import type { BootstrapOptions } from '../../core/evaluation/bootstrap.ts';
import { compareAtThresholds, compareCurves } from '../../core/evaluation/compare-models.ts';
import type { PairedMetric } from '../../core/evaluation/compare-models.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import type { OtherResults } from '../../core/evaluation/pair-two-results.ts';
import { pairTwoResults } from '../../core/evaluation/pair-two-results.ts';
import { selectScoredRows } from '../../core/evaluation/scored-rows.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FileResults } from '../../engine/results-file.ts';
import { openResultsFile } from '../../engine/results-file.ts';
import { comparisonJson } from './evaluation-json.ts';
import type { EvaluationInput } from './evaluation-input.ts';
import { predictionColumns } from './evaluation-input.ts';
import { metricText } from './evaluation-text.ts';

/** A comparison, ready to print either way. */
export interface PrintedComparison {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
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
  const { mcNemar } = comparison;
  return {
    json: {
      with: path,
      join,
      rows: judged.length,
      trainingRowsScored: learnedFrom,
      ...comparisonJson(comparison, curves, flipped),
    },
    lines: [
      joinSentence(join),
      ...(learnedFrom > 0
        ? [`INCLUDES ${learnedFrom} ROWS THAT ONE OF THE MODELS WAS TRAINED ON: the comparison flatters it.`]
        : []),
      `Compared with ${path} on ${judged.length} rows, corrected, first − second:`,
      `  ROC AUC ${pairedText(curves.rocAuc)}`,
      `  average precision ${pairedText(curves.averagePrecision)}`,
      `  recall ${pairedText(comparison.atThreshold.recall)}`,
      `  precision ${pairedText(comparison.atThreshold.precision)}`,
      ...(comparison.noIntervals === undefined ? [] : [`  no intervals: ${comparison.noIntervals}`]),
      `  McNemar: ${mcNemar.onlyFirst} rows only the first gets right, ${mcNemar.onlySecond} only the second; p ${
        mcNemar.pValue.defined ? mcNemar.pValue.value.toPrecision(2) : `undefined (${mcNemar.pValue.reason})`
      }`,
      `  ${flipped.length} rows change their class`,
    ],
  };
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
    const dataset = newest.dataset && joinedValues(join.theirRow, newest.dataset, filled.dataset, DATASET_UNKNOWN);
    return { other: { probability, dataset }, join: joinReportOf(join, rows, file.rows, path) };
  } finally {
    file.close();
  }
}

const pairedText = ({ first, second, difference, interval }: PairedMetric): string =>
  `${metricText(first)} and ${metricText(second)}, difference ${metricText(difference, interval)}`;
