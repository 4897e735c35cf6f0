import type { FeatureRecipe } from './feature-recipe.ts';
import { DR1_LR_THRESHOLD } from './likelihood-scale.ts';

/** Table 1 of Alegre et al. (2024) on LoTSS DR1. Values for missing LRs: the authors' public code. */
export const PUBLISHED_FEATURES: FeatureRecipe = {
  set: 'all',
  lrThreshold: DR1_LR_THRESHOLD,
  lrLogarithm: 'log10',
  missingLr: 1e-135,
  missingLrDistArcsec: 20,
  imputedGaussianFluxRatio: 0.5,
  missingNeighbourDistArcsec: 3600,
  scaling: 'none',
};

/** L_thr that the authors used for the DR2 pointing P21 of their public feature table. */
const P21_LR_THRESHOLD = 0.309;

/** Feature recipes under the names that `--recipe` takes. */
export const FEATURE_RECIPES = {
  published: PUBLISHED_FEATURES,
  dr2: { ...PUBLISHED_FEATURES, lrThreshold: 'lotss-dr2-by-region' },
  baseline: { ...PUBLISHED_FEATURES, set: 'baseline' },
  optical: { ...PUBLISHED_FEATURES, set: 'optical' },
  gbc: { ...PUBLISHED_FEATURES, set: 'gbc' },
  'no-lr': { ...PUBLISHED_FEATURES, set: 'no-lr' },
  'gbc-code': { ...PUBLISHED_FEATURES, set: 'gbc', lrThreshold: P21_LR_THRESHOLD, lrLogarithm: 'gbc-code' },
} as const satisfies Readonly<Record<string, FeatureRecipe>>;

export type FeatureRecipeName = keyof typeof FEATURE_RECIPES;

/** The recipe of that name; undefined where there is none. */
export function featureRecipeNamed(name: string): FeatureRecipe | undefined {
  return Object.hasOwn(FEATURE_RECIPES, name) ? FEATURE_RECIPES[name as FeatureRecipeName] : undefined;
}
