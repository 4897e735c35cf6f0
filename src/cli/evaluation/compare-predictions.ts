import type { BootstrapOptions } from '../../core/evaluation/bootstrap.ts';
import { compareAtThresholds, compareCurves } from '../../core/evaluation/compare-models.ts';
import type { PairedMetric } from '../../core/evaluation/compare-models.ts';
import { LABEL_CODE } from '../../core/evaluation/pair-rows.ts';
import { pairTwoResults } from '../../core/evaluation/pair-two-results.ts';
import { selectScoredRows } from '../../core/evaluation/scored-rows.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadPredictions } from '../../services/catalogue-files/load-predictions.ts';
import { comparisonJson } from './evaluation-json.ts';
import type { EvaluationInput } from './evaluation-input.ts';
import { metricText } from './evaluation-text.ts';

/** A comparison, ready to print either way. */
export interface PrintedComparison {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/**
 * Compares with another table of predictions over the rows that both have a result for, joined by name.
 * @throws DomainFailure where the tables share no judged row
 */
export async function compareWith(
  path: string,
  { predictions, columns, coverage }: EvaluationInput,
  threshold: number,
  bootstrap: BootstrapOptions,
): Promise<PrintedComparison> {
  const other = await loadPredictions(path);
  const rowOf = new Map(other.name.map((name, row) => [name, row]));
  const theirRow = predictions.name.map((name) => rowOf.get(name));
  const isJoined = theirRow.map((row, own) => row !== undefined && predictions.hasResult[own] === 1);
  const {
    first,
    second,
    catalogueRow: judged,
  } = pairTwoResults(
    { ...columns, label: columns.label.map((code, row) => (isJoined[row] ? code : LABEL_CODE.unlabelled)) },
    predictions,
    Float64Array.from(theirRow, (row) => (row === undefined ? Number.NaN : other.probability[row]!)),
    coverage.subset,
  );
  if (judged.length === 0) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: '--compare',
      why: 'the two tables share no labelled rows with a result',
    });
  }
  const comparison = compareAtThresholds({ rows: first, threshold }, { rows: second, threshold }, 'moved', bootstrap);
  const isNetworkRow = (row: number): boolean => first.isSisg[row] === 0;
  const [a, b] = [selectScoredRows(first, isNetworkRow), selectScoredRows(second, isNetworkRow)];
  const curves = compareCurves(a.isMc, a.probability, b.probability, a.group, a.groupCount, bootstrap);
  const flipped = [...comparison.flipped].map((row) => predictions.name[judged[row]!]!);
  const { mcNemar } = comparison;
  return {
    json: { with: path, rows: judged.length, ...comparisonJson(comparison, curves, flipped) },
    lines: [
      `Compared with ${path} on ${judged.length} rows, corrected, first − second:`,
      `  ROC AUC ${pairedText(curves.rocAuc)}`,
      `  average precision ${pairedText(curves.averagePrecision)}`,
      `  recall ${pairedText(comparison.atThreshold.recall)}`,
      `  precision ${pairedText(comparison.atThreshold.precision)}`,
      `  McNemar: ${mcNemar.onlyFirst} rows only the first gets right, ${mcNemar.onlySecond} only the second; p ${
        mcNemar.pValue.defined ? mcNemar.pValue.value.toPrecision(2) : `undefined (${mcNemar.pValue.reason})`
      }`,
      `  ${flipped.length} rows change their class`,
    ],
  };
}

const pairedText = ({ first, second, difference, interval }: PairedMetric): string =>
  `${metricText(first)} and ${metricText(second)}, difference ${metricText(difference, interval)}`;
