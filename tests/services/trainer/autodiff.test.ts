import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  ConvolutionLayer,
  DenseLayer,
  NetworkDescription,
} from '../../../src/core/network/network-description.ts';
import { NORMALISATION_EPSILON } from '../../../src/core/network/normalisation.ts';
import { isTrainable } from '../../../src/core/network/parameter-tensors.ts';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { offsetParameters } from '../../core/network/registered-fixture.ts';
import { relativeDifference, smallBatch, smallNetwork } from './small-network.ts';

/** Relative to the largest value of each tensor: two float32 computations in another order of sums. */
const TOLERANCE = 2e-5;

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

/**
 * The same network with every layer of TensorFlow.js. Written apart from the session that trains by TensorFlow, whose
 * paddings are the layers' own numbers: here TensorFlow says how a pooling is padded.
 */
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
    const batch = smallBatch();
    const { rowCount } = batch;
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
      expect(
        reference.some((value) => value !== 0),
        name,
      ).toBe(true);
      expect(relativeDifference(gradients.view(name), reference), name).toBeLessThan(TOLERANCE);
    });
  });
});
