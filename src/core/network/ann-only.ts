import { featureBranch, publishedHead } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/** The feature branch alone: what the catalogue says without the pixels. */
export function buildAnnOnly(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const features = featureBranch(shape, variant.featureLayers, variant.normalisation);
  const head = publishedHead(undefined, features, variant.normalisation);
  return { id: 'ann-only', image: undefined, features, head };
}
