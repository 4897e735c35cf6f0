import type { ChannelRecipe, CutoutRecipe } from '../cutout/cutout-recipe.ts';
import { PUBLISHED_CUTOUT } from '../cutout/cutout-recipe.ts';
import type { FeatureRecipe } from '../features/feature-recipe.ts';
import { FEATURE_RECIPES, PUBLISHED_FEATURES } from '../features/presets.ts';
import { DomainFailure } from '../result/failure.ts';
import { EXPERIMENT_PRESETS } from './experiment-presets.ts';
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

/** One channel of an image, under the name that single-channel recipes carry. */
const SINGLE_CHANNELS: Readonly<Record<string, ChannelRecipe>> = {
  'log-1-200': { stretch: 'log', lowSigma: 1, highSigma: 200 },
  'log-1-30': { stretch: 'log', lowSigma: 1, highSigma: 30 },
  'linear-1-30': { stretch: 'linear', lowSigma: 1, highSigma: 30 },
  'cut-3': { stretch: 'cut', lowSigma: 3, highSigma: 3 },
  'cut-5': { stretch: 'cut', lowSigma: 5, highSigma: 5 },
};

/** A recipe and, in a sentence, what it is for. */
export interface RecipePreset {
  readonly recipe: Recipe;
  readonly summary: string;
}

const withFeatures = (base: Recipe, name: string, features: FeatureRecipe): Recipe => ({ ...base, name, features });
const withCutout = (base: Recipe, name: string, cutout: Partial<CutoutRecipe>): Recipe => ({
  ...base,
  name,
  cutout: { ...base.cutout, ...cutout },
});
const CNN_ONLY: Recipe = { ...COMPACT, name: 'cnn-only', network: 'cnn-only' };
const ANN_ONLY: Recipe = { ...COMPACT, name: 'ann-only', network: 'ann-only' };

/** The smaller feature sets of Table 1 by the names of their feature recipes. */
const FEATURE_SET_SUMMARIES = {
  baseline: 'the 5 baseline features: sizes, fluxes, number of Gaussians',
  optical: 'the 7 optical features',
  gbc: 'the 18 features of the gradient boosting classifier (Alegre et al. 2022)',
  'no-lr': 'the 21 features that need no likelihood ratio; the others are removed, not filled',
} as const;

/** Every recipe there is. Where several use one network, the first is the one that the network is trained with. */
export const RECIPE_PRESETS: readonly RecipePreset[] = [
  { recipe: COMPACT, summary: 'what the paper computes, in a network for a laptop: pooling with stride 2' },
  { recipe: PUBLISHED_2024, summary: 'the model of Alegre et al. (2024) as its text has it: pooling with stride 1' },
  { recipe: CNN_ONLY, summary: 'the three channels alone, no features' },
  { recipe: ANN_ONLY, summary: 'the 32 features alone, no image' },
  ...Object.entries(FEATURE_SET_SUMMARIES).flatMap(([set, summary]) => {
    const features = FEATURE_RECIPES[set as keyof typeof FEATURE_SET_SUMMARIES];
    return [
      { recipe: withFeatures(COMPACT, set, features), summary: `image and ${summary}` },
      { recipe: withFeatures(ANN_ONLY, `ann-${set}`, features), summary: `no image; ${summary}` },
    ];
  }),
  {
    recipe: withFeatures(COMPACT, 'gbc-code', FEATURE_RECIPES['gbc-code']),
    summary: "image and the 18 features as the authors' public code writes them: ln(0.639 LR / L_thr)",
  },
  {
    recipe: withFeatures(COMPACT, 'dr2', FEATURE_RECIPES.dr2),
    summary: 'compact for LoTSS DR2: the likelihood threshold of each region of the sky',
  },
  ...Object.entries(SINGLE_CHANNELS).flatMap(([channel, cuts]) => [
    {
      recipe: withCutout(CNN_ONLY, `cnn-${channel}`, { channels: [cuts] }),
      summary: `one channel alone: ${channelText(cuts)}`,
    },
    {
      recipe: withCutout(COMPACT, `compact-${channel}`, { channels: [cuts] }),
      summary: `one channel and the 32 features: ${channelText(cuts)}`,
    },
  ]),
  {
    recipe: withCutout(COMPACT, 'clipped-noise', { noise: 'clipped' }),
    summary: 'compact with the mean and σ after 3σ clipping as the noise scale',
  },
  {
    recipe: withCutout(COMPACT, 'log10', { logStretch: 'log10' }),
    summary: 'compact with a logarithm that reaches white at the upper cut and not before',
  },
  {
    recipe: withCutout(COMPACT, 'uint8', { quantisation: 'uint8' }),
    summary: 'compact with channels rounded to the 256 levels of a PNG',
  },
  ...EXPERIMENT_PRESETS,
];

const RECIPES: readonly Recipe[] = RECIPE_PRESETS.map(({ recipe }) => recipe);

export const RECIPE_NAMES: readonly string[] = RECIPES.map((recipe) => recipe.name);

/** A channel in words: "1–200σ log", "3σ cut". */
export function channelText({ stretch, lowSigma, highSigma }: ChannelRecipe): string {
  return stretch === 'cut' ? `${lowSigma}σ cut` : `${lowSigma}–${highSigma}σ ${stretch}`;
}

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
