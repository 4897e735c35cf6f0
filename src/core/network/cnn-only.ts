import { HALVING_POOLING, publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * The image branch of `compact` alone: what the pixels say without the catalogue. Alegre et al. 2024, Fig. 4, "CNN", with
 * the final image branch (§3.5) and head in place of the baseline CNN's; that one is `becker-2021-3-channels`.
 */
export function buildCnnOnly(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const image = publishedImageBranch(shape, HALVING_POOLING, variant.normalisation);
  const head = publishedHead(image, undefined, variant.normalisation);
  return { id: 'cnn-only', image, features: undefined, head };
}
