import type { CutoutRecipe } from '../cutout/cutout-recipe.ts';
import type { FeatureRecipe } from '../features/feature-recipe.ts';

/** Every setting between the files and the network, under one name. Stored with models and runs. */
export interface Recipe {
  readonly version: 1;
  readonly name: string;
  readonly cutout: CutoutRecipe;
  readonly features: FeatureRecipe;
  readonly network: NetworkId;
}

export type NetworkId = 'compact' | 'published' | 'cnn-only' | 'ann-only';
