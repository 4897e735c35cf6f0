import type { AssociationMode } from './association-correction.ts';
import { ASSOCIATION_MODES, correctedPredictions } from './association-correction.ts';
import type { BootstrapOptions } from './bootstrap.ts';
import { matrixIntervals } from './matrix-intervals.ts';
import type { MetricInterval } from './metric-interval.ts';
import { ALL_ALIKE, areFew, fewWords, isSpread, sourceCounts } from './metric-interval.ts';
import { bootstrapManyByGroup, groupNumbers } from './bootstrap.ts';
import { brierScore, expectedCalibrationError, reliabilityBinOf } from './calibration.ts';
import { cellsAt } from './cells.ts';
import { curveMetrics } from './curve-metrics.ts';
import type { ClassificationMetrics, ConfusionCounts, MetricName } from './confusion.ts';
import { metricsOf } from './confusion.ts';
import type { Metric } from './metric.ts';
import { averagePrecision } from './precision-recall.ts';
import { rocAuc } from './roc.ts';
import { countsAt, recoveredAt, scoreTable } from './score-table.ts';
import type { EvaluatedRows, ScoredRows } from './scored-rows.ts';
import { scoredRows, selectScoredRows } from './scored-rows.ts';
import { sourceProfiles } from './source-profiles.ts';

/** The paper splits the sky's faint many from its bright few here [mJy] (§4.4). */
export const FAINT_LIMIT_MJY = 4;

/** Parts of the rows that the paper shows a confusion matrix of (Figs. 11 and 13), SISG rows being class S in each. */
export type SampleName = 'all' | 'nonSisg' | 'sisg' | 'below4Mjy' | 'above4Mjy';

export interface CountsWithMetrics {
  readonly counts: ConfusionCounts;
  readonly metrics: ClassificationMetrics;
  /** By physical source; undefined where too few of them tell of its spread. */
  readonly intervals: Readonly<Record<MetricName, MetricInterval | undefined>>;
}

export interface SampleEvaluation {
  readonly rows: number;
  readonly mc: number;
  /** MC rows below the threshold that another row of their source recovers. */
  readonly recovered: number;
  readonly byMode: Readonly<Record<AssociationMode, CountsWithMetrics>>;
}

/** Numbers that no threshold changes. */
export type CurveMetrics = Readonly<Record<'rocAuc' | 'averagePrecision' | 'brier' | 'ece', MetricWithInterval>>;

export interface MetricWithInterval {
  readonly metric: Metric;
  readonly interval: MetricInterval | undefined;
  /** Why there is none, where that is known. */
  readonly noInterval?: string | undefined;
}

export interface Evaluation {
  readonly threshold: number;
  readonly samples: Readonly<Partial<Record<SampleName, SampleEvaluation>>>;
  /** Uncorrected, over the non-SISG rows: those that the network decided. */
  readonly curve: CurveMetrics;
  /** Over all rows, SISG ones tied at the lowest score. */
  readonly rocAucWithSisg: Metric;
  /** Prediction code of each row: 0 S, 1 MC, 2 recovered. */
  readonly codes: Uint8Array;
}

/**
 * Everything that is said of predictions at one threshold (science notes §7).
 * @param totalFluxMjy of each row, where it is known: for the samples below and above 4 mJy
 */
export function evaluatePredictions(
  rows: EvaluatedRows,
  threshold: number,
  bootstrap: BootstrapOptions,
  totalFluxMjy?: ArrayLike<number>,
): Evaluation {
  const scored = scoredRows(rows);
  const isIn: Readonly<Partial<Record<SampleName, (row: number) => boolean>>> = {
    all: () => true,
    nonSisg: (row) => scored.isSisg[row] === 0,
    sisg: (row) => scored.isSisg[row] === 1,
    ...(totalFluxMjy === undefined
      ? {}
      : {
          below4Mjy: (row: number) => totalFluxMjy[row]! < FAINT_LIMIT_MJY,
          above4Mjy: (row: number) => totalFluxMjy[row]! >= FAINT_LIMIT_MJY,
        }),
  };
  const network = selectScoredRows(scored, isIn.nonSisg!);
  return {
    threshold,
    samples: Object.fromEntries(
      Object.entries(isIn).map(([name, keep]) => [name, evaluateSample(scored, keep, threshold, bootstrap)]),
    ),
    curve: evaluateCurves(network, bootstrap),
    rocAucWithSisg: rocAuc(scored.isMc, scored.score),
    codes: correctedPredictions(scored.score, scored.corrected, threshold),
  };
}

