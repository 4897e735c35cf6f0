import { protobufFields, protobufText } from './protobuf-reader.ts';
import type { ProtobufField } from './protobuf-reader.ts';
import { joinChunks, ProtobufWriter } from './protobuf-writer.ts';

/** Field numbers of onnx.proto3. */
export const ONNX = {
  modelGraph: 7,
  graphNode: 1,
  graphTensor: 5,
  graphInput: 11,
  graphOutput: 12,
  nodeInput: 1,
  nodeOutput: 2,
  nodeType: 4,
  tensorName: 8,
  valueName: 1,
} as const;

/** What an operator of a graph takes and makes, and its bytes. */
export interface GraphNode {
  /** As ONNX names it: `Conv`, `MaxPool`. */
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly bytes: Uint8Array;
}

/** The graph of a model file, or undefined. @throws RangeError for bytes that are no message */
export function graphOf(onnx: Uint8Array): Uint8Array | undefined {
  for (const field of protobufFields(onnx)) {
    if (field.number === ONNX.modelGraph && field.kind === 'bytes') return field.bytes;
  }
  return undefined;
}

/** The operators of a graph in its own order, in which every value is made before it is taken. */
export function nodesOf(graph: Uint8Array): readonly GraphNode[] {
  return messagesOf(graph, ONNX.graphNode).map((bytes) => ({
    type: textOf(bytes, ONNX.nodeType),
    inputs: textsOf(bytes, ONNX.nodeInput),
    outputs: textsOf(bytes, ONNX.nodeOutput),
    bytes,
  }));
}

/** The first text that a message has in a field, '' where it has none. */
export const textOf = (message: Uint8Array, wanted: number): string => textsOf(message, wanted)[0] ?? '';

const textsOf = (message: Uint8Array, wanted: number): string[] => messagesOf(message, wanted).map(protobufText);

const messagesOf = (message: Uint8Array, wanted: number): Uint8Array[] =>
  [...protobufFields(message)].flatMap((field: ProtobufField) =>
    field.number === wanted && field.kind === 'bytes' ? [field.bytes] : [],
  );

/**
 * Bytes which, appended to a model file, make a value inside it an output. Two messages one after the other are one
 * message whose lists are joined (protobuf.dev/programming-guides/encoding, "last one wins"), so that the weights are
 * neither parsed nor copied.
 */
export function asOutput(value: string): Uint8Array {
  const info = new ProtobufWriter().text(ONNX.valueName, value);
  const graph = new ProtobufWriter().message(ONNX.graphOutput, info);
  return joinChunks(new ProtobufWriter().message(ONNX.modelGraph, graph).chunks);
}
