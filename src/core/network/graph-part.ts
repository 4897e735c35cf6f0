import type { GraphNode } from './onnx-nodes.ts';
import { graphOf, nodesOf, ONNX, textOf } from './onnx-nodes.ts';
import { protobufFields } from './protobuf-reader.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** TensorProto.DataType. */
const FLOAT32 = 1;

/**
 * The part of a model that computes some of its values from others, as a model of its own. Its inputs are float32 of any
 * size, so that what moves with the pixels of an image takes a piece of one. Weights are kept by reference.
 * @param inputs values inside the model, or its own inputs
 * @param outputs values that follow from them and from weights alone
 * @throws RangeError for bytes that are no model
 */
export function graphPart(
  onnx: Uint8Array,
  inputs: readonly string[],
  outputs: readonly string[],
): readonly Uint8Array[] {
  const graph = graphOf(onnx) ?? new Uint8Array(0);
  const model = new ProtobufWriter();
  for (const field of protobufFields(onnx)) {
    if (field.number === ONNX.modelGraph) model.message(ONNX.modelGraph, partOf(graph, inputs, outputs));
    else if (field.kind === 'varint') model.integer(field.number, field.value);
    else if (field.kind === 'bytes') model.bytes(field.number, field.bytes);
  }
  return model.chunks;
}

function partOf(graph: Uint8Array, inputs: readonly string[], outputs: readonly string[]): ProtobufWriter {
  const nodes = nodesBetween(nodesOf(graph), inputs, outputs);
  const taken = new Set(nodes.flatMap((node) => node.inputs));
  const kept = new Set(nodes.map(({ bytes }) => bytes.byteOffset));
  const part = new ProtobufWriter();
  for (const field of protobufFields(graph)) {
    if (field.kind === 'varint') part.integer(field.number, field.value);
    if (field.kind !== 'bytes') continue;
    const { number, bytes } = field;
    if (number === ONNX.graphInput || number === ONNX.graphOutput) continue;
    const isKept =
      number === ONNX.graphNode
        ? kept.has(bytes.byteOffset)
        : number !== ONNX.graphTensor || taken.has(textOf(bytes, ONNX.tensorName));
    if (isKept) part.bytes(number, bytes);
  }
  const type = new ProtobufWriter().message(1, new ProtobufWriter().integer(1, FLOAT32));
  for (const name of inputs) {
    part.message(ONNX.graphInput, new ProtobufWriter().text(ONNX.valueName, name).message(2, type));
  }
  for (const name of outputs) part.message(ONNX.graphOutput, new ProtobufWriter().text(ONNX.valueName, name));
  return part;
}

/** In the graph's own order: from the last to the first, what is needed is known before the node that makes it. */
function nodesBetween(
  nodes: readonly GraphNode[],
  inputs: readonly string[],
  outputs: readonly string[],
): readonly GraphNode[] {
  const given = new Set(inputs);
  const needed = new Set(outputs);
  return nodes
    .toReversed()
    .filter((node) => {
      if (!node.outputs.some((name) => needed.has(name) && !given.has(name))) return false;
      for (const name of node.inputs) needed.add(name);
      return true;
    })
    .toReversed();
}