function evaluateSample(
  rows: ScoredRows,
  keep: (row: number) => boolean,
  threshold: number,
  bootstrap: BootstrapOptions,
): SampleEvaluation {
  const sample = selectScoredRows(rows, keep);
  const table = scoreTable(sample);
  const byMode = ASSOCIATION_MODES.map((mode) => {
    const counts = countsAt(table, threshold, mode);
    return [
      mode,
      { counts, metrics: metricsOf(counts), intervals: metricIntervals(sample, threshold, mode, bootstrap) },
    ] as const;
  });
  return {
    rows: sample.isMc.length,
    mc: table.mc.length,
    recovered: recoveredAt(table, threshold),
    byMode: Object.fromEntries(byMode) as Record<AssociationMode, CountsWithMetrics>,
  };
}

/** Intervals of all metrics of the rows at a threshold, by physical source. */
export function metricIntervals(
  rows: ScoredRows,
  threshold: number,
  mode: AssociationMode,
  bootstrap: BootstrapOptions,
): Readonly<Record<MetricName, MetricInterval | undefined>> {
  return matrixIntervals(sourceProfiles([cellsAt(rows, threshold, mode)], rows.group, rows.groupCount), bootstrap);
}

/** @param rows those that the network decided; sources without one of them do not take part in the resampling */
export function evaluateCurves(rows: ScoredRows, bootstrap: BootstrapOptions): CurveMetrics {
  const { isMc, probability } = rows;
  const { group, groupCount } = groupNumbers(rows.group);
  const binOf = reliabilityBinOf(probability);
  const metrics = curveMetricsOnce(rows);
  const areas = curveMetrics(isMc, probability);
  const metricsFor = (weight: Float64Array): Record<keyof CurveMetrics, Metric> => ({
    ...areas(weight),
    ece: expectedCalibrationError(isMc, probability, weight, binOf),
  });
  const sources = sourceCounts(isMc, group);
  if (areFew(sources)) return withIntervals(metrics, () => undefined, fewWords(sources));
  const intervals = bootstrapManyByGroup(group, groupCount, metricsFor, bootstrap);
  return withIntervals(metrics, (name) => intervals[name], ALL_ALIKE);
}

/** The same numbers without intervals: a survey takes a frame or two, where its intervals take seconds. */
export const curveMetricsWithoutIntervals = (rows: ScoredRows): CurveMetrics =>
  withIntervals(curveMetricsOnce(rows), () => undefined);

/** Each row counted once. */
const curveMetricsOnce = ({ isMc, probability }: ScoredRows): Record<keyof CurveMetrics, Metric> => ({
  rocAuc: rocAuc(isMc, probability),
  averagePrecision: averagePrecision(isMc, probability),
  brier: brierScore(isMc, probability),
  ece: expectedCalibrationError(isMc, probability),
});

function withIntervals(
  metrics: Readonly<Record<keyof CurveMetrics, Metric>>,
  intervalOf: (name: keyof CurveMetrics) => MetricInterval | undefined,
  whyNone?: string,
): CurveMetrics {
  const withInterval = (name: keyof CurveMetrics): MetricWithInterval => {
    const metric = metrics[name];
    const interval = metric.defined ? intervalOf(name) : undefined;
    if (isSpread(interval)) return { metric, interval };
    return { metric, interval: undefined, noInterval: metric.defined ? whyNone : undefined };
  };
  return {
    rocAuc: withInterval('rocAuc'),
    averagePrecision: withInterval('averagePrecision'),
    brier: withInterval('brier'),
    ece: withInterval('ece'),
  };
}
