import { beckerImageBranch } from './becker-2021.ts';
import { featureBranch, publishedHead } from './branches.ts';
import type { FeatureLayersRecipe, NetworkVariant } from './recipe.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';

/** Alegre et al. 2024, §3.2 (two layers of 64) and §3.5 (dropout of 50 per cent before it was reduced). */
const BASELINE_FEATURE_LAYERS: FeatureLayersRecipe = { layers: 2, neurons: 64, dropout: 0.5 };

/**
 * The multi-modal network of the paper's experiments (Figs. 4–6): the baseline CNN beside two dense layers of 64 over the
 * features. What follows the concatenation is not said there; it is that of the final model (two dense layers of 64).
 */
export function buildMultiModal(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const image = beckerImageBranch(shape, variant);
  const features = featureBranch(shape, variant.featureLayers ?? BASELINE_FEATURE_LAYERS, variant.normalisation);
  return { id: 'multi-modal', image, features, head: publishedHead(image, features, variant.normalisation) };
}
