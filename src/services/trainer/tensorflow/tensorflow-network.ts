import type * as TensorFlowPackage from '@tensorflow/tfjs';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type {
  ConvolutionLayer,
  DenseLayer,
  ImageBranch,
  NetworkDescription,
  Padding,
  PoolingLayer,
} from '../../../core/network/network-description.ts';
import type { NetworkInput } from '../../../core/network/network-input.ts';
import { NORMALISATION_EPSILON } from '../../../core/network/normalisation.ts';
import { sizeOf } from '../../../core/network/parameter-tensors.ts';
import type { DrawMask } from './dropout-masks.ts';

/** TensorFlow.js or one of its packages for Node, which have the same operators. */
export type TensorFlow = typeof TensorFlowPackage;

/** Below every value of a map, so that the padding of a pooling never is the maximum. Finite: 0 · ∞ is not a number. */
const LOWEST = -3e38;

/** What the layers of one forward pass share. */
export interface ForwardPass {
  readonly tf: TensorFlow;
  /** Value of a trainable parameter in the shape that `parameterTensors` gives it. */
  readonly weights: (name: string) => Tensor;
  /** Undefined where nothing is dropped. */
  readonly drawMask: DrawMask | undefined;
  /** Told what a batch says of a running average: one number per channel, the variance unbiased as PyTorch's. */
  readonly onBatchStatistic: (runningAverage: string, ofBatch: Float32Array) => void;
}

/**
 * Logits [rows, 2] of a network in training. Maps lie channels last, the only order that TensorFlow has on every
 * device; weights come as the other graphs have them and are turned here. Paddings are written out: the package for
 * graphics cards takes no others than TensorFlow's own two.
 */
export function logitsOf(pass: ForwardPass, network: NetworkDescription, input: NetworkInput): Tensor2D {
  const { tf } = pass;
  const branches: Tensor2D[] = [];
  if (network.image !== undefined) branches.push(imageBranch(pass, network.image, input));
  if (network.features !== undefined) {
    const { count, dense } = network.features;
    branches.push(denseLayers(pass, tf.tensor2d(input.features, [input.rowCount, count]), dense));
  }
  return denseLayers(pass, branches.length === 1 ? branches[0]! : tf.concat2d(branches, 1), network.head);
}

function imageBranch(pass: ForwardPass, branch: ImageBranch, { rowCount, images }: NetworkInput): Tensor2D {
  const { channels, sidePix, blocks, flattened, dense } = branch;
  let maps: Tensor4D = pass.tf.tensor4d(images, [rowCount, channels, sidePix, sidePix]).transpose([0, 2, 3, 1]);
  for (const { convolutions, pooling, dropout } of blocks) {
    for (const layer of convolutions) maps = convolution(pass, maps, layer);
    if (pooling !== undefined) maps = maximumPooling(pass, maps, pooling);
    maps = drop(pass, maps, dropout);
  }
  return denseLayers(pass, maps.transpose([0, 3, 1, 2]).as2D(rowCount, flattened), dense);
}

function convolution(pass: ForwardPass, maps: Tensor4D, layer: ConvolutionLayer): Tensor4D {
  const { name, inputChannels, outputChannels, kernelSide, stride, padding } = layer;
  const kernel = pass.weights(`${name}.weight`).as4D(outputChannels, inputChannels, kernelSide, kernelSide);
  const padded = pad(pass, maps, padding, 0);
  const convolved = pass.tf.conv2d(padded, kernel.transpose([2, 3, 1, 0]), stride, 'valid');
  return pass.tf.relu(normaliseOrShift(pass, convolved, layer));
}

function maximumPooling(pass: ForwardPass, maps: Tensor4D, { kernelSide, stride, padding }: PoolingLayer): Tensor4D {
  return pass.tf.maxPool(pad(pass, maps, padding, LOWEST), kernelSide, stride, 'valid');
}

function denseLayers(pass: ForwardPass, input: Tensor2D, layers: readonly DenseLayer[]): Tensor2D {
  return layers.reduce<Tensor2D>((value, layer) => {
    const weight = pass.weights(`${layer.name}.weight`).as2D(layer.outputs, layer.inputs);
    const product: Tensor2D = pass.tf.matMul(value, weight, false, true);
    const linear = normaliseOrShift(pass, product, layer);
    return drop(pass, layer.isRectified ? pass.tf.relu(linear) : linear, layer.dropout);
  }, input);
}

/** The bias, or the normalisation over what `NormalisationKind` says with its scale and shift. Channels are last. */
function normaliseOrShift<T extends Tensor>(pass: ForwardPass, x: T, layer: ConvolutionLayer | DenseLayer): T {
  const { name, normalisation } = layer;
  const { tf, weights, onBatchStatistic } = pass;
  if (normalisation === undefined) return x.add(weights(`${name}.bias`));
  const axes = x.shape.map((_, axis) => axis);
  const { mean, variance } = tf.moments(x, normalisation === 'batch' ? axes.slice(0, -1) : axes.slice(1), true);
  if (normalisation === 'batch') {
    const count = x.size / mean.size;
    onBatchStatistic(`${name}.running-mean`, mean.dataSync<'float32'>());
    const unbiased = variance.dataSync<'float32'>().map((value) => (value * count) / Math.max(1, count - 1));
    onBatchStatistic(`${name}.running-variance`, unbiased);
  }
  const normal = x.sub(mean).div(variance.add(NORMALISATION_EPSILON).sqrt());
  return normal.mul(weights(`${name}.scale`)).add(weights(`${name}.shift`));
}

function drop<T extends Tensor>({ tf, drawMask }: ForwardPass, x: T, share: number): T {
  if (drawMask === undefined || share === 0) return x;
  return x.mul(tf.tensor(drawMask(sizeOf(x.shape), share), x.shape));
}

function pad({ tf }: ForwardPass, maps: Tensor4D, { near, far }: Padding, value: number): Tensor4D {
  if (near === 0 && far === 0) return maps;
  const sides: [number, number] = [near, far];
  return tf.pad4d(maps, [[0, 0], sides, sides, [0, 0]], value);
}
