import { FEATURES_INPUT, IMAGES_INPUT } from './inference-graph.ts';
import type { GraphNode } from './onnx-nodes.ts';
import { graphOf, nodesOf, ONNX, textOf } from './onnx-nodes.ts';
import { protobufFields } from './protobuf-reader.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** A fusing network behind its image branch. */
export interface GraphTail {
  /** What the image branch makes of an image: a value inside the whole model, an input of the tail. */
  readonly imageCode: string;
  /** The model of the tail: inputs `imageCode` and `features`, outputs as the whole model. Weights by reference. */
  readonly chunks: readonly Uint8Array[];
}

/** TensorProto.DataType. */
const FLOAT32 = 1;

/**
 * Cuts a model where image and features meet. Whoever asks about many feature values with one image computes the image
 * branch, which is nearly all of the work, once.
 * @returns undefined where the model has no two branches that meet in one place
 * @throws RangeError for bytes that are no model
 */
export function tailBehindImages(onnx: Uint8Array): GraphTail | undefined {
  const graph = graphOf(onnx);
  const nodes = graph === undefined ? [] : nodesOf(graph);
  const ofImages = valuesBehind(nodes, IMAGES_INPUT);
  const ofFeatures = valuesBehind(nodes, FEATURES_INPUT);
  // The tail is everything that the features reach, and it may see of the image one value only.
  const tail = nodes.filter(({ outputs }) => outputs.some((output) => ofFeatures.has(output)));
  const seen = new Set(
    tail.flatMap(({ inputs }) => inputs.filter((input) => ofImages.has(input) && !ofFeatures.has(input))),
  );
  const [imageCode] = seen;
  if (graph === undefined || imageCode === undefined || seen.size > 1 || imageCode === IMAGES_INPUT) return undefined;
  return { imageCode, chunks: modelOf(onnx, tailGraph(graph, tail, imageCode)) };
}

/** Names of the values that are computed from an input, itself among them. */
function valuesBehind(nodes: readonly GraphNode[], input: string): ReadonlySet<string> {
  const values = new Set([input]);
  for (const { inputs, outputs } of nodes) {
    if (inputs.some((name) => values.has(name))) for (const output of outputs) values.add(output);
  }
  return values;
}

function tailGraph(graph: Uint8Array, tail: readonly GraphNode[], imageCode: string): ProtobufWriter {
  const taken = new Set(tail.flatMap(({ inputs }) => inputs));
  const kept = new Set(tail.map(({ bytes }) => bytes.byteOffset));
  const cut = new ProtobufWriter();
  for (const field of protobufFields(graph)) {
    if (field.kind === 'varint') cut.integer(field.number, field.value);
    if (field.kind !== 'bytes') continue;
    const { number, bytes } = field;
    const isKept =
      number === ONNX.graphNode
        ? kept.has(bytes.byteOffset)
        : number === ONNX.graphTensor
          ? taken.has(textOf(bytes, ONNX.tensorName))
          : number !== ONNX.graphInput || taken.has(textOf(bytes, ONNX.valueName));
    if (isKept) cut.bytes(number, bytes);
  }
  const tensorType = new ProtobufWriter().integer(1, FLOAT32);
  const type = new ProtobufWriter().message(1, tensorType);
  return cut.message(ONNX.graphInput, new ProtobufWriter().text(ONNX.valueName, imageCode).message(2, type));
}

function modelOf(onnx: Uint8Array, graph: ProtobufWriter): readonly Uint8Array[] {
  const model = new ProtobufWriter();
  for (const field of protobufFields(onnx)) {
    if (field.number === ONNX.modelGraph) model.message(ONNX.modelGraph, graph);
    else if (field.kind === 'varint') model.integer(field.number, field.value);
    else if (field.kind === 'bytes') model.bytes(field.number, field.bytes);
  }
  return model.chunks;
}
