import type { AssociationMode } from './association-correction.ts';
import type { BootstrapOptions } from './bootstrap.ts';
import { groupNumbers } from './bootstrap.ts';
import { cellOf } from './cells.ts';
import type { ClassificationMetrics, ConfusionCounts, MetricName } from './confusion.ts';
import { metricsOf } from './confusion.ts';
import { matrixIntervals } from './matrix-intervals.ts';
import type { MetricInterval } from './metric-interval.ts';
import type { ScoreTable } from './score-table.ts';
import { countsAt, scoreTables } from './score-table.ts';
import type { ScoredRows } from './scored-rows.ts';
import { sourceProfiles } from './source-profiles.ts';

/** Rows whose property lies in low ≤ x < high; the last bin holds `high` too. */
export interface PropertyBin {
  readonly low: number;
  readonly high: number;
  readonly table: ScoreTable;
}

export interface PropertyBins {
  readonly edges: Float64Array;
  readonly bins: readonly PropertyBin[];
  /** Bin of each row; −1 where its property is missing or outside the edges. */
  readonly binOf: Int16Array;
  /** Rows without a finite value. */
  readonly missing: number;
}

/** How a model does on the rows of one bin. */
export interface BinPerformance {
  readonly low: number;
  readonly high: number;
  readonly counts: ConfusionCounts;
  readonly metrics: ClassificationMetrics;
}

/**
 * Sorts the rows into bins of a property.
 * @param value the property of each row, NaN where it is missing
 * @param edges ascending, one more than there are bins
 */
export function binByProperty(rows: ScoredRows, value: ArrayLike<number>, edges: ArrayLike<number>): PropertyBins {
  const ascending = Float64Array.from(edges);
  const binCount = Math.max(0, ascending.length - 1);
  const binOf = new Int16Array(rows.isMc.length);
  let missing = 0;
  for (let row = 0; row < binOf.length; row++) {
    binOf[row] = binAt(ascending, value[row]!);
    if (!Number.isFinite(value[row]!)) missing++;
  }
  return {
    edges: ascending,
    bins: scoreTables(rows, binOf, binCount).map((table, bin) => ({
      low: ascending[bin]!,
      high: ascending[bin + 1]!,
      table,
    })),
    binOf,
    missing,
  };
}

function binAt(edges: Float64Array, value: number): number {
  const last = edges.length - 1;
  if (last < 1 || !(value >= edges[0]! && value <= edges[last]!)) return -1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Performance in every bin at a threshold; cheap enough for each frame of a dragged threshold. */
export function performanceByProperty(
  { bins }: Pick<PropertyBins, 'bins'>,
  threshold: number,
  mode: AssociationMode,
): readonly BinPerformance[] {
  return bins.map(({ low, high, table }) => {
    const counts = countsAt(table, threshold, mode);
    return { low, high, counts, metrics: metricsOf(counts) };
  });
}

/** Intervals of the metrics in every bin, by resampling the physical sources that have a row in it. */
export function propertyIntervals(
  rows: ScoredRows,
  { edges, binOf }: Pick<PropertyBins, 'edges' | 'binOf'>,
  threshold: number,
  mode: AssociationMode,
  bootstrap: BootstrapOptions,
): readonly Readonly<Record<MetricName, MetricInterval | undefined>>[] {
  const members = Array.from({ length: Math.max(0, edges.length - 1) }, (): number[] => []);
  binOf.forEach((bin, row) => members[bin]?.push(row));
  return members.map((chosen) => {
    // Sources numbered within the bin, so that the profiles do not carry those that have no row here.
    const { group, groupCount } = groupNumbers(chosen.map((row) => rows.group[row]!));
    const cells = Uint8Array.from(chosen, (row) => cellOf(rows, row, threshold, mode));
    return matrixIntervals(sourceProfiles([cells], group, groupCount), bootstrap);
  });
}

/**
 * Edges that hold about as many values each, at most `binCount` bins; ties may leave fewer. Empty where no value is
 * finite.
 */
export function quantileEdges(value: ArrayLike<number>, binCount: number): Float64Array {
  const sorted = Float64Array.from(value).filter(Number.isFinite).sort();
  if (sorted.length === 0) return new Float64Array(0);
  const edges = Array.from(
    { length: binCount + 1 },
    (_, edge) => sorted[Math.round((edge * (sorted.length - 1)) / binCount)]!,
  );
  const distinct = edges.filter((edge, at) => at === 0 || edge > edges[at - 1]!);
  return Float64Array.from(distinct.length === 1 ? [distinct[0]!, distinct[0]!] : distinct);
}

/** Edges evenly spaced, in the logarithm where `isLog` (both ends > 0). */
export function evenEdges(low: number, high: number, binCount: number, isLog: boolean): Float64Array {
  return Float64Array.from({ length: binCount + 1 }, (_, edge) => {
    const share = edge / binCount;
    return isLog ? low * (high / low) ** share : low + (high - low) * share;
  });
}

const INLIER_SHARE = 0.99;

/** Positive values that span more than this are looked at in their logarithm. */
const LOG_SPAN = 100;

/** Whether every finite value is above 0 and they span decades. */
export function spansDecades(values: ArrayLike<number>): boolean {
  let [low, high] = [Infinity, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > 0 && high / low > LOG_SPAN;
}

/**
 * Edges for a property of any kind: even (in the logarithm where `isLog`) up to where 99 % of the values end, the last
 * bin reaching to the largest; whole numbers of few kinds have a bin each. Empty where no value can be shown.
 */
export function propertyEdges(value: ArrayLike<number>, binCount: number, isLog: boolean): Float64Array {
  const sorted = Float64Array.from(value)
    .filter((one) => Number.isFinite(one) && (!isLog || one > 0))
    .sort();
  if (sorted.length === 0) return new Float64Array(0);
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (low === high) return Float64Array.of(low, high);
  const isCount = high - low < binCount && sorted.every(Number.isInteger);
  if (isCount) return Float64Array.from({ length: high - low + 2 }, (_, step) => low + step);
  const inlier = sorted[Math.floor(INLIER_SHARE * (sorted.length - 1))]!;
  const edges = evenEdges(low, isLog || inlier === low ? high : inlier, binCount, isLog);
  // Products round: the ends are the values themselves.
  edges[0] = low;
  edges[binCount] = high;
  return edges;
}
