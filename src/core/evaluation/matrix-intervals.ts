import type { BootstrapOptions } from './bootstrap.ts';
import { bootstrapCounts } from './bootstrap.ts';
import { CELL, countsFrom } from './cells.ts';
import type { MetricName } from './confusion.ts';
import { METRIC_NAMES, metricsOf } from './confusion.ts';
import type { MetricInterval } from './metric-interval.ts';
import { FEW_SOURCES, isSpread, wilsonInterval } from './metric-interval.ts';
import type { SourceProfiles } from './source-profiles.ts';

const { truePositive, falsePositive, falseNegative, trueNegative } = CELL;

/** Cells whose rows are the denominator of the metrics that are shares. */
const SHARE_OF: Readonly<Partial<Record<MetricName, readonly number[]>>> = {
  accuracy: [truePositive, falsePositive, falseNegative, trueNegative],
  alwaysSAccuracy: [truePositive, falsePositive, falseNegative, trueNegative],
  precision: [truePositive, falsePositive],
  recall: [truePositive, falseNegative],
  falsePositiveRate: [falsePositive, trueNegative],
  precisionOfS: [trueNegative, falseNegative],
  recallOfS: [falsePositive, trueNegative],
};

/** Cells of a class: where there are few sources in either, what mixes the classes has no interval. */
const CLASSES: readonly (readonly number[])[] = [
  [truePositive, falseNegative],
  [falsePositive, trueNegative],
];

/**
 * Intervals of the metrics of one confusion matrix, by resampling physical sources as far as that can be stood by. A share
 * has Wilson's where fewer than `FEW_SOURCES` physical sources are behind it, or where all resamples agree: its sources
 * count as trials, however many rows each has, as rows of one source fall together. What mixes the classes (F1,
 * Matthews', balanced accuracy) has none then.
 * @param profiles of the sources in one matrix
 */
export function matrixIntervals(
  profiles: SourceProfiles,
  bootstrap: BootstrapOptions,
): Readonly<Record<MetricName, MetricInterval | undefined>> {
  const resampled = bootstrapCounts(profiles, (summed) => ({ ...metricsOf(countsFrom(summed)) }), bootstrap);
  const metrics = metricsOf(countsFrom(totalOf(profiles)));
  const fewest = Math.min(...CLASSES.map((cells) => sourcesIn(profiles, cells)));
  const intervalOf = (name: MetricName): MetricInterval | undefined => {
    const [metric, interval, cells] = [metrics[name], resampled[name], SHARE_OF[name]];
    if (!metric.defined) return undefined;
    const sources = cells === undefined ? fewest : sourcesIn(profiles, cells);
    if (sources >= FEW_SOURCES && isSpread(interval)) return interval;
    return cells === undefined ? undefined : wilsonInterval(metric.value, sources);
  };
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, intervalOf(name)])) as Record<
    MetricName,
    MetricInterval | undefined
  >;
}

/** The matrix itself: every source counted once. */
const totalOf = ({ counts, frequency }: SourceProfiles): readonly number[] =>
  Object.values(CELL).map((cell) => counts.reduce((sum, own, profile) => sum + frequency[profile]! * own[cell]!, 0));

/** Physical sources with a row in one of the cells. */
function sourcesIn({ counts, frequency }: SourceProfiles, cells: readonly number[]): number {
  return counts.reduce((sum, own, profile) => {
    return cells.some((cell) => own[cell]! > 0) ? sum + frequency[profile]! : sum;
  }, 0);
}
