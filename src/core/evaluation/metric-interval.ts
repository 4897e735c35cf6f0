/** Where a metric could as well be, given how few physical sources it was measured on. */
export interface MetricInterval {
  readonly low: number;
  readonly high: number;
  /** Confidence, as 0.95. */
  readonly level: number;
  /** Percentiles under resampling of the sources, or Wilson's score interval where resamples say nothing. */
  readonly by: 'resampling' | 'wilson';
}

/**
 * Below so many physical sources resamples of them are few and much alike, and their percentiles far too narrow: two
 * sources that are both found are found in every resample. Bootstrap intervals are not given from fewer.
 */
export const FEW_SOURCES = 10;

/** Physical sources behind some rows. One of rows of both classes counts in both. */
export interface SourceCounts {
  readonly mc: number;
  readonly s: number;
}

export function sourceCounts(isMc: ArrayLike<number>, group: ArrayLike<number>): SourceCounts {
  const [mc, s] = [new Set<number>(), new Set<number>()];
  for (let row = 0; row < isMc.length; row++) (isMc[row] === 1 ? mc : s).add(group[row]!);
  return { mc: mc.size, s: s.size };
}

/** Whether there are too few sources of a class for the spread of a metric that needs both. */
export const areFew = ({ mc, s }: SourceCounts): boolean => Math.min(mc, s) < FEW_SOURCES;

/** Why such a metric has no interval: of which class there are too few sources, and how many. */
export function fewWords({ mc, s }: SourceCounts): string {
  const [name, count] = mc <= s ? ['MC', mc] : ['S', s];
  return `too few ${name} sources for an interval (n = ${count})`;
}

/** Why there is none where sources are enough, and yet every resample gives the same. */
export const ALL_ALIKE = 'all resamples agree, which says nothing of its spread';

/** Ends nearer than this differ by rounding alone. */
const ROUNDING = 1e-9;

/** Whether the percentiles of a metric's resamples say anything of its spread. */
export const isSpread = (interval: MetricInterval | undefined): interval is MetricInterval =>
  interval !== undefined && interval.high - interval.low > ROUNDING;

/** Quantile of the normal distribution at 0.975. */
const Z_95 = 1.959963984540054;
const LEVEL_95 = 0.95;

/**
 * Wilson's score interval of a share (1927, J. Am. Stat. Assoc. 22, 209), 95 %: of the two-sided intervals without a table
 * the one that holds its level from a handful of trials on (Brown, Cai & DasGupta 2001, Stat. Sci. 16, 101). 2 of 2 is
 * 0.34 … 1, where every resample says 1.
 * @param share [0..1]
 * @param trials > 0
 */
export function wilsonInterval(share: number, trials: number): MetricInterval {
  const z2 = Z_95 ** 2 / trials;
  const centre = share + z2 / 2;
  const half = Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  // Rounding must leave neither the share nor the unit interval outside.
  return {
    low: Math.max(0, Math.min(share, (centre - half) / (1 + z2))),
    high: Math.min(1, Math.max(share, (centre + half) / (1 + z2))),
    level: LEVEL_95,
    by: 'wilson',
  };
}
