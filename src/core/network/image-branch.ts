import { outputSideOf, samePadding } from './map-sizes.ts';
import type {
  ConvolutionBlock,
  ConvolutionLayer,
  DenseLayer,
  ImageBranch,
  NetworkInputShape,
  NormalisationKind,
  Padding,
  PoolingLayer,
} from './network-description.ts';

export interface ConvolutionChoice {
  readonly filters: number;
  readonly kernelSide: number;
  readonly stride: number;
  /** 'Same' padding (see map-sizes.ts) where absent. */
  readonly padding?: Padding;
}

export interface PoolingChoice {
  readonly kernelSide: number;
  readonly stride: number;
  /** 'Same' padding where absent. */
  readonly padding?: Padding;
}

export interface BlockChoice {
  readonly convolutions: readonly ConvolutionChoice[];
  readonly pooling: PoolingChoice | undefined;
  readonly dropout: number;
}

export interface DenseChoice {
  readonly outputs: number;
  readonly dropout: number;
  /** True where absent. */
  readonly isRectified?: boolean;
}

export interface ImageBranchChoice {
  readonly blocks: readonly BlockChoice[];
  readonly dense: readonly DenseChoice[];
  readonly normalisation?: NormalisationKind | undefined;
}

/** Follows the maps of an image through the blocks chosen and gives every layer its name, its sizes and its padding. */
export function buildImageBranch({ channels, sidePix }: NetworkInputShape, choice: ImageBranchChoice): ImageBranch {
  let maps = { channels, sidePix };
  const blocks = choice.blocks.map(({ convolutions, pooling, dropout }, blockIndex): ConvolutionBlock => {
    const layers = convolutions.map((convolution, index) => {
      const name = `image.block${blockIndex + 1}.conv${index + 1}`;
      const layer = convolutionLayer(name, maps, convolution, choice.normalisation);
      maps = { channels: layer.outputChannels, sidePix: layer.outputSide };
      return layer;
    });
    const pooled = pooling && poolingLayer(maps.sidePix, pooling);
    maps = { ...maps, sidePix: pooled?.outputSide ?? maps.sidePix };
    return { convolutions: layers, pooling: pooled, dropout };
  });
  const flattened = maps.sidePix * maps.sidePix * maps.channels;
  const dense = buildDenseLayers('image.dense', flattened, choice.dense, choice.normalisation);
  return { channels, sidePix, blocks, flattened, dense };
}

/** Dense layers one after the other; numbered from 1 where there are several. */
export function buildDenseLayers(
  name: string,
  inputs: number,
  choices: readonly DenseChoice[],
  normalisation?: NormalisationKind,
): DenseLayer[] {
  let width = inputs;
  return choices.map(({ outputs, dropout, isRectified = true }, index) => {
    const layer = {
      name: choices.length === 1 ? name : `${name}${index + 1}`,
      inputs: width,
      outputs,
      isRectified,
      dropout,
      ...(normalisation === undefined ? {} : { normalisation }),
    };
    width = outputs;
    return layer;
  });
}

function convolutionLayer(
  name: string,
  { channels, sidePix }: { readonly channels: number; readonly sidePix: number },
  { filters, kernelSide, stride, padding }: ConvolutionChoice,
  normalisation: NormalisationKind | undefined,
): ConvolutionLayer {
  const padded = padding ?? samePadding(sidePix, kernelSide, stride);
  return {
    name,
    inputChannels: channels,
    outputChannels: filters,
    kernelSide,
    stride,
    padding: padded,
    inputSide: sidePix,
    outputSide: outputSideOf(sidePix, kernelSide, stride, padded),
    ...(normalisation === undefined ? {} : { normalisation }),
  };
}

function poolingLayer(inputSide: number, { kernelSide, stride, padding }: PoolingChoice): PoolingLayer {
  const padded = padding ?? samePadding(inputSide, kernelSide, stride);
  return {
    kernelSide,
    stride,
    padding: padded,
    inputSide,
    outputSide: outputSideOf(inputSide, kernelSide, stride, padded),
  };
}
