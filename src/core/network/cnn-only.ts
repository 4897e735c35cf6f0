import { publishedHead, publishedImageBranch } from './branches.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';

/** The image branch of `compact` alone: what the pixels say without the catalogue. */
export function buildCnnOnly(shape: NetworkInputShape): NetworkDescription {
  const image = publishedImageBranch(shape, { stride: 2, padding: 0 });
  return { id: 'cnn-only', image, features: undefined, head: publishedHead(image, undefined) };
}
