import { PROBABILITIES_OUTPUT } from './inference-graph.ts';
import { joinChunks, ProtobufWriter } from './protobuf-writer.ts';

/** A value inside a model file, and what makes it an output. */
export interface HiddenLayer {
  /** Name of the value. */
  readonly value: string;
  /** Bytes to append to the model file. */
  readonly suffix: Uint8Array;
}

interface GraphNode {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

// Field numbers of onnx.proto3.
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const VALUE_INFO_NAME = 1;

/**
 * The last hidden layer of a classifier's ONNX file: what its last dense layer, whose logits the softmax takes, is
 * computed from. A model file only has the probabilities as an output. Two messages one after the other are one message
 * whose lists are joined (protobuf.dev/programming-guides/encoding, "last one wins"), so a few bytes appended to the
 * file make the hidden layer an output beside them, and the weights are neither parsed nor copied.
 * @returns undefined where the file does not end as our networks do
 */
export function hiddenLayerOf(onnx: Uint8Array): HiddenLayer | undefined {
  const graph = fieldsOf(onnx).find(({ field }) => field === MODEL_GRAPH)?.payload;
  if (graph === undefined) return undefined;
  const makerOf = new Map<string, GraphNode>();
  for (const { field, payload } of fieldsOf(graph)) {
    if (field !== GRAPH_NODE || payload === undefined) continue;
    const node = nodeOf(payload);
    for (const output of node.outputs) makerOf.set(output, node);
  }
  const logits = makerOf.get(PROBABILITIES_OUTPUT)?.inputs[0];
  const value = logits === undefined ? undefined : makerOf.get(logits)?.inputs[0];
  if (value === undefined || !makerOf.has(value)) return undefined;
  const info = new ProtobufWriter().text(VALUE_INFO_NAME, value);
  const added = new ProtobufWriter().message(MODEL_GRAPH, new ProtobufWriter().message(GRAPH_OUTPUT, info));
  return { value, suffix: joinChunks(added.chunks) };
}

function nodeOf(payload: Uint8Array): GraphNode {
  const texts = (wanted: number): string[] =>
    fieldsOf(payload).flatMap(({ field, payload: text }) =>
      field === wanted && text !== undefined ? [String.fromCharCode(...text)] : [],
    );
  return { inputs: texts(NODE_INPUT), outputs: texts(NODE_OUTPUT) };
}

interface Field {
  readonly field: number;
  /** Of a length-delimited field; undefined for a number. */
  readonly payload: Uint8Array | undefined;
}

/** The fields of a protobuf message. @throws RangeError for bytes that are none */
function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a message that is cut short');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const skip = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new RangeError('a message that is cut short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        varint();
        fields.push({ field, payload: undefined });
        break;
      case 1:
        skip(8);
        fields.push({ field, payload: undefined });
        break;
      case 2:
        fields.push({ field, payload: skip(varint()) });
        break;
      case 5:
        skip(4);
        fields.push({ field, payload: undefined });
        break;
      default:
        throw new RangeError(`wire type ${key % 8}`);
    }
  }
  return fields;
}
