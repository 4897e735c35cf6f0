import type { Metric } from './metric.ts';
import { definedMetric, undefinedMetric } from './metric.ts';

/** Points of a ROC curve from (0, 0) to (1, 1), one per distinct score, by falling threshold. */
export interface RocCurve {
  /** Score at or above which rows are flagged; +∞ at the first point, where none is. */
  readonly threshold: Float64Array;
  readonly truePositiveRate: Float64Array;
  readonly falsePositiveRate: Float64Array;
}

/**
 * The ROC curve. Rows of equal score enter together, so that ties are a slanted segment and not a matter of luck.
 * Undefined where one of the classes has no row.
 * @param isMc 1 where the row is MC in truth
 * @param score finite score of each row, higher means more likely MC
 */
export function rocCurve(isMc: ArrayLike<number>, score: ArrayLike<number>): RocCurve | undefined {
  const order = Uint32Array.from({ length: isMc.length }, (_, row) => row);
  order.sort((a, b) => score[b]! - score[a]!);
  const threshold = [Infinity];
  const truePositives = [0];
  const falsePositives = [0];
  let positives = 0;
  let negatives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank]!;
    if (isMc[row] === 1) positives++;
    else negatives++;
    const next = order[rank + 1];
    const isLastOfScore = next === undefined || score[next] !== score[row];
    if (!isLastOfScore) continue;
    threshold.push(score[row]!);
    truePositives.push(positives);
    falsePositives.push(negatives);
  }
  if (positives === 0 || negatives === 0) return undefined;
  return {
    threshold: Float64Array.from(threshold),
    truePositiveRate: Float64Array.from(truePositives, (count) => count / positives),
    falsePositiveRate: Float64Array.from(falsePositives, (count) => count / negatives),
  };
}

/**
 * Area under the ROC curve: the chance that an MC row scores higher than an S row, a tie counting one half (Mann and
 * Whitney's U, from mid-ranks). Undefined where one of the classes has no row.
 * @param weight how often each row counts; once where absent
 */
export function rocAuc(isMc: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): Metric {
  const order = Uint32Array.from({ length: isMc.length }, (_, row) => row);
  order.sort((a, b) => score[a]! - score[b]!);
  return aucOfSorted(order, isMc, score, weight);
}

/** As `rocAuc`, for rows already in rising order of score: a bootstrap sorts once. */
export function aucOfSorted(
  order: Uint32Array,
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Metric {
  let positives = 0;
  let negatives = 0;
  let wins = 0;
  for (let rank = 0; rank < order.length;) {
    const tied = score[order[rank]!]!;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (; rank < order.length; rank++) {
      const row = order[rank]!;
      if (score[row] !== tied) break;
      if (isMc[row] === 1) tiedPositives += weight?.[row] ?? 1;
      else tiedNegatives += weight?.[row] ?? 1;
    }
    wins += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  if (positives === 0) return undefinedMetric('no row is MC');
  if (negatives === 0) return undefinedMetric('every row is MC');
  return definedMetric(wins / (positives * negatives));
}
