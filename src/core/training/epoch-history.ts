import { metricsOf, confusionCounts } from '../evaluation/confusion.ts';
import { rocAuc } from '../evaluation/roc.ts';

/** What is known of one epoch. Accuracies and AUC [0..1]; losses are mean cross-entropies in nats. */
export interface EpochMetrics {
  /** From 1. */
  readonly epoch: number;
  /** As seen during the steps: weights still moving, dropout on. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
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

/** Share of rows on the right side of a threshold. */
export function accuracyAt(isMc: ArrayLike<number>, probability: ArrayLike<number>, threshold: number): number {
  let right = 0;
  for (let row = 0; row < isMc.length; row++) if (probability[row]! >= threshold === (isMc[row] === 1)) right++;
  return right / isMc.length;
}

/** The validation half of an epoch's metrics; NaN where one is not defined. */
export function validationMetrics(
  isMc: ArrayLike<number>,
  probability: ArrayLike<number>,
  threshold: number,
): Pick<EpochMetrics, 'validationLoss' | 'validationAccuracy' | 'validationF1' | 'validationAuc'> {
  const auc = rocAuc(isMc, probability);
  const { f1 } = metricsOf(confusionCounts(isMc, probability, threshold));
  return {
    validationLoss: meanCrossEntropy(isMc, probability),
    validationAccuracy: accuracyAt(isMc, probability, threshold),
    validationF1: f1.defined ? f1.value : Number.NaN,
    validationAuc: auc.defined ? auc.value : Number.NaN,
  };
}

/** The epoch with the lowest validation loss, the first of equals; undefined where there is none. */
export function bestEpochOf(history: readonly EpochMetrics[]): EpochMetrics | undefined {
  return history.reduce<EpochMetrics | undefined>(
    (best, epoch) => (best === undefined || epoch.validationLoss < best.validationLoss ? epoch : best),
    undefined,
  );
}
