import type { Metric } from './metric.ts';
import { definedMetric, undefinedMetric } from './metric.ts';
import type { RankedRows } from './roc.ts';
import { rankedOnce, rankedRows, risingOrder } from './roc.ts';

/** Points of a precision–recall curve, one per distinct score, by falling threshold. */
export interface PrecisionRecallCurve {
  /** Score at or above which rows are flagged. */
  readonly threshold: Float64Array;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Share of MC rows: the precision of flagging at random. */
  readonly prevalence: number;
}

/**
 * The precision–recall curve; rows of equal score enter together. Undefined where no row is MC.
 * The conventional end at recall 0, where nothing is flagged and precision is undefined, is not among its points.
 * @param score finite score of each row
 */
export function precisionRecallCurve(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
): PrecisionRecallCurve | undefined {
  const order = risingOrder(score);
  const { isMc: mc, isLastOfScore } = rankedRows(order, isMc, score);
  const positives = mc.reduce((sum, one) => sum + one, 0);
  if (positives === 0) return undefined;
  const [threshold, precision, recall]: [number[], number[], number[]] = [[], [], []];
  let found = 0;
  for (let rank = mc.length - 1; rank >= 0; rank--) {
    found += mc[rank]!;
    const isFirstOfScore = rank === 0 || isLastOfScore[rank - 1] === 1;
    if (!isFirstOfScore) continue;
    threshold.push(score[order[rank]!]!);
    precision.push(found / (mc.length - rank));
    recall.push(found / positives);
  }
  return {
    threshold: Float64Array.from(threshold),
    precision: Float64Array.from(precision),
    recall: Float64Array.from(recall),
    prevalence: positives / mc.length,
  };
}

/**
 * Average precision: precision at each distinct score, weighted by the recall that it adds (no interpolation, as
 * scikit-learn). Undefined where no row is MC.
 */
export function averagePrecision(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Metric {
  if (weight === undefined) {
    return averagePrecisionOfRanked(rankedOnce(isMc, score), new Float64Array(isMc.length).fill(1));
  }
  const order = risingOrder(score);
  return averagePrecisionOfRanked(
    rankedRows(order, isMc, score),
    Float64Array.from(order, (row) => weight[row]!),
  );
}

/** As `averagePrecision`, of ranked rows. @param weight how often each row counts, in the order of the ranks */
export function averagePrecisionOfRanked({ isMc, isLastOfScore }: RankedRows, weight: Float64Array): Metric {
  let [positives, rows, tied, sum] = [0, 0, 0, 0];
  for (let rank = weight.length - 1; rank >= 0; rank--) {
    rows += weight[rank]!;
    if (isMc[rank] === 1) tied += weight[rank]!;
    const isFirstOfScore = rank === 0 || isLastOfScore[rank - 1] === 1;
    if (!isFirstOfScore || tied === 0) continue;
    positives += tied;
    sum += (tied * positives) / rows;
    tied = 0;
  }
  return positives === 0 ? undefinedMetric('no row is MC') : definedMetric(sum / positives);
}
