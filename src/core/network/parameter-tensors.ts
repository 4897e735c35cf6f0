import type { ConvolutionLayer, DenseLayer, NetworkDescription } from './network-description.ts';
import { convolutionsOf, denseLayersOf } from './network-description.ts';

export type ParameterKind =
  'convolution-weight' | 'dense-weight' | 'bias' | 'scale' | 'shift' | 'running-mean' | 'running-variance';

/**
 * One tensor of a network. Weights are [outputs, inputs, side, side] or [outputs, inputs]; all others [outputs]. Running
 * means and variances belong to batch normalisation: they follow the batches in training and are used in inference.
 */
export interface ParameterTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly kind: ParameterKind;
  /** Inputs and outputs that one weight connects to (kernel area included); what the initialisation is scaled by. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** False for running averages, which no gradient changes. */
export function isTrainable({ kind }: ParameterTensor): boolean {
  return kind !== 'running-mean' && kind !== 'running-variance';
}

/**
 * Every tensor in the order in which a flat parameter array holds them: per layer its weight and its bias (scale and
 * shift where it is normalised), convolutions before dense layers; then the running averages of all layers.
 */
export function parameterTensors(network: NetworkDescription): ParameterTensor[] {
  const layers = [...convolutionsOf(network).map(convolutionTensors), ...denseLayersOf(network).map(denseTensors)];
  return [...layers.flatMap(({ trained }) => trained), ...layers.flatMap(({ running }) => running)];
}

/** Trainable numbers, as the papers count them. */
export function parameterCount(network: NetworkDescription): number {
  return parameterTensors(network)
    .filter(isTrainable)
    .reduce((sum, tensor) => sum + tensor.size, 0);
}

/** All stored numbers, running averages included. */
export function parameterSize(network: NetworkDescription): number {
  return parameterTensors(network).reduce((sum, tensor) => sum + tensor.size, 0);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

interface LayerTensors {
  readonly trained: readonly ParameterTensor[];
  readonly running: readonly ParameterTensor[];
}

function convolutionTensors(layer: ConvolutionLayer): LayerTensors {
  const { inputChannels, outputChannels, kernelSide } = layer;
  const area = kernelSide * kernelSide;
  const shape = [outputChannels, inputChannels, kernelSide, kernelSide];
  return layerTensors(layer, 'convolution-weight', shape, inputChannels * area, outputChannels * area);
}

function denseTensors(layer: DenseLayer): LayerTensors {
  const { inputs, outputs } = layer;
  return layerTensors(layer, 'dense-weight', [outputs, inputs], inputs, outputs);
}

function layerTensors(
  { name, normalisation }: ConvolutionLayer | DenseLayer,
  weightKind: ParameterKind,
  weightShape: readonly number[],
  fanIn: number,
  fanOut: number,
): LayerTensors {
  const outputs = weightShape[0]!;
  const perOutput = (kind: ParameterKind): ParameterTensor => ({
    name: `${name}.${kind}`,
    shape: [outputs],
    size: outputs,
    kind,
    fanIn,
    fanOut,
  });
  const weight: ParameterTensor = {
    name: `${name}.weight`,
    shape: weightShape,
    size: sizeOf(weightShape),
    kind: weightKind,
    fanIn,
    fanOut,
  };
  return {
    trained: [
      weight,
      ...(normalisation === undefined ? [perOutput('bias')] : [perOutput('scale'), perOutput('shift')]),
    ],
    running: normalisation === 'batch' ? [perOutput('running-mean'), perOutput('running-variance')] : [],
  };
}
