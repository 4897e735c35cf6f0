import type { CutoutRecipe } from '../cutout/cutout-recipe.ts';
import type { FeatureRecipe } from '../features/feature-recipe.ts';

/** Every setting between the files and the network, under one name. Stored with models and runs. */
export interface Recipe {
  readonly version: 1;
  readonly name: string;
  readonly cutout: CutoutRecipe;
  readonly features: FeatureRecipe;
  readonly network: NetworkId;
  /** What differs from the network as it is registered; nothing where absent. */
  readonly variant?: NetworkVariant | undefined;
  /** How the weights are drawn before training; the only choice so far. */
  readonly initialisation?: InitialisationRecipe | undefined;
}

/** He et al. (2015) for convolutions, Glorot & Bengio (2010) for dense layers; biases and shifts 0, scales 1. */
export interface InitialisationRecipe {
  readonly convolutions: 'he-normal';
  readonly dense: 'glorot-uniform';
}

export const INITIALISATION: InitialisationRecipe = { convolutions: 'he-normal', dense: 'glorot-uniform' };

export type NetworkId =
  | 'compact'
  | 'published'
  | 'cnn-only'
  | 'ann-only'
  | 'multi-modal'
  | 'alhassan-2018'
  | 'aniyan-thorat-2017'
  | 'becker-2021'
  | 'lukic-2018';

/** `batch` (Ioffe & Szegedy 2015) or `layer` (Ba et al. 2016), after every layer but the last and before its ReLU. */
export type NormalisationRecipe = 'batch' | 'layer';

/** The dense layers over the features: how many, how wide, and the share dropped after the last [0..1). */
export interface FeatureLayersRecipe {
  readonly layers: number;
  readonly neurons: number;
  readonly dropout: number;
}

/** The changes to a network that the paper tried (§3.5). */
export interface NetworkVariant {
  /** Ignored by a network without features. */
  readonly featureLayers?: FeatureLayersRecipe | undefined;
  readonly normalisation?: NormalisationRecipe | undefined;
}
