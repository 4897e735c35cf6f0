import type { AssociationMode } from './association-correction.ts';
import type { Metric } from './metric.ts';
import { definedMetric, undefinedMetric } from './metric.ts';
import type { ScoreTable } from './score-table.ts';
import { countFrom, countsAt } from './score-table.ts';

/** What an astronomer can say instead of a threshold. */
export type ThresholdWish =
  | { readonly kind: 'recall'; readonly atLeast: number }
  | { readonly kind: 'sources'; readonly atMost: number }
  | { readonly kind: 'hours'; readonly atMost: number; readonly secondsPerSource: number };

/** Scores are stored to about 1e-7; a step this small above one of them flags it no more. */
const JUST_ABOVE = 2 ** -30;
const SECONDS_PER_HOUR = 3600;

/**
 * The highest threshold at which at least this share of the MC rows is found. Undefined without MC rows, and where even
 * threshold 0 finds fewer (rows that are gated as SISG are never flagged).
 * @param recall 0 … 1
 */
export function thresholdForRecall(table: ScoreTable, recall: number, mode: AssociationMode): Metric {
  const sorted = mode === 'raw' ? table.mc : table.mcCorrected;
  if (sorted.length === 0) return undefinedMetric('no row is MC');
  if (mode === 'dropped') return thresholdWithDropped(table, recall);
  const needed = Math.ceil(recall * sorted.length - 1e-9);
  if (needed <= 0) return definedMetric(1);
  const score = sorted[sorted.length - needed]!;
  return score < 0 ? undefinedMetric('too many MC rows are gated as SISG and never flagged') : definedMetric(score);
}

/** Recall with recovered rows left out is not monotonic: every distinct score is tried, from the highest down. */
function thresholdWithDropped({ mc, mcCorrected }: ScoreTable, recall: number): Metric {
  let found = 0;
  for (let rank = mcCorrected.length - 1; rank >= 0; rank--) {
    const score = mcCorrected[rank]!;
    if (score < 0) break;
    const corrected = mc.length - rank;
    while (found < mc.length && mc[mc.length - 1 - found]! >= score) found++;
    const isLastOfScore = rank === 0 || mcCorrected[rank - 1]! < score;
    const rows = found + (mc.length - corrected);
    if (isLastOfScore && rows > 0 && found / rows >= recall) return definedMetric(score);
  }
  return undefinedMetric('no threshold reaches it');
}

/**
 * The lowest threshold that flags at most this many rows.
 * @param ascending scores of all rows that can be flagged, labelled or not
 */
export function thresholdForCount(ascending: Float64Array, atMost: number): number {
  if (ascending.length <= atMost) return 0;
  return Math.min(1, ascending[ascending.length - 1 - Math.max(0, Math.floor(atMost))]! + JUST_ABOVE);
}

/** Rows that a wish allows to be flagged. */
const allowedRows = (wish: Exclude<ThresholdWish, { kind: 'recall' }>): number =>
  wish.kind === 'sources' ? wish.atMost : Math.floor((wish.atMost * SECONDS_PER_HOUR) / wish.secondsPerSource);

/** The threshold that a wish means. Undefined where it cannot be met, or needs labels that there are none of. */
export function thresholdForWish(
  wish: ThresholdWish,
  ascending: Float64Array,
  table: ScoreTable | undefined,
  mode: AssociationMode,
): Metric {
  if (wish.kind === 'recall') {
    return table === undefined ? undefinedMetric('recall needs labels') : thresholdForRecall(table, wish.atLeast, mode);
  }
  const allowed = allowedRows(wish);
  const threshold = thresholdForCount(ascending, allowed);
  return countFrom(ascending, threshold) <= allowed
    ? definedMetric(threshold)
    : undefinedMetric('more sources than that have P(MC) = 1');
}

/**
 * The same on thresholds that are multiples of 1 / `steps`, as a window shows them: rounded to the side that keeps what
 * was wished for, and undefined where no such step keeps it.
 */
export function thresholdOnGrid(
  wish: ThresholdWish,
  ascending: Float64Array,
  table: ScoreTable | undefined,
  mode: AssociationMode,
  steps: number,
): Metric {
  const exact = thresholdForWish(wish, ascending, table, mode);
  if (!exact.defined) return exact;
  const threshold = (wish.kind === 'recall' ? Math.floor(exact.value * steps) : Math.ceil(exact.value * steps)) / steps;
  return isKept(wish, ascending, table, mode, threshold)
    ? definedMetric(threshold)
    : undefinedMetric(`no threshold with a step of ${1 / steps} gives it`);
}

function isKept(
  wish: ThresholdWish,
  ascending: Float64Array,
  table: ScoreTable | undefined,
  mode: AssociationMode,
  threshold: number,
): boolean {
  if (wish.kind !== 'recall') return countFrom(ascending, threshold) <= allowedRows(wish);
  const { truePositive, falseNegative } = countsAt(table!, threshold, mode);
  return truePositive >= wish.atLeast * (truePositive + falseNegative) - 1e-9;
}
