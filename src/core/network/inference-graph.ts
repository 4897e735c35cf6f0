import { kernelAttributes } from './layer-attributes.ts';
import type { ConvolutionLayer, DenseLayer, ImageBranch, NetworkDescription } from './network-description.ts';
import { normalisationOf, normaliseForInference } from './normalisation.ts';
import type { Value } from './onnx-graph.ts';
import { OnnxGraph } from './onnx-graph.ts';
import type { Parameters } from './parameters.ts';

/** Names of a model's inputs and output; a network without one of the branches has no such input. */
export const IMAGES_INPUT = 'images';
export const FEATURES_INPUT = 'features';
export const PROBABILITIES_OUTPUT = 'probabilities';
/** Column of `probabilities` that is P(MC). */
export const MC_CLASS = 1;

/**
 * The network as an ONNX model for use: inputs `images` [N, channels, side, side] and `features` [N, count] (those the
 * network has), output `probabilities` [N, 2], index 1 = MC. No dropout. Weights are stored inside, by reference until
 * the chunks are written.
 */
export function inferenceModel(network: NetworkDescription, parameters: Parameters): readonly Uint8Array[] {
  const graph = new OnnxGraph();
  for (const { name, shape } of parameters.tensors) graph.weights(name, shape, parameters.view(name));
  const branches: Value[] = [];
  if (network.image !== undefined) {
    const { channels, sidePix } = network.image;
    branches.push(imageBranch(graph, graph.input(IMAGES_INPUT, ['N', channels, sidePix, sidePix]), network.image));
  }
  if (network.features !== undefined) {
    let value = graph.input(FEATURES_INPUT, ['N', network.features.count]);
    for (const layer of network.features.dense) value = dense(graph, value, layer);
    branches.push(value);
  }
  let value = branches.length === 1 ? branches[0]! : graph.operator('Concat', branches, { axis: 1 });
  for (const layer of network.head) value = dense(graph, value, layer);
  graph.operator('Softmax', [value], { axis: 1 }, { output: PROBABILITIES_OUTPUT });
  graph.output(PROBABILITIES_OUTPUT, ['N', 2]);
  return graph.modelChunks();
}

function imageBranch(graph: OnnxGraph, images: Value, branch: ImageBranch): Value {
  let value = images;
  for (const { convolutions, pooling } of branch.blocks) {
    for (const layer of convolutions) {
      const convolved = graph.operator('Conv', weighted(value, layer), kernelAttributes(layer));
      value = graph.operator('Relu', [normalised(graph, convolved, layer)]);
    }
    if (pooling !== undefined) value = graph.operator('MaxPool', [value], kernelAttributes(pooling));
  }
  value = graph.operator('Flatten', [value]);
  for (const layer of branch.dense) value = dense(graph, value, layer);
  return value;
}

function dense(graph: OnnxGraph, input: Value, layer: DenseLayer): Value {
  const output = normalised(graph, graph.operator('Gemm', weighted(input, layer), { transB: 1 }), layer);
  return layer.isRectified ? graph.operator('Relu', [output]) : output;
}

function normalised(graph: OnnxGraph, value: Value, layer: ConvolutionLayer | DenseLayer): Value {
  const normalisation = normalisationOf(layer);
  return normalisation === undefined ? value : normaliseForInference(graph, value, normalisation);
}

/** What Conv and Gemm take: a normalised layer has no bias, its shift does the same. */
export function weighted(input: Value, { name, normalisation }: ConvolutionLayer | DenseLayer): Value[] {
  return [input, `${name}.weight`, ...(normalisation === undefined ? [`${name}.bias`] : [])];
}
