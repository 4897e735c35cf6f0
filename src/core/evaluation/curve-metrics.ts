import { brierScore } from './calibration.ts';
import type { Metric } from './metric.ts';
import { averagePrecisionOfRanked } from './precision-recall.ts';
import { aucOfRanked, rankedRows, risingOrder } from './roc.ts';

/** Numbers that no threshold changes. */
export type CurveMetricName = 'rocAuc' | 'averagePrecision' | 'brier';

/** The threshold-free metrics as a function of how often each row counts; rows are sorted once. */
export function curveMetrics(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
): (weight: Float64Array) => Readonly<Record<CurveMetricName, Metric>> {
  const order = risingOrder(score);
  const ranked = rankedRows(order, isMc, score);
  const rankedWeight = new Float64Array(order.length);
  return (weight) => {
    for (let rank = 0; rank < order.length; rank++) rankedWeight[rank] = weight[order[rank]!]!;
    return {
      rocAuc: aucOfRanked(ranked, rankedWeight),
      averagePrecision: averagePrecisionOfRanked(ranked, rankedWeight),
      brier: brierScore(isMc, score, weight),
    };
  };
}
