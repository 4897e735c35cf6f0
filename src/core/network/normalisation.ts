import type { ConvolutionLayer, DenseLayer, NormalisationKind } from './network-description.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { batchStatistic, gradientOutput } from './training-names.ts';

/** Added to the variance before its root: the default of PyTorch's BatchNorm and GroupNorm. */
export const NORMALISATION_EPSILON = 1e-5;

/** Share by which a running average moves towards a batch: the default of PyTorch's BatchNorm. */
const RUNNING_SHARE = 0.1;

/** Moves the running averages of a layer, in place, towards what a batch says of them. */
export function moveTowards(averages: Float32Array, ofBatch: Float32Array): void {
  averages.forEach((value, i) => (averages[i] = value + RUNNING_SHARE * (ofBatch[i]! - value)));
}

/** What is normalised: the output of a layer, [rows, channels] or [rows, channels, side, side]. */
export interface NormalisedLayer {
  readonly name: string;
  readonly kind: NormalisationKind;
  readonly channels: number;
  /** Side of the maps [pixel]; undefined for a dense layer. */
  readonly sidePix: number | undefined;
}

/** The normalisation of a layer; undefined where it has none. */
export function normalisationOf(layer: ConvolutionLayer | DenseLayer): NormalisedLayer | undefined {
  const { name, normalisation: kind } = layer;
  if (kind === undefined) return undefined;
  return 'kernelSide' in layer
    ? { name, kind, channels: layer.outputChannels, sidePix: layer.outputSide }
    : { name, kind, channels: layer.outputs, sidePix: undefined };
}

interface Centred {
  /** (x − mean) / √(variance + ε). */
  readonly normal: Value;
  readonly inverseDeviation: Value;
  readonly mean: Value;
  readonly variance: Value;
}

/** In inference: batch normalisation by the running averages, layer normalisation by the row itself. */
export function normaliseForInference(graph: OnnxGraph, input: Value, layer: NormalisedLayer): Value {
  const { name, kind } = layer;
  if (kind === 'batch') {
    const averages = [`${name}.running-mean`, `${name}.running-variance`];
    const attributes = { epsilon: { float: NORMALISATION_EPSILON } };
    return graph.operator('BatchNormalization', [input, `${name}.scale`, `${name}.shift`, ...averages], attributes);
  }
  return scaled(graph, centre(graph, input, layer).normal, layer);
}

/**
 * In training. With n the normalised values, y = scale · n + shift: d shift = Σ dy, d scale = Σ dy n, and with
 * g = scale · dy, dx = (g − mean(g) − n mean(g n)) / √(variance + ε), means over what was normalised together. Batch
 * normalisation also writes the batch's mean and (unbiased, as PyTorch) variance as outputs of the graph.
 */
export function normaliseForTraining(
  graph: OnnxGraph,
  input: Value,
  layer: NormalisedLayer,
  rowCount: number,
): { readonly output: Value; readonly backward: (gradient: Value) => Value } {
  const { name, kind } = layer;
  const { normal, inverseDeviation, mean, variance } = centre(graph, input, layer);
  const output = scaled(graph, normal, layer);
  if (kind === 'batch') writeBatchStatistics(graph, mean, variance, layer, rowCount);
  const backward = (gradient: Value): Value => {
    const overAllButChannels = graph.integers(...(layer.sidePix === undefined ? [0] : [0, 2, 3]));
    const sumOf = (value: Value, parameter: 'scale' | 'shift'): void => {
      const attributes = { keepdims: 0 };
      graph.operator('ReduceSum', [value, overAllButChannels], attributes, {
        output: gradientOutput(`${name}.${parameter}`),
      });
    };
    sumOf(gradient, 'shift');
    sumOf(graph.operator('Mul', [gradient, normal]), 'scale');
    const byNormal = graph.operator('Mul', [gradient, perChannel(graph, `${name}.scale`, layer)]);
    const axes = axesOf(graph, layer);
    const meanOf = (value: Value): Value => graph.operator('ReduceMean', [value, axes], { keepdims: 1 });
    const along = graph.operator('Mul', [normal, meanOf(graph.operator('Mul', [byNormal, normal]))]);
    const across = graph.operator('Sub', [graph.operator('Sub', [byNormal, meanOf(byNormal)]), along]);
    return graph.operator('Mul', [across, inverseDeviation]);
  };
  return { output, backward };
}

function centre(graph: OnnxGraph, input: Value, layer: NormalisedLayer): Centred {
  const axes = axesOf(graph, layer);
  const mean = graph.operator('ReduceMean', [input, axes], { keepdims: 1 });
  const deviation = graph.operator('Sub', [input, mean]);
  const squares = graph.operator('Mul', [deviation, deviation]);
  const variance = graph.operator('ReduceMean', [squares, axes], { keepdims: 1 });
  const raised = graph.operator('Add', [variance, graph.scalar(NORMALISATION_EPSILON)]);
  const inverseDeviation = graph.operator('Reciprocal', [graph.operator('Sqrt', [raised])]);
  return { normal: graph.operator('Mul', [deviation, inverseDeviation]), inverseDeviation, mean, variance };
}

function scaled(graph: OnnxGraph, normal: Value, layer: NormalisedLayer): Value {
  const stretched = graph.operator('Mul', [normal, perChannel(graph, `${layer.name}.scale`, layer)]);
  return graph.operator('Add', [stretched, perChannel(graph, `${layer.name}.shift`, layer)]);
}

/** Axes that are normalised together. */
function axesOf(graph: OnnxGraph, { kind, sidePix }: NormalisedLayer): Value {
  const first = kind === 'batch' ? 0 : 1;
  return graph.integers(first, ...(sidePix === undefined ? [] : [2, 3]));
}

/** A tensor of one number per channel in the shape that multiplies maps. */
function perChannel(graph: OnnxGraph, value: Value, { channels, sidePix }: NormalisedLayer): Value {
  const shape = sidePix === undefined ? [1, channels] : [1, channels, 1, 1];
  return graph.operator('Reshape', [value, graph.integers(...shape)]);
}

function writeBatchStatistics(
  graph: OnnxGraph,
  mean: Value,
  variance: Value,
  { name, channels, sidePix = 1 }: NormalisedLayer,
  rowCount: number,
): void {
  const count = rowCount * sidePix * sidePix;
  const unbiased = graph.operator('Mul', [variance, graph.scalar(count / Math.max(1, count - 1))]);
  const shape = graph.integers(channels);
  graph.operator('Reshape', [mean, shape], {}, { output: batchStatistic(`${name}.running-mean`) });
  graph.operator('Reshape', [unbiased, shape], {}, { output: batchStatistic(`${name}.running-variance`) });
}
