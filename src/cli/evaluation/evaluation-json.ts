import type { AssociationMode } from '../../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODES } from '../../core/evaluation/association-correction.ts';
import type { MetricInterval } from '../../core/evaluation/metric-interval.ts';
import type { ReliabilityBin } from '../../core/evaluation/calibration.ts';
import type { ModelComparison, PairedMetric } from '../../core/evaluation/compare-models.ts';
import type { ClassificationMetrics } from '../../core/evaluation/confusion.ts';
import { METRIC_NAMES } from '../../core/evaluation/confusion.ts';
import type { CurveMetrics, Evaluation, SampleEvaluation } from '../../core/evaluation/evaluate-predictions.ts';
import type { Metric } from '../../core/evaluation/metric.ts';
import type { Figure } from '../../figures/figure.ts';
import type { Inspection } from './inspection.ts';
import type { ThresholdPoint } from '../../core/evaluation/threshold-curve.ts';

/** A number as JSON says it: `value` is null with a `reason` where it is undefined. */
interface JsonMetric {
  readonly value: number | null;
  readonly reason?: string;
  /** 95 % interval by physical source; null where it cannot be had. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** How it was made; null where there is none. */
  readonly intervalBy?: MetricInterval['by'] | null;
  /** Why there is none, where that is known. */
  readonly noInterval?: string;
}

/** How the modes are called in JSON: a reader must not take one for the other. */
const MODE_KEYS: Readonly<Record<AssociationMode, string>> = {
  raw: 'uncorrected',
  moved: 'corrected',
  dropped: 'correctedRecoveredLeftOut',
};

export const metricJson = (metric: Metric): JsonMetric =>
  metric.defined ? { value: metric.value } : { value: null, reason: metric.reason };

const withInterval = (metric: Metric, interval: MetricInterval | undefined, noInterval?: string): JsonMetric => ({
  ...metricJson(metric),
  low: interval?.low ?? null,
  high: interval?.high ?? null,
  intervalBy: interval?.by ?? null,
  ...(noInterval === undefined ? {} : { noInterval }),
});

export function evaluationJson(evaluation: Evaluation): Readonly<Record<string, unknown>> {
  return {
    threshold: evaluation.threshold,
    curves: curvesJson(evaluation.curve, evaluation.rocAucWithSisg),
    samples: Object.fromEntries(Object.entries(evaluation.samples).map(([name, sample]) => [name, sampleJson(sample)])),
  };
}

/** What the threshold follows from, how many sources it flags, and how long looking at them takes. */
export const inspectionJson = ({ wish, flagged, ofRows, secondsPerSource, hours }: Inspection): unknown => ({
  thresholdFrom: wish ?? null,
  flagged,
  ofRows,
  secondsPerSource,
  hours,
});

function curvesJson(curve: CurveMetrics, rocAucWithSisg: Metric): Readonly<Record<string, unknown>> {
  return {
    rows: 'non-SISG, uncorrected',
    ...Object.fromEntries(
      Object.entries(curve).map(([name, { metric, interval, noInterval }]) => [
        name,
        withInterval(metric, interval, noInterval),
      ]),
    ),
    rocAucWithSisg: metricJson(rocAucWithSisg),
  };
}

function sampleJson({ rows, mc, recovered, byMode }: SampleEvaluation): Readonly<Record<string, unknown>> {
  return {
    rows,
    mc,
    prevalence: rows === 0 ? null : mc / rows,
    recovered,
    ...Object.fromEntries(
      ASSOCIATION_MODES.map((mode) => {
        const { counts, metrics, intervals } = byMode[mode];
        return [
          MODE_KEYS[mode],
          {
            ...counts,
            ...Object.fromEntries(METRIC_NAMES.map((name) => [name, withInterval(metrics[name], intervals[name])])),
          },
        ];
      }),
    ),
  };
}

/** The curves of Fig. 9 as plain numbers, null where one is undefined. */
export function thresholdsJson(curves: Readonly<Record<'raw' | 'moved', readonly ThresholdPoint[]>>): unknown {
  const pointJson = ({ threshold, counts, metrics }: ThresholdPoint): unknown => ({
    threshold,
    ...counts,
    ...plainMetrics(metrics),
  });
  return { [MODE_KEYS.raw]: curves.raw.map(pointJson), [MODE_KEYS.moved]: curves.moved.map(pointJson) };
}

export const plainMetrics = (metrics: ClassificationMetrics): Readonly<Record<string, number | null>> =>
  Object.fromEntries(METRIC_NAMES.map((name) => [name, metrics[name].defined ? metrics[name].value : null]));

export const reliabilityJson = (bins: readonly ReliabilityBin[]): unknown =>
  bins.map(({ low, high, rows, mc, meanProbability, mcShare }) => ({
    low,
    high,
    rows,
    mc,
    meanProbability: metricJson(meanProbability).value,
    mcShare: metricJson(mcShare).value,
  }));

/** Every figure's numbers, by its name, with its caption: what the window and the report draw. */
export const figuresJson = (figures: readonly Figure[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    figures.map(({ name, title, caption, numbers: { columns, rows } }) => [name, { title, caption, columns, rows }]),
  );

export function comparisonJson(
  comparison: ModelComparison,
  curves: Readonly<Record<string, PairedMetric>>,
  flippedNames: readonly string[],
): Readonly<Record<string, unknown>> {
  const pairedJson = ({ first, second, difference, interval }: PairedMetric): unknown => ({
    first: metricJson(first),
    second: metricJson(second),
    difference: withInterval(difference, interval),
  });
  const paired = (metrics: Readonly<Record<string, PairedMetric>>): unknown =>
    Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, pairedJson(metric)]));
  const { onlyFirst, onlySecond, pValue } = comparison.mcNemar;
  return {
    mode: MODE_KEYS[comparison.mode],
    atThreshold: paired(comparison.atThreshold),
    curves: paired(curves),
    noIntervals: comparison.noIntervals ?? null,
    mcNemar: { onlyFirst, onlySecond, pValue: metricJson(pValue) },
    flipped: flippedNames,
  };
}
