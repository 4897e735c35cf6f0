import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import type { PairedMetric } from '../evaluation/compare-models.ts';
import { compareAtThresholds, compareCurves } from '../evaluation/compare-models.ts';
import type { MetricName } from '../evaluation/confusion.ts';
import { confusionCounts, metricsOf } from '../evaluation/confusion.ts';
import type { Metric } from '../evaluation/metric.ts';
import { rocAuc } from '../evaluation/roc.ts';
import type { ScoredRows } from '../evaluation/scored-rows.ts';
import { scoredRows } from '../evaluation/scored-rows.ts';

/** A row that was held out, with P(MC) of the model before (NaN where there is none) and of the new one. */
export interface ComparedRow {
  readonly isMc: boolean;
  /** Number of its physical source. */
  readonly group: number;
  readonly before: number;
  readonly now: number;
}

export interface MetricOfBoth {
  readonly name: string;
  readonly before: number | undefined;
  readonly now: number | undefined;
  /** now − before with its 95 % interval, from the same resamples of physical sources for both. */
  readonly difference:
    { readonly value: number; readonly low: number | undefined; readonly high: number | undefined } | undefined;
}

export interface HeldOutComparison {
  readonly metrics: readonly MetricOfBoth[];
  /** Absent without a model before. */
  readonly mcNemar:
    { readonly onlyBefore: number; readonly onlyNow: number; readonly pValue: number | undefined } | undefined;
  /** Why no difference has an interval, where none has. */
  readonly noIntervals: string | undefined;
  /** Indices of rows on different sides of the two thresholds. */
  readonly flipped: readonly number[];
}

const THRESHOLDED: readonly (readonly [name: string, metric: MetricName])[] = [
  ['accuracy', 'accuracy'],
  ['precision MC', 'precision'],
  ['recall MC', 'recall'],
  ['F1 MC', 'f1'],
];
const CURVE = 'ROC AUC';

/** Old against new on the same rows, each at its own threshold. Rows without a number of the old model count for neither. */
export function compareHeldOut(
  given: readonly ComparedRow[],
  threshold: { readonly before: number; readonly now: number },
  seed: number,
): HeldOutComparison {
  const shared = Array.from(given.keys()).filter((index) => !Number.isNaN(given[index]!.before));
  if (shared.length === 0) {
    return { metrics: metricsOfNew(given, threshold.now), mcNemar: undefined, noIntervals: undefined, flipped: [] };
  }
  const rows = shared.map((index) => given[index]!);
  const [now, before] = [rowsScoredBy('now', rows), rowsScoredBy('before', rows)];
  const bootstrap: BootstrapOptions = { seed };
  const { atThreshold, mcNemar, noIntervals, flipped } = compareAtThresholds(
    { rows: now, threshold: threshold.now },
    { rows: before, threshold: threshold.before },
    'raw',
    bootstrap,
  );
  const curves = compareCurves(now.isMc, now.score, before.score, now.group, now.groupCount, bootstrap);
  return {
    metrics: [
      ...THRESHOLDED.map(([name, metric]) => metricOfBoth(name, atThreshold[metric])),
      metricOfBoth(CURVE, curves.rocAuc),
    ],
    mcNemar: { onlyBefore: mcNemar.onlySecond, onlyNow: mcNemar.onlyFirst, pValue: valueOf(mcNemar.pValue) },
    noIntervals,
    flipped: Array.from(flipped, (row) => shared[row]!),
  };
}

function rowsScoredBy(model: 'before' | 'now', rows: readonly ComparedRow[]): ScoredRows {
  return scoredRows({
    isMc: Uint8Array.from(rows, ({ isMc }) => (isMc ? 1 : 0)),
    probability: Float64Array.from(rows, (row) => row[model]),
    isSisg: new Uint8Array(rows.length),
    group: Int32Array.from(rows, ({ group }) => group),
    groupCount: 1 + rows.reduce((most, { group }) => Math.max(most, group), -1),
  });
}

function metricsOfNew(rows: readonly ComparedRow[], threshold: number): MetricOfBoth[] {
  const { isMc, score } = rowsScoredBy('now', rows);
  const metrics = metricsOf(confusionCounts(isMc, score, threshold));
  const alone = (name: string, now: Metric): MetricOfBoth => ({
    name,
    before: undefined,
    now: valueOf(now),
    difference: undefined,
  });
  return [...THRESHOLDED.map(([name, metric]) => alone(name, metrics[metric])), alone(CURVE, rocAuc(isMc, score))];
}

/** @param paired the new model first */
function metricOfBoth(name: string, { first, second, difference, interval }: PairedMetric): MetricOfBoth {
  const value = valueOf(difference);
  return {
    name,
    before: valueOf(second),
    now: valueOf(first),
    difference: value === undefined ? undefined : { value, low: interval?.low, high: interval?.high },
  };
}

const valueOf = (metric: Metric): number | undefined => (metric.defined ? metric.value : undefined);
