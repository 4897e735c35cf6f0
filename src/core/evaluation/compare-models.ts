import type { AssociationMode } from './association-correction.ts';
import type { BootstrapOptions } from './bootstrap.ts';
import { bootstrapCounts, bootstrapManyByGroup } from './bootstrap.ts';
import { CELL, CELL_COUNT, cellsAt, countsFrom, NOT_COUNTED } from './cells.ts';
import type { ClassificationMetrics, MetricName } from './confusion.ts';
import { METRIC_NAMES, metricsOf } from './confusion.ts';
import type { CurveMetricName } from './curve-metrics.ts';
import { curveMetrics } from './curve-metrics.ts';
import type { Metric } from './metric.ts';
import { definedMetric, undefinedMetric } from './metric.ts';
import type { MetricInterval } from './metric-interval.ts';
import { areFew, fewWords, isSpread, sourceCounts } from './metric-interval.ts';
import type { ScoredRows } from './scored-rows.ts';
import { sourceProfiles } from './source-profiles.ts';

/** A number of two models on the same rows, and how far apart they are. */
export interface PairedMetric {
  readonly first: Metric;
  readonly second: Metric;
  /** first − second; undefined where one of them is. */
  readonly difference: Metric;
  /**
   * Of the difference, from the same resamples of physical sources for both; undefined where too few sources of a class or
   * resamples that all agree say nothing of its spread.
   */
  readonly interval: MetricInterval | undefined;
}

/** McNemar's test of two models on the same rows: only rows that one of them gets right tell them apart. */
export interface McNemar {
  /** Rows that only the first, or only the second, gets right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /**
   * Two-sided exact p-value: the chance of a split at least this uneven if both were equally good. Rows of one physical
   * source are not independent, so it is on the small side; the bootstrap intervals are not.
   */
  readonly pValue: Metric;
}

export interface ModelComparison {
  readonly mode: AssociationMode;
  /** Over all rows, each model at its threshold. */
  readonly atThreshold: Readonly<Record<MetricName, PairedMetric>>;
  readonly mcNemar: McNemar;
  /** Why no difference has an interval, where none has. */
  readonly noIntervals: string | undefined;
  /** Indices of rows that the models put on different sides of the threshold. */
  readonly flipped: Uint32Array;
}

/** A model's scores of the rows, and where it draws the line. */
export interface ThresholdedRows {
  readonly rows: ScoredRows;
  readonly threshold: number;
}

/**
 * Two models on the same rows in the same order, which differ in their scores alone, each at its own threshold.
 * @param mode how recovered rows count, for both
 */
export function compareAtThresholds(
  first: ThresholdedRows,
  second: ThresholdedRows,
  mode: AssociationMode,
  bootstrap: BootstrapOptions,
): ModelComparison {
  const cells = [cellsAt(first.rows, first.threshold, mode), cellsAt(second.rows, second.threshold, mode)] as const;
  const profiles = sourceProfiles(cells, first.rows.group, first.rows.groupCount);
  const sources = sourceCounts(first.rows.isMc, first.rows.group);
  const intervals = areFew(sources) ? undefined : bootstrapCounts(profiles, differences, bootstrap);
  const total = new Float64Array(2 * CELL_COUNT);
  cells.forEach((codes, model) => {
    for (const cell of codes) if (cell !== NOT_COUNTED) total[model * CELL_COUNT + cell]! += 1;
  });
  const [own, other] = [metricsOf(countsFrom(total)), metricsOf(countsFrom(total, CELL_COUNT))];
  return {
    mode,
    atThreshold: Object.fromEntries(
      METRIC_NAMES.map((name) => [
        name,
        {
          first: own[name],
          second: other[name],
          difference: differenceOf(own[name], other[name]),
          interval: spreadOf(intervals?.[name]),
        },
      ]),
    ) as Record<MetricName, PairedMetric>,
    mcNemar: mcNemarOfCells(cells[0], cells[1]),
    noIntervals: areFew(sources) ? fewWords(sources) : undefined,
    flipped: Uint32Array.from(first.rows.isMc.keys()).filter(
      (row) => first.rows.score[row]! >= first.threshold !== second.rows.score[row]! >= second.threshold,
    ),
  };
}

