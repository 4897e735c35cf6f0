import type { Metric } from './metric.ts';
import { definedMetric, ratioMetric, undefinedMetric } from './metric.ts';

/** How rows fall at one threshold. Positive means MC. */
export interface ConfusionCounts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export const NO_COUNTS: ConfusionCounts = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };

export interface ClassificationMetrics {
  readonly accuracy: Metric;
  /** Accuracy of calling every row S: what an accuracy has to be read against. */
  readonly alwaysSAccuracy: Metric;
  /** Mean of the recalls of both classes. */
  readonly balancedAccuracy: Metric;
  readonly precision: Metric;
  /** Recall of MC, the true positive rate. */
  readonly recall: Metric;
  readonly f1: Metric;
  readonly falsePositiveRate: Metric;
  readonly precisionOfS: Metric;
  readonly recallOfS: Metric;
  readonly f1OfS: Metric;
  /** Matthews' correlation coefficient, −1 … 1. */
  readonly mcc: Metric;
}

export type MetricName = keyof ClassificationMetrics;

export const METRIC_NAMES: readonly MetricName[] = [
  'accuracy',
  'alwaysSAccuracy',
  'balancedAccuracy',
  'precision',
  'recall',
  'f1',
  'falsePositiveRate',
  'precisionOfS',
  'recallOfS',
  'f1OfS',
  'mcc',
];

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

/** Rows that were counted. */
export const totalOf = ({ truePositive, falsePositive, falseNegative, trueNegative }: ConfusionCounts): number =>
  truePositive + falsePositive + falseNegative + trueNegative;

/**
 * The metrics of Appendix A of the paper, of both classes, with balanced accuracy and Matthews' coefficient.
 * A number whose denominator is 0 is undefined (scikit-learn gives 0 and a warning).
 */
export function metricsOf(counts: ConfusionCounts): ClassificationMetrics {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = counts;
  return {
    accuracy: ratioMetric(tp + tn, tp + fp + fn + tn, 'there are no rows'),
    alwaysSAccuracy: ratioMetric(fp + tn, tp + fp + fn + tn, 'there are no rows'),
    balancedAccuracy: balancedAccuracyOf(counts),
    precision: ratioMetric(tp, tp + fp, 'no row is flagged'),
    recall: ratioMetric(tp, tp + fn, 'no row is MC'),
    f1: ratioMetric(2 * tp, 2 * tp + fp + fn, 'no row is MC and none is flagged'),
    falsePositiveRate: ratioMetric(fp, fp + tn, 'every row is MC'),
    precisionOfS: ratioMetric(tn, tn + fn, 'every row is flagged'),
    recallOfS: ratioMetric(tn, tn + fp, 'every row is MC'),
    f1OfS: ratioMetric(2 * tn, 2 * tn + fp + fn, 'every row is MC and every row is flagged'),
    mcc: mccOf(counts),
  };
}

function balancedAccuracyOf({ truePositive, falsePositive, falseNegative, trueNegative }: ConfusionCounts): Metric {
  if (truePositive + falseNegative === 0) return undefinedMetric('no row is MC');
  if (falsePositive + trueNegative === 0) return undefinedMetric('every row is MC');
  return definedMetric(
    (truePositive / (truePositive + falseNegative) + trueNegative / (trueNegative + falsePositive)) / 2,
  );
}

function mccOf({ truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn }: ConfusionCounts): Metric {
  if (tp + fn === 0) return undefinedMetric('no row is MC');
  if (fp + tn === 0) return undefinedMetric('every row is MC');
  if (tp + fp === 0) return undefinedMetric('no row is flagged');
  if (fn + tn === 0) return undefinedMetric('every row is flagged');
  // Square roots before the product: four counts of 10⁶ multiply beyond 2⁵³.
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return definedMetric((tp * tn - fp * fn) / scale);
}
