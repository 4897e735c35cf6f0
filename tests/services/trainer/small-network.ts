import { buildDenseLayers, buildImageBranch } from '../../../src/core/network/image-branch.ts';
import type { NetworkDescription, NormalisationKind } from '../../../src/core/network/network-description.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';

/** Even and odd kernels, strides up to 3, a convolution without pooling, pooling that overlaps and that is padded. */
export function smallNetwork(normalisation?: NormalisationKind): NetworkDescription {
  const shape = { channels: 2, sidePix: 19, featureCount: 4 };
  const image = buildImageBranch(shape, {
    blocks: [
      { convolutions: [{ filters: 3, kernelSide: 8, stride: 3 }], pooling: undefined, dropout: 0 },
      {
        convolutions: [
          { filters: 4, kernelSide: 5, stride: 1 },
          { filters: 3, kernelSide: 3, stride: 2, padding: { near: 1, far: 1 } },
          { filters: 4, kernelSide: 2, stride: 1 },
        ],
        pooling: { kernelSide: 3, stride: 3 },
        dropout: 0,
      },
      { convolutions: [{ filters: 4, kernelSide: 1, stride: 1 }], pooling: { kernelSide: 2, stride: 1 }, dropout: 0 },
    ],
    dense: [
      { outputs: 6, dropout: 0 },
      // Last: a shift without ReLU before a normalised layer would have no effect, and no gradient to compare.
      { outputs: 5, dropout: 0, isRectified: false },
    ],
    normalisation,
  });
  const dense = buildDenseLayers('features.dense', 4, [{ outputs: 5, dropout: 0 }], normalisation);
  const head = [{ name: 'head.output', inputs: 10, outputs: 2, isRectified: false, dropout: 0 }];
  return { id: 'multi-modal', image, features: { count: 4, dense }, head };
}

/** Five rows for a network of that shape, of both classes. */
export function smallBatch(): LabelledInput {
  const random = randomStream(32);
  const rowCount = 5;
  return {
    rowCount,
    images: Float32Array.from({ length: rowCount * 2 * 19 * 19 }, () => random.normal()),
    features: Float32Array.from({ length: rowCount * 4 }, () => random.normal()),
    isMc: Uint8Array.of(0, 1, 1, 0, 1),
  };
}

/** Largest difference, relative to the largest value of the reference. */
export function relativeDifference(actual: Float32Array, reference: Float32Array): number {
  const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = reference.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  return worst === 0 ? 0 : worst / largest;
}
