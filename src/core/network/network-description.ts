import type { NetworkId } from './recipe.ts';

/** A 3×3 convolution with padding 1, followed by ReLU. Sides in pixels of the (square) map. */
export interface ConvolutionLayer {
  readonly name: string;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly stride: 1 | 2;
  readonly inputSide: number;
  readonly outputSide: number;
}

/** 2×2 maximum pooling; `padding` pixels of −∞ on every side. */
export interface PoolingLayer {
  readonly stride: 1 | 2;
  readonly padding: 0 | 1;
  readonly inputSide: number;
  readonly outputSide: number;
}

export interface ConvolutionBlock {
  readonly convolutions: readonly ConvolutionLayer[];
  readonly pooling: PoolingLayer;
  /** Share of values set to zero in training after the pooling [0..1]. */
  readonly dropout: number;
}

/** y = W x + b with W of shape [outputs, inputs], then ReLU where `isRectified`. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly isRectified: boolean;
}

export interface ImageBranch {
  readonly channels: number;
  readonly sidePix: number;
  readonly blocks: readonly ConvolutionBlock[];
  /** Numbers per row after the last block, flattened channel by channel. */
  readonly flattened: number;
  readonly dense: DenseLayer;
  readonly dropout: number;
}

export interface FeatureBranch {
  readonly count: number;
  readonly dense: readonly DenseLayer[];
  readonly dropout: number;
}

/**
 * A network as data: what the graph writers, the initialisation and the parameter count are all read from. At least one
 * branch is there; with both, their outputs are concatenated (image first) before the head. The head's last layer gives
 * two logits, index 1 = MC.
 */
export interface NetworkDescription {
  readonly id: NetworkId;
  readonly image: ImageBranch | undefined;
  readonly features: FeatureBranch | undefined;
  readonly head: readonly DenseLayer[];
}

/** What a builder is told: the shape of the inputs, which follows from the recipe. */
export interface NetworkInputShape {
  readonly channels: number;
  readonly sidePix: number;
  readonly featureCount: number;
}

/** One trainable tensor. Weights are [outputs, inputs, 3, 3] or [outputs, inputs]; biases [outputs]. */
export interface ParameterTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly kind: 'convolution-weight' | 'dense-weight' | 'bias';
  /** Inputs and outputs that one weight connects to (kernel area included); what the initialisation is scaled by. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Side of the square kernels. */
export const KERNEL_SIDE = 3;

/** Every trainable tensor, in the order in which a flat parameter array holds them. */
export function parameterTensors(network: NetworkDescription): ParameterTensor[] {
  const tensors: ParameterTensor[] = [];
  const area = KERNEL_SIDE * KERNEL_SIDE;
  const add = (
    layer: string,
    kind: 'convolution-weight' | 'dense-weight',
    shape: readonly number[],
    fanIn: number,
    fanOut: number,
  ): void => {
    const outputs = shape[0]!;
    tensors.push({ name: `${layer}.weight`, shape, size: sizeOf(shape), kind, fanIn, fanOut });
    tensors.push({ name: `${layer}.bias`, shape: [outputs], size: outputs, kind: 'bias', fanIn, fanOut });
  };
  for (const block of network.image?.blocks ?? []) {
    for (const { name, inputChannels, outputChannels } of block.convolutions) {
      const shape = [outputChannels, inputChannels, KERNEL_SIDE, KERNEL_SIDE];
      add(name, 'convolution-weight', shape, inputChannels * area, outputChannels * area);
    }
  }
  const dense = [...(network.image ? [network.image.dense] : []), ...(network.features?.dense ?? []), ...network.head];
  for (const { name, inputs, outputs } of dense) add(name, 'dense-weight', [outputs, inputs], inputs, outputs);
  return tensors;
}

export function parameterCount(network: NetworkDescription): number {
  return parameterTensors(network).reduce((sum, tensor) => sum + tensor.size, 0);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
