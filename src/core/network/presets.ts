import { PUBLISHED_CUTOUT } from '../cutout/cutout-recipe.ts';
import { PUBLISHED_FEATURES } from '../features/presets.ts';
import { DomainFailure } from '../result/failure.ts';
import type { NetworkInputShape } from './network-description.ts';
import { isNetworkId, NETWORK_IDS } from './registry.ts';
import type { Recipe } from './recipe.ts';

/** The paper's model as it is written: images of §3.1.2, the 32 features unscaled, pooling with stride 1. */
const PUBLISHED_2024: Recipe = {
  version: 1,
  name: 'published-2024',
  cutout: PUBLISHED_CUTOUT,
  features: PUBLISHED_FEATURES,
  network: 'published',
};

/** The same inputs into the laptop network. */
const COMPACT: Recipe = { ...PUBLISHED_2024, name: 'compact', network: 'compact' };

const RECIPES: readonly Recipe[] = [
  COMPACT,
  PUBLISHED_2024,
  { ...COMPACT, name: 'cnn-only', network: 'cnn-only' },
  { ...COMPACT, name: 'ann-only', network: 'ann-only' },
];

export const RECIPE_NAMES: readonly string[] = RECIPES.map((recipe) => recipe.name);

/** @throws DomainFailure 'recipe-invalid' naming the recipes there are */
export function recipeOf(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe === undefined) {
    throw new DomainFailure({
      kind: 'recipe-invalid',
      name,
      why: `there is no such recipe; there are ${RECIPE_NAMES.join(', ')}`,
    });
  }
  return recipe;
}

/** The recipe that a network is trained with unless another is given. @throws DomainFailure 'network-unknown' */
export function recipeForNetwork(network: string): Recipe {
  if (!isNetworkId(network)) {
    throw new DomainFailure({ kind: 'network-unknown', id: network, available: NETWORK_IDS });
  }
  return RECIPES.find((recipe) => recipe.network === network)!;
}

/** The recipe with its features standardised (moments of the training rows, stored in the model) or as they are. */
export function withScaling(recipe: Recipe, scaling: Recipe['features']['scaling']): Recipe {
  if (recipe.features.scaling === scaling) return recipe;
  return { ...recipe, name: `${recipe.name}+${scaling}`, features: { ...recipe.features, scaling } };
}

/** Shape of the network's inputs under a recipe. */
export function inputShapeOf(recipe: Recipe, featureCount: number): NetworkInputShape {
  return { channels: recipe.cutout.channels.length, sidePix: recipe.cutout.sidePix, featureCount };
}

/**
 * Refuses a recipe that would be misread rather than followed: a recipe from a file is checked here once.
 * @throws DomainFailure 'recipe-invalid'
 */
export function checkRecipe(recipe: Recipe): void {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'recipe-invalid', name: recipe.name, why });
  };
  if (recipe.cutout.channels.length === 0) refuse('it has no image channel');
  recipe.cutout.channels.forEach(({ stretch, lowSigma, highSigma }, index) => {
    if (!Number.isFinite(lowSigma) || !Number.isFinite(highSigma)) refuse(`channel ${index + 1} has no finite cuts`);
    if (stretch !== 'cut' && highSigma <= lowSigma) refuse(`channel ${index + 1} has an upper cut below its lower one`);
  });
  const { lrThreshold, missingLr } = recipe.features;
  if (typeof lrThreshold === 'number' && !(lrThreshold > 0)) refuse('its likelihood threshold is not positive');
  if (!(missingLr > 0)) refuse('its likelihood ratio for a missing match is not positive');
}
