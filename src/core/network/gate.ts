import type { SisgThresholds } from '../features/feature-recipe.ts';
import { areSameThresholds, sisgThresholdsOf } from '../features/sisg-gate.ts';
import type { Recipe } from './recipe.ts';

/** The recipe with the SISG gate at other thresholds; the recipe itself where none are given or they are its own. */
export function withSisg(recipe: Recipe, thresholds: SisgThresholds | undefined): Recipe {
  if (thresholds === undefined || areSameThresholds(thresholds, sisgThresholdsOf(recipe.features))) return recipe;
  return { ...recipe, features: { ...recipe.features, sisg: thresholds } };
}
