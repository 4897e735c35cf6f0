import { HALVING_POOLING, publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/** The image branch of `compact` alone: what the pixels say without the catalogue. */
export function buildCnnOnly(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const image = publishedImageBranch(shape, HALVING_POOLING, variant.normalisation);
  const head = publishedHead(image, undefined, variant.normalisation);
  return { id: 'cnn-only', image, features: undefined, head };
}
