import { publishedFeatureBranch, publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';

/**
 * The network as §3.5 of the paper writes it: pooling 2×2 with stride 1 and padding 1. Maps after the blocks are 65, 34,
 * 35 and 36 pixels wide; 86,412,290 parameters with 32 features, nearly all in one dense layer.
 */
export function buildPublished(shape: NetworkInputShape): NetworkDescription {
  const image = publishedImageBranch(shape, { stride: 1, padding: 1 });
  const features = publishedFeatureBranch(shape);
  return { id: 'published', image, features, head: publishedHead(image, features) };
}
