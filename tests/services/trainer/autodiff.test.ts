import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDenseLayers, buildImageBranch } from '../../../src/core/network/image-branch.ts';
import type {
  ConvolutionLayer,
  DenseLayer,
  NetworkDescription,
  NormalisationKind,
} from '../../../src/core/network/network-description.ts';
import { NORMALISATION_EPSILON } from '../../../src/core/network/normalisation.ts';
import { isTrainable } from '../../../src/core/network/parameter-tensors.ts';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { offsetParameters } from '../../core/network/registered-fixture.ts';

/** Relative to the largest value of each tensor: two float32 computations in another order of sums. */
const TOLERANCE = 2e-5;

/** Even and odd kernels, strides up to 3, a convolution without pooling, pooling that overlaps and that is padded. */
function smallNetwork(normalisation?: NormalisationKind): NetworkDescription {
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

type Weights = (name: string) => tf.Tensor;

function normalised(x: tf.Tensor, { name, normalisation }: ConvolutionLayer | DenseLayer, weights: Weights): tf.Tensor {
  if (normalisation === undefined) return x.add(weights(`${name}.bias`));
  // Channels are last here.
  const axes =
    normalisation === 'batch' ? x.shape.map((_, axis) => axis).slice(0, -1) : x.shape.map((_, a) => a).slice(1);
  const { mean, variance } = tf.moments(x, axes, true);
  const normal = x.sub(mean).div(variance.add(NORMALISATION_EPSILON).sqrt());
  return normal.mul(weights(`${name}.scale`)).add(weights(`${name}.shift`));
}

function denseLayer(x: tf.Tensor, layer: DenseLayer, weights: Weights): tf.Tensor {
  const linear = normalised(tf.matMul(x, weights(`${layer.name}.weight`), false, true), layer, weights);
  return layer.isRectified ? linear.relu() : linear;
}

/** The same network with every layer of TensorFlow.js. */
function lossOf(
  network: NetworkDescription,
  { images, features, isMc, rowCount }: LabelledInput,
  weights: Weights,
): tf.Scalar {
  const { channels, sidePix, blocks, dense } = network.image!;
  let maps = tf.tensor4d(images, [rowCount, channels, sidePix, sidePix]).transpose([0, 2, 3, 1]);
  for (const { convolutions, pooling } of blocks) {
    for (const layer of convolutions) {
      const { near, far } = layer.padding;
      const padded = tf.pad(maps, [
        [0, 0],
        [near, far],
        [near, far],
        [0, 0],
      ]);
      const kernel = weights(`${layer.name}.weight`).transpose([2, 3, 1, 0]);
      const convolved = tf.conv2d(padded as tf.Tensor4D, kernel as tf.Tensor4D, layer.stride, 'valid');
      maps = normalised(convolved, layer, weights).relu();
    }
    if (pooling) maps = tf.maxPool(maps as tf.Tensor4D, pooling.kernelSide, pooling.stride, 'same');
  }
  let image: tf.Tensor = maps.transpose([0, 3, 1, 2]).reshape([rowCount, -1]);
  for (const layer of dense) image = denseLayer(image, layer, weights);
  let other: tf.Tensor = tf.tensor2d(features, [rowCount, network.features!.count]);
  for (const layer of network.features!.dense) other = denseLayer(other, layer, weights);
  let joined: tf.Tensor = tf.concat([image, other], 1);
  for (const layer of network.head) joined = denseLayer(joined, layer, weights);
  const target = tf.oneHot(tf.tensor1d(isMc, 'int32'), 2);
  return joined.logSoftmax().mul(target).sum().div(-rowCount).asScalar();
}

describe('gradients against the automatic differentiation of TensorFlow.js', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  test.each([
    ['without normalisation', undefined],
    ['with batch normalisation', 'batch'],
    ['with layer normalisation', 'layer'],
  ] as const)('kernels, strides, paddings and poolings of every kind, %s', async (_, normalisation) => {
    const network = smallNetwork(normalisation);
    const parameters = offsetParameters(network, 31);
    const gradients = parametersOver(network);
    const random = randomStream(32);
    const rowCount = 5;
    const batch: LabelledInput = {
      rowCount,
      images: Float32Array.from({ length: rowCount * 2 * 19 * 19 }, () => random.normal()),
      features: Float32Array.from({ length: rowCount * 4 }, () => random.normal()),
      isMc: Uint8Array.of(0, 1, 1, 0, 1),
    };
    const session = await openTrainingSession(network, parameters, gradients, { rowCount, hasDropout: false });
    const { loss } = await session.computeGradients(batch).finally(() => session.close());

    const tensors = parameters.tensors.filter(isTrainable);
    const values = tensors.map(({ name, shape }) => tf.tensor(parameters.view(name), [...shape]));
    const byName = (given: readonly tf.Tensor[]): Weights => {
      const named = new Map(tensors.map(({ name }, index) => [name, given[index]!]));
      return (name) => named.get(name)!;
    };
    const expected = tf.valueAndGrads((...given: tf.Tensor[]) => lossOf(network, batch, byName(given)))(values);
    expect(loss).toBeCloseTo(expected.value.dataSync()[0]!, 5);
    tensors.forEach(({ name }, index) => {
      const reference = expected.grads[index]!.dataSync<'float32'>();
      const largest = reference.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest, name).toBeGreaterThan(0);
      const worst = Array.from(gradients.view(name)).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - reference[i]!)),
        0,
      );
      expect(worst / largest, name).toBeLessThan(TOLERANCE);
    });
  });
});
