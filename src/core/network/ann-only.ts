import { featureBranch, publishedHead } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * The feature branch alone: what the catalogue says without the pixels. Alegre et al. 2024, §3.2 and Fig. 4, "ANN only", with
 * the two layers of 256 of the final model (§3.5); what follows them is not said there and is that model's head.
 */
export function buildAnnOnly(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const features = featureBranch(shape, variant.featureLayers, variant.normalisation);
  const head = publishedHead(undefined, features, variant.normalisation);
  return { id: 'ann-only', image: undefined, features, head };
}
