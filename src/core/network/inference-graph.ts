import type { DenseLayer, ImageBranch, NetworkDescription } from './network-description.ts';
import { KERNEL_SIDE } from './network-description.ts';
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
    for (const { name, stride } of convolutions) {
      const convolved = graph.operator('Conv', [value, `${name}.weight`, `${name}.bias`], {
        kernel_shape: [KERNEL_SIDE, KERNEL_SIDE],
        strides: [stride, stride],
        pads: [1, 1, 1, 1],
      });
      value = graph.operator('Relu', [convolved]);
    }
    const { stride, padding } = pooling;
    value = graph.operator('MaxPool', [value], {
      kernel_shape: [2, 2],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    });
  }
  return dense(graph, graph.operator('Flatten', [value]), branch.dense);
}

function dense(graph: OnnxGraph, input: Value, { name, isRectified }: DenseLayer): Value {
  const output = graph.operator('Gemm', [input, `${name}.weight`, `${name}.bias`], { transB: 1 });
  return isRectified ? graph.operator('Relu', [output]) : output;
}
