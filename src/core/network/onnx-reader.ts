import { packedIntegers, protobufFields, protobufText } from './protobuf-reader.ts';
import type { ProtobufField } from './protobuf-reader.ts';

/** A tensor stored in (or named by) a model. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Code of onnx.proto3, TensorProto.DataType; 1 is float32. */
  readonly dataType: number;
  /** The tensor's bytes, little-endian; undefined where they are kept in another file or not as raw bytes. */
  readonly bytes: Uint8Array | undefined;
  /** Where the tensor says its bytes are, relative to the model's folder. */
  readonly externalPath: string | undefined;
}

/** An input or output: its name and axes, −1 where a length is free. */
export interface ModelValue {
  readonly name: string;
  readonly dataType: number;
  readonly shape: readonly number[];
}

/** What a model file says of itself. */
export interface OnnxModelInfo {
  readonly irVersion: number;
  /** Version of each operator domain; '' is ONNX's own. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Without those that are only names of stored tensors. */
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  readonly tensors: readonly StoredTensor[];
  /** Operators in use, as `domain:type`, each once; those inside the branches of a condition or loop too. */
  readonly operators: ReadonlySet<string>;
  /** Files that any tensor, wherever it is, says its bytes are in. */
  readonly externalPaths: ReadonlySet<string>;
}

/** Graphs within graphs deeper than this are no network of ours. */
const DEEPEST_NESTING = 8;
/** TensorProto.DataLocation. */
const EXTERNAL = 1n;

interface Findings {
  readonly tensors: StoredTensor[];
  readonly operators: Set<string>;
  readonly externalPaths: Set<string>;
}

/**
 * Reads an ONNX file's frame; field numbers from onnx.proto3. Weights are views into `bytes`.
 * @throws RangeError where the file is damaged or is no ONNX model
 */
export function readOnnxModel(bytes: Uint8Array): OnnxModelInfo {
  let irVersion = 0;
  let graph: Uint8Array | undefined;
  const opsets = new Map<string, number>();
  for (const field of protobufFields(bytes)) {
    if (field.number === 1 && field.kind === 'varint') irVersion = Number(field.value);
    if (field.number === 7 && field.kind === 'bytes') {
      // onnxruntime would read both as one: what is checked has to be what is run.
      if (graph !== undefined) throw new RangeError('it has two graphs');
      graph = field.bytes;
    }
    if (field.number === 8 && field.kind === 'bytes') {
      const opset = fieldsOf(field.bytes);
      opsets.set(textOf(opset, 1), Number(integerOf(opset, 2)));
    }
  }
  if (graph === undefined || irVersion === 0 || opsets.size === 0) throw new RangeError('it is no ONNX model');
  const found: Findings = { tensors: [], operators: new Set(), externalPaths: new Set() };
  const inputs: ModelValue[] = [];
  const outputs: ModelValue[] = [];
  for (const field of protobufFields(graph)) {
    if (field.kind !== 'bytes') continue;
    if (field.number === 5) found.tensors.push(tensorOf(field.bytes, found));
    if (field.number === 11) inputs.push(valueOf(field.bytes));
    if (field.number === 12) outputs.push(valueOf(field.bytes));
    if (field.number === 1) collectNode(field.bytes, found, 0);
  }
  const stored = new Set(found.tensors.map(({ name }) => name));
  return { irVersion, opsets, inputs: inputs.filter(({ name }) => !stored.has(name)), outputs, ...found };
}

/** The operator of a node, and what its attributes hold: tensors and graphs. */
function collectNode(bytes: Uint8Array, found: Findings, depth: number): void {
  if (depth > DEEPEST_NESTING) throw new RangeError('graphs are nested too deeply');
  const fields = fieldsOf(bytes);
  found.operators.add(`${textOf(fields, 7)}:${textOf(fields, 4)}`);
  for (const { number, kind, ...field } of fields) {
    if (number !== 5 || kind !== 'bytes' || !('bytes' in field)) continue;
    for (const part of protobufFields(field.bytes)) {
      if (part.kind !== 'bytes') continue;
      // AttributeProto: t, g, tensors, graphs.
      if (part.number === 5 || part.number === 10) tensorOf(part.bytes, found);
      if (part.number === 6 || part.number === 11) collectGraph(part.bytes, found, depth + 1);
    }
  }
}

function collectGraph(bytes: Uint8Array, found: Findings, depth: number): void {
  for (const field of protobufFields(bytes)) {
    if (field.kind !== 'bytes') continue;
    if (field.number === 1) collectNode(field.bytes, found, depth);
    if (field.number === 5) tensorOf(field.bytes, found);
  }
}

function tensorOf(bytes: Uint8Array, found: Findings): StoredTensor {
  const fields = fieldsOf(bytes);
  const raw = fields.findLast(({ number, kind }) => number === 9 && kind === 'bytes');
  const external = fields
    .filter(({ number, kind }) => number === 13 && kind === 'bytes')
    .map((entry) => fieldsOf((entry as { bytes: Uint8Array }).bytes));
  const isExternal = integerOf(fields, 14) === EXTERNAL || external.length > 0;
  const location = external.findLast((entry) => textOf(entry, 1) === 'location');
  const externalPath = isExternal ? (location === undefined ? '' : textOf(location, 2)) : undefined;
  if (externalPath !== undefined) found.externalPaths.add(externalPath);
  return {
    name: textOf(fields, 8),
    shape: integersOf(fields, 1),
    dataType: Number(integerOf(fields, 2)),
    bytes: raw !== undefined && 'bytes' in raw && !isExternal ? raw.bytes : undefined,
    externalPath,
  };
}

function valueOf(bytes: Uint8Array): ModelValue {
  const fields = fieldsOf(bytes);
  const tensorType = nested(nested(fields, 2), 1);
  const shape = nested(tensorType, 2)
    .filter(({ number, kind }) => number === 1 && kind === 'bytes')
    .map((dimension) => {
      const length = fieldsOf((dimension as { bytes: Uint8Array }).bytes).find(({ number }) => number === 1);
      return length?.kind === 'varint' ? Number(length.value) : -1;
    });
  return { name: textOf(fields, 1), dataType: Number(integerOf(tensorType, 1)), shape };
}

const fieldsOf = (bytes: Uint8Array): ProtobufField[] => [...protobufFields(bytes)];

function nested(fields: readonly ProtobufField[], wanted: number): ProtobufField[] {
  const field = fields.find(({ number, kind }) => number === wanted && kind === 'bytes');
  return field !== undefined && 'bytes' in field ? fieldsOf(field.bytes) : [];
}

/** Of a field that is there more than once the last counts, as in every reader of protobuf. */
function textOf(fields: readonly ProtobufField[], wanted: number): string {
  const field = fields.findLast(({ number, kind }) => number === wanted && kind === 'bytes');
  return field !== undefined && 'bytes' in field ? protobufText(field.bytes) : '';
}

function integerOf(fields: readonly ProtobufField[], wanted: number): bigint {
  const field = fields.findLast(({ number, kind }) => number === wanted && kind === 'varint');
  return field?.kind === 'varint' ? field.value : 0n;
}

/** Repeated integers, packed or one by one. */
function integersOf(fields: readonly ProtobufField[], wanted: number): number[] {
  return fields
    .filter(({ number }) => number === wanted)
    .flatMap((field) => (field.kind === 'varint' ? [Number(field.value)] : packedIntegers(field.bytes)));
}
