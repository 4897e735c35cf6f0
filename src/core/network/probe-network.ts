import { featureBranch, HALVING_POOLING, publishedHead } from './branches.ts';
import { buildImageBranch } from './image-branch.ts';
import type { NetworkDescription } from './network-description.ts';

/** Inputs of the probe network. */
export const PROBE_SHAPE = { channels: 3, sidePix: 32, featureCount: 8 } as const;

/**
 * A network of 8,594 parameters with every kind of layer that the published ones have (strided and plain convolution,
 * pooling, dense layers, concatenation, softmax), small enough for a software renderer. It classifies nothing: a device
 * is tried with it before it is trusted.
 * @param dropout share of the values that its layers drop in training
 */
export function probeNetwork(dropout = 0): NetworkDescription {
  const kernel = { kernelSide: 3, padding: { near: 1, far: 1 } };
  const block = (firstStride: 1 | 2) => ({
    convolutions: [
      { filters: 8, stride: firstStride, ...kernel },
      { filters: 8, stride: 1, ...kernel },
    ],
    pooling: HALVING_POOLING,
    dropout,
  });
  const image = buildImageBranch(PROBE_SHAPE, { blocks: [block(2), block(1)], dense: [{ outputs: 16, dropout }] });
  const features = featureBranch(PROBE_SHAPE, { layers: 2, neurons: 16, dropout });
  return { id: 'compact', image, features, head: publishedHead(image, features) };
}
