import type { TrainingRecipe } from './training-recipe.ts';

/** How much a row of each class counts for the loss. */
export interface ClassWeights {
  readonly s: number;
  readonly mc: number;
}

export const EQUAL_WEIGHTS: ClassWeights = { s: 1, mc: 1 };

/** Targets [rows, 2] of the loss: per row its weight in the column of its class (index 1 = MC), 0 in the other. */
export function weightedTargets(isMc: Uint8Array, weights: ClassWeights): Float32Array {
  const targets = new Float32Array(isMc.length * 2);
  isMc.forEach((mc, row) => (targets[row * 2 + mc] = mc === 1 ? weights.mc : weights.s));
  return targets;
}

/**
 * Weights of a training: with `balanced` n / (2 n_class), scikit-learn's `class_weight='balanced'`, so that both classes
 * count as much in all and a row counts 1 on average.
 * @param mcCount appearances of MC rows in an epoch, at least 1; `sCount` likewise
 */
export function classWeightsOf(
  recipe: Pick<TrainingRecipe, 'classWeights'>,
  mcCount: number,
  sCount: number,
): ClassWeights {
  if (recipe.classWeights === 'none') return EQUAL_WEIGHTS;
  const half = (mcCount + sCount) / 2;
  return { s: half / sCount, mc: half / mcCount };
}