const spreadOf = (interval: MetricInterval | undefined): MetricInterval | undefined =>
  isSpread(interval) ? interval : undefined;

function differences(summed: Float64Array): ClassificationMetrics {
  const [own, other] = [metricsOf(countsFrom(summed)), metricsOf(countsFrom(summed, CELL_COUNT))];
  return Object.fromEntries(
    METRIC_NAMES.map((name) => [name, differenceOf(own[name], other[name])]),
  ) as unknown as ClassificationMetrics;
}

/** first − second. */
export function differenceOf(first: Metric, second: Metric): Metric {
  if (!first.defined) return first;
  return second.defined ? definedMetric(first.value - second.value) : second;
}

/**
 * Threshold-free metrics of two models on the same rows, with intervals of their differences by physical source.
 * @param score P(MC) of each row by either model, finite: rows that the networks decided
 */
export function compareCurves(
  isMc: ArrayLike<number>,
  firstScore: ArrayLike<number>,
  secondScore: ArrayLike<number>,
  group: ArrayLike<number>,
  groupCount: number,
  bootstrap: BootstrapOptions,
): Readonly<Record<CurveMetricName, PairedMetric>> {
  const first = curveMetrics(isMc, firstScore);
  const second = curveMetrics(isMc, secondScore);
  const once = new Float64Array(isMc.length).fill(1);
  const [own, other] = [first(once), second(once)];
  const isTold = !areFew(sourceCounts(isMc, group));
  const intervals = bootstrapManyByGroup(
    group,
    groupCount,
    (weight) => {
      const [a, b] = [first(weight), second(weight)];
      return {
        rocAuc: differenceOf(a.rocAuc, b.rocAuc),
        averagePrecision: differenceOf(a.averagePrecision, b.averagePrecision),
        brier: differenceOf(a.brier, b.brier),
      };
    },
    bootstrap,
  );
  const paired = (name: CurveMetricName): PairedMetric => ({
    first: own[name],
    second: other[name],
    difference: differenceOf(own[name], other[name]),
    interval: isTold ? spreadOf(intervals[name]) : undefined,
  });
  return { rocAuc: paired('rocAuc'), averagePrecision: paired('averagePrecision'), brier: paired('brier') };
}

function mcNemarOfCells(first: Uint8Array, second: Uint8Array): McNemar {
  const isRight = (cell: number): boolean => cell === CELL.truePositive || cell === CELL.trueNegative;
  let [onlyFirst, onlySecond] = [0, 0];
  first.forEach((cell, row) => {
    const other = second[row]!;
    if (cell === NOT_COUNTED || other === NOT_COUNTED || isRight(cell) === isRight(other)) return;
    if (isRight(cell)) onlyFirst++;
    else onlySecond++;
  });
  return mcNemar(onlyFirst, onlySecond);
}

/** McNemar's exact test (1947, Psychometrika 12, 153) from the numbers of rows that only one model gets right. */
export function mcNemar(onlyFirst: number, onlySecond: number): McNemar {
  const discordant = onlyFirst + onlySecond;
  return {
    onlyFirst,
    onlySecond,
    pValue:
      discordant === 0
        ? undefinedMetric('both models are right and wrong on the same rows')
        : definedMetric(exactBinomialP(Math.min(onlyFirst, onlySecond), discordant)),
  };
}

/** Two-sided exact p-value of `fewer` of `trials` at chance ½. */
function exactBinomialP(fewer: number, trials: number): number {
  // Terms relative to the largest, added from it down, so that none is lost to underflow.
  let term = 1;
  let sum = 1;
  for (let k = fewer; k > 0; k--) {
    term *= k / (trials - k + 1);
    sum += term;
    if (term < sum * 1e-18) break;
  }
  let logLargest = -trials * Math.LN2;
  for (let k = 0; k < fewer; k++) logLargest += Math.log((trials - k) / (k + 1));
  return Math.min(1, 2 * Math.exp(logLargest) * sum);
}
