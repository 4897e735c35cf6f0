import type { MetricInterval } from '../core/evaluation/metric-interval.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { Metric } from '../core/evaluation/metric.ts';
import { countText } from '../core/units/count-text.ts';
import type { FigureSubject } from './figure.ts';

/** Numbers as figures and captions write them. */

export const CELL_WORDS: Readonly<Record<CellName, string>> = {
  truePositive: 'true positives',
  falsePositive: 'false positives',
  falseNegative: 'false negatives',
  trueNegative: 'true negatives',
};

const DECIMALS = 3;

/** 9,412. */
export const grouped = countText;

/** 0.012 or −0.012, with a minus sign; no sign where it rounds to zero. */
function decimals(value: number): string {
  const text = Math.abs(value).toFixed(DECIMALS);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Three decimals; an en dash where it is undefined. */
export const metricValue = (metric: Metric): string => (metric.defined ? decimals(metric.value) : '–');

/** 0.954–0.971; −0.120 to 0.031 where an end is negative, since a dash beside a minus sign reads as one more. */
export function intervalText({ low, high }: Pick<MetricInterval, 'low' | 'high'>): string {
  const ends = [decimals(low), decimals(high)];
  return ends.join(ends.some((end) => end.startsWith('−')) ? ' to ' : '–');
}

/** +0.012 or −0.012; an en dash for NaN. */
export function signedMetric(value: number): string {
  if (Number.isNaN(value)) return '–';
  const text = Math.abs(value).toFixed(DECIMALS);
  return Number(text) === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/**
 * 0.963 (0.954–0.971), or −0.052 (−0.120 to 0.031); – (no row is MC) where it is undefined, with the reason.
 * @param noInterval why there is no interval, where that is known
 */
export function withInterval(metric: Metric, interval: MetricInterval | undefined, noInterval?: string): string {
  if (!metric.defined) return `– (${metric.reason})`;
  if (interval === undefined)
    return noInterval === undefined ? metricValue(metric) : `${metricValue(metric)} (${noInterval})`;
  return `${metricValue(metric)} (${intervalText(interval)})`;
}

/** What a caption says of the interval behind a number; nothing where there is none. */
export const intervalNote = (interval: MetricInterval | undefined): string =>
  interval === undefined ? '' : ' (95 % interval by physical source)';

/** The number, or null where it is undefined: for the table of numbers. */
export const valueOrNull = (metric: Metric): number | null => (metric.defined ? metric.value : null);

/** NaN where it is undefined: Plot leaves a gap there. */
export const valueOrGap = (metric: Metric): number => (metric.defined ? metric.value : Number.NaN);

/** A percentage with one decimal, never rounded to 100 or 0 while something is left. */
export function percentText(fraction: number): string {
  if (Number.isNaN(fraction)) return '–';
  if (fraction > 0.999 && fraction < 1) return '>99.9 %';
  if (fraction < 0.001 && fraction > 0) return '<0.1 %';
  return `${(100 * fraction).toFixed(fraction === 0 || fraction === 1 ? 0 : 1)} %`;
}

/** A caption: what is shown, then on what. */
export function captionOf(shown: string, { source, rows, mc, warning, subset }: FigureSubject): string {
  const beside =
    subset === undefined
      ? ''
      : `Dotted or open: ${subset.name}, ${grouped(subset.rows)} of these sources, ${grouped(subset.mc)} of them MC.`;
  const known = mc === undefined ? '' : `, ${grouped(mc)} of them MC`;
  return [shown, `${grouped(rows)} sources${known}; ${source}.`, beside, warning]
    .filter((part) => part !== '')
    .join(' ');
}
