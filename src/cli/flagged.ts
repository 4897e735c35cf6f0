import { takesLikelihoodRatios } from '../core/features/compute-features.ts';
import { countText } from '../core/units/count-text.ts';
import type { Recipe } from '../core/network/recipe.ts';

/** What a run comes to: `41 flagged at 0.5 by compact-sim-4`, and whether its model did without likelihood ratios. */
export function flaggedText(flagged: number, threshold: number, modelId: string, recipe: Recipe): string {
  const without = takesLikelihoodRatios(recipe.features) ? '' : ', which takes no likelihood ratios';
  return `${countText(flagged)} flagged at ${threshold} by ${modelId}${without}`;
}
