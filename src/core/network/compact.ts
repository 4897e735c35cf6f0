import { featureBranch, HALVING_POOLING, publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * The laptop network: §3.5 of the paper with the pooling of the network it derives from (2×2, stride 2, 'same';
 * Becker et al. 2021). Maps after the blocks are 32, 8, 4 and 2 pixels wide; 1,739,778 parameters with 32 features.
 */
export function buildCompact(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const image = publishedImageBranch(shape, HALVING_POOLING, variant.normalisation);
  const features = featureBranch(shape, variant.featureLayers, variant.normalisation);
  return { id: 'compact', image, features, head: publishedHead(image, features, variant.normalisation) };
}
