import type { NetworkId, NormalisationRecipe } from './recipe.ts';

/**
 * How the values of a layer are brought to mean 0 and variance 1 before its ReLU. `batch`: each channel over the rows and
 * pixels of the batch, and over running averages in use (Ioffe & Szegedy 2015). `layer`: each row over all its channels
 * and pixels (Ba et al. 2016). Both then multiply by a scale and add a shift per channel, which replaces the bias.
 */
export type NormalisationKind = NormalisationRecipe;

/** Pixels added to a map: `near` above and on the left, `far` below and on the right. */
export interface Padding {
  readonly near: number;
  readonly far: number;
}

/** A convolution with a square kernel, then a normalisation where there is one, then ReLU. Sides in pixels of the map. */
export interface ConvolutionLayer {
  readonly name: string;
  readonly inputChannels: number;
  readonly outputChannels: number;
  readonly kernelSide: number;
  readonly stride: number;
  /** Of zeros. */
  readonly padding: Padding;
  readonly inputSide: number;
  readonly outputSide: number;
  readonly normalisation?: NormalisationKind | undefined;
}

/** Maximum over squares of `kernelSide`; padding is −∞, so that it never is the maximum. */
export interface PoolingLayer {
  readonly kernelSide: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly inputSide: number;
  readonly outputSide: number;
}

export interface ConvolutionBlock {
  readonly convolutions: readonly ConvolutionLayer[];
  readonly pooling: PoolingLayer | undefined;
  /** Share of values set to zero in training after the block [0..1). */
  readonly dropout: number;
}

/** y = W x + b with W of shape [outputs, inputs], a normalisation where there is one, ReLU where `isRectified`. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly isRectified: boolean;
  /** Share of values set to zero in training after the layer [0..1). */
  readonly dropout: number;
  readonly normalisation?: NormalisationKind | undefined;
}

export interface ImageBranch {
  readonly channels: number;
  readonly sidePix: number;
  readonly blocks: readonly ConvolutionBlock[];
  /** Numbers per row after the last block, flattened channel by channel. */
  readonly flattened: number;
  /** At least one. */
  readonly dense: readonly DenseLayer[];
}

export interface FeatureBranch {
  readonly count: number;
  /** At least one. */
  readonly dense: readonly DenseLayer[];
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

/** Number of channels and side of the maps that a block hands on. */
export function outputOfBlock({ convolutions, pooling }: ConvolutionBlock): { channels: number; sidePix: number } {
  const last = convolutions.at(-1)!;
  return { channels: last.outputChannels, sidePix: pooling?.outputSide ?? last.outputSide };
}

/** Every dense layer: the image's, the features', the head's. */
export function denseLayersOf(network: NetworkDescription): DenseLayer[] {
  return [...(network.image?.dense ?? []), ...(network.features?.dense ?? []), ...network.head];
}

export function convolutionsOf(network: NetworkDescription): ConvolutionLayer[] {
  return network.image?.blocks.flatMap((block) => block.convolutions) ?? [];
}
