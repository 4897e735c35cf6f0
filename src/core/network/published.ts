import { featureBranch, publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * The network as §3.5 of the paper writes it: pooling 2×2 with stride 1 and padding 1. Maps after the blocks are 65, 34,
 * 35 and 36 pixels wide; 86,412,290 parameters with 32 features, nearly all in one dense layer.
 */
export function buildPublished(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const pooling = { kernelSide: 2, stride: 1, padding: { near: 1, far: 1 } };
  const image = publishedImageBranch(shape, pooling, variant.normalisation);
  const features = featureBranch(shape, variant.featureLayers, variant.normalisation);
  return { id: 'published', image, features, head: publishedHead(image, features, variant.normalisation) };
}
