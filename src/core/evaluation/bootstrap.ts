import { randomStream } from '../random/philox.ts';
import type { Metric } from './metric.ts';
import type { MetricInterval } from './metric-interval.ts';
import { areFew, isSpread, sourceCounts } from './metric-interval.ts';
import { aucOfRanked, rankedRows, risingOrder } from './roc.ts';
import type { SourceProfiles } from './source-profiles.ts';
import { resampleSources } from './source-profiles.ts';

export interface BootstrapOptions {
  readonly seed: number;
  readonly resampleCount?: number;
  readonly level?: number;
}

const RESAMPLES = 1000;
const LEVEL = 0.95;

/**
 * Interval of a metric by resampling whole groups with replacement. Components of one physical source are not
 * independent rows: resampling rows would make the interval too narrow.
 *
 * @param group of each row, 0 … groupCount − 1
 * @param metricOf of a weighting: how often each row was drawn
 * @returns undefined where fewer than half of the resamples define the metric
 */
export function bootstrapByGroup(
  group: ArrayLike<number>,
  groupCount: number,
  metricOf: (weight: Float64Array) => Metric,
  options: BootstrapOptions,
): MetricInterval | undefined {
  return bootstrapManyByGroup(group, groupCount, (weight) => ({ metric: metricOf(weight) }), options).metric;
}

/** As `bootstrapByGroup`, for several metrics of the same resamples: their intervals by name. */
export function bootstrapManyByGroup<Name extends string>(
  group: ArrayLike<number>,
  groupCount: number,
  metricsOf: (weight: Float64Array) => Readonly<Record<Name, Metric>>,
  options: BootstrapOptions,
): Readonly<Record<Name, MetricInterval | undefined>> {
  const resampleCount = options.resampleCount ?? RESAMPLES;
  const random = randomStream(options.seed);
  const drawn = new Float64Array(groupCount);
  const weight = new Float64Array(group.length);
  const collected = collectMetrics<Name>();
  for (let resample = 0; resample < resampleCount; resample++) {
    drawn.fill(0);
    for (let draw = 0; draw < groupCount; draw++) drawn[random.integer(groupCount)]! += 1;
    for (let row = 0; row < weight.length; row++) weight[row] = drawn[group[row]!]!;
    collected.add(metricsOf(weight));
  }
  return collected.intervals({ ...options, resampleCount });
}

/**
 * Intervals of everything that can be said of confusion counts, by resampling physical sources.
 * @param profiles of the sources, for as many matrices as `metricsOfCounts` takes (`source-profiles.ts`)
 * @param metricsOfCounts of the summed counts of a resample, CELL_COUNT per matrix
 */
export function bootstrapCounts<Name extends string>(
  profiles: SourceProfiles,
  metricsOfCounts: (summed: Float64Array) => Readonly<Record<Name, Metric>>,
  options: BootstrapOptions,
): Readonly<Record<Name, MetricInterval | undefined>> {
  const resampleCount = options.resampleCount ?? RESAMPLES;
  const collected = collectMetrics<Name>();
  resampleSources(profiles, options.seed, resampleCount, (summed) => collected.add(metricsOfCounts(summed)));
  return collected.intervals({ ...options, resampleCount });
}

/** Gathers the metrics of resamples. One that fewer than half of them define has no interval. */
function collectMetrics<Name extends string>(): {
  add(metrics: Readonly<Record<Name, Metric>>): void;
  intervals(options: BootstrapOptions & { readonly resampleCount: number }): Record<Name, MetricInterval | undefined>;
} {
  const values = new Map<Name, number[]>();
  return {
    add(metrics) {
      for (const name of Object.keys(metrics) as Name[]) {
        const seen = values.get(name) ?? [];
        values.set(name, seen);
        const metric = metrics[name];
        if (metric.defined) seen.push(metric.value);
      }
    },
    intervals(options) {
      return Object.fromEntries([...values].map(([name, seen]) => [name, intervalOf(seen, options)])) as Record<
        Name,
        MetricInterval | undefined
      >;
    },
  };
}

function intervalOf(
  values: readonly number[],
  { resampleCount, level = LEVEL }: BootstrapOptions & { readonly resampleCount: number },
): MetricInterval | undefined {
  if (values.length === 0 || values.length < resampleCount / 2) return undefined;
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - level) / 2;
  return { low: percentile(sorted, tail), high: percentile(sorted, 1 - tail), level, by: 'resampling' };
}

/**
 * Bootstrap interval of the ROC AUC; rows are sorted once. Parameters as of `rocAuc` and `bootstrapByGroup`.
 * @returns undefined, too, where too few physical sources of a class tell of its spread (`FEW_SOURCES`)
 */
export function rocAucInterval(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
  group: ArrayLike<number>,
  groupCount: number,
  options: BootstrapOptions,
): MetricInterval | undefined {
  if (areFew(sourceCounts(isMc, group))) return undefined;
  const order = risingOrder(score);
  const ranked = rankedRows(order, isMc, score);
  const rankedGroup = Int32Array.from(order, (row) => group[row]!);
  const interval = bootstrapByGroup(rankedGroup, groupCount, (weight) => aucOfRanked(ranked, weight), options);
  return isSpread(interval) ? interval : undefined;
}

/** Group numbers 0 … groupCount − 1 of arbitrary names or numbers, in order of first appearance. */
export function groupNumbers(names: Iterable<string | number>): { group: Int32Array; groupCount: number } {
  const numbers = new Map<string | number, number>();
  const group = Int32Array.from(names, (name) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
  return { group, groupCount: numbers.size };
}

/** Linear interpolation between order statistics, as numpy's default. `sorted` is not empty. */
function percentile(sorted: Float64Array, fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
