import type { ConfusionCounts } from '../evaluation/confusion.ts';
import type { Metric } from '../evaluation/metric.ts';
import { metricsOf, confusionCounts } from '../evaluation/confusion.ts';
import { rocAuc } from '../evaluation/roc.ts';

/**
 * What is known of one epoch. Accuracies, precision, recall, F1 of MC and AUC [0..1], NaN where one is not defined; losses
 * are mean cross-entropies in nats.
 */
export interface EpochMetrics {
  /** From 1. */
  readonly epoch: number;
  /** As seen during the steps: weights still moving, dropout on. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly trainPrecision: number;
  readonly trainRecall: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly validationPrecision: number;
  readonly validationRecall: number;
  readonly validationF1: number;
  readonly validationAuc: number;
}

/** Lowest probability that a loss is taken of: that of a float32 that is not quite 0 or 1. */
const SMALLEST_PROBABILITY = 1e-7;

/** Mean −log p of the true class [nats]; probabilities of 0 and 1 count as 10⁻⁷ away from it. */
export function meanCrossEntropy(isMc: ArrayLike<number>, probability: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < isMc.length; row++) {
    const ofTrueClass = isMc[row] === 1 ? probability[row]! : 1 - probability[row]!;
    sum -= Math.log(Math.min(Math.max(ofTrueClass, SMALLEST_PROBABILITY), 1));
  }
  return sum / isMc.length;
}

type ValidationMetrics = Pick<EpochMetrics, `validation${string}` & keyof EpochMetrics>;

/** The validation half of an epoch's metrics. */
export function validationMetrics(
  isMc: ArrayLike<number>,
  probability: ArrayLike<number>,
  threshold: number,
): ValidationMetrics {
  const { accuracy, precision, recall, f1 } = metricsOf(confusionCounts(isMc, probability, threshold));
  return {
    validationLoss: meanCrossEntropy(isMc, probability),
    validationAccuracy: valueOf(accuracy),
    validationPrecision: valueOf(precision),
    validationRecall: valueOf(recall),
    validationF1: valueOf(f1),
    validationAuc: valueOf(rocAuc(isMc, probability)),
  };
}

/** The training half, from what the steps of an epoch gave. */
export function trainMetrics(
  meanLoss: number,
  counts: ConfusionCounts,
): Pick<EpochMetrics, `train${string}` & keyof EpochMetrics> {
  const { accuracy, precision, recall } = metricsOf(counts);
  return {
    trainLoss: meanLoss,
    trainAccuracy: valueOf(accuracy),
    trainPrecision: valueOf(precision),
    trainRecall: valueOf(recall),
  };
}

const valueOf = (metric: Metric): number => (metric.defined ? metric.value : Number.NaN);

/** The epoch with the lowest validation loss, the first of equals; undefined where there is none. */
export function bestEpochOf(history: readonly EpochMetrics[]): EpochMetrics | undefined {
  return history.reduce<EpochMetrics | undefined>(
    (best, epoch) => (best === undefined || epoch.validationLoss < best.validationLoss ? epoch : best),
    undefined,
  );
}
