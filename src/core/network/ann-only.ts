import { publishedFeatureBranch, publishedHead } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';

/** The feature branch alone: what the catalogue says without the pixels. */
export function buildAnnOnly(shape: NetworkInputShape): NetworkDescription {
  const features = publishedFeatureBranch(shape);
  return { id: 'ann-only', image: undefined, features, head: publishedHead(undefined, features) };
}
