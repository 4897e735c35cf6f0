import type { Metric } from './metric.ts';
import { ratioMetric } from './metric.ts';

/** How rows fall at one threshold. Positive means MC. */
export interface ConfusionCounts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export interface ClassificationMetrics {
  readonly accuracy: Metric;
  readonly precision: Metric;
  /** Recall of MC, the true positive rate. */
  readonly recall: Metric;
  readonly f1: Metric;
  readonly falsePositiveRate: Metric;
  readonly precisionOfS: Metric;
  readonly recallOfS: Metric;
  readonly f1OfS: Metric;
}

/**
 * Counts at a threshold.
 * @param isMc 1 where the row is MC in truth
 * @param score P(MC) of each row; a row is flagged where score ≥ threshold
 */
export function confusionCounts(isMc: ArrayLike<number>, score: ArrayLike<number>, threshold: number): ConfusionCounts {
  let [truePositive, falsePositive, falseNegative, trueNegative] = [0, 0, 0, 0];
  for (let row = 0; row < isMc.length; row++) {
    const isFlagged = score[row]! >= threshold;
    if (isMc[row] === 1) {
      if (isFlagged) truePositive++;
      else falseNegative++;
    } else if (isFlagged) falsePositive++;
    else trueNegative++;
  }
  return { truePositive, falsePositive, falseNegative, trueNegative };
}

/** Accuracy, precision, recall, F1 of both classes and false positive rate (Appendix A of the paper). */
export function metricsOf(counts: ConfusionCounts): ClassificationMetrics {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = counts;
  return {
    accuracy: ratioMetric(tp + tn, tp + fp + fn + tn, 'there are no rows'),
    precision: ratioMetric(tp, tp + fp, 'no row is flagged'),
    recall: ratioMetric(tp, tp + fn, 'no row is MC'),
    f1: ratioMetric(2 * tp, 2 * tp + fp + fn, 'no row is MC and none is flagged'),
    falsePositiveRate: ratioMetric(fp, fp + tn, 'every row is MC'),
    precisionOfS: ratioMetric(tn, tn + fn, 'every row is flagged'),
    recallOfS: ratioMetric(tn, tn + fp, 'every row is MC'),
    f1OfS: ratioMetric(2 * tn, 2 * tn + fp + fn, 'every row is MC and every row is flagged'),
  };
}
