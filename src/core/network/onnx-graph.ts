import { ProtobufWriter } from './protobuf-writer.ts';

/** Version of the standard operator set the graphs are written in, and of the file format. */
const OPSET_VERSION = 18;
const IR_VERSION = 9;

/** Codes of onnx.proto3, TensorProto.DataType. */
const DATA_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
type DataType = keyof typeof DATA_TYPE;

/** Codes of onnx.proto3, AttributeProto.AttributeType. */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INTEGER = 2;
const ATTRIBUTE_TEXT = 3;
const ATTRIBUTE_INTEGERS = 7;

/** An operator's attribute: an integer, a list of integers, a text, or a float (wrapped, since 1 could be either). */
export type OnnxAttribute = number | readonly number[] | string | { readonly float: number };

/** Length of a tensor's axis; a text names an axis whose length is free. */
export type AxisLength = number | string;

export interface OnnxOperatorOptions {
  /** Operator domain other than ONNX's own. */
  readonly domain?: string;
  /** Name of the (first) output; made up where absent. */
  readonly output?: string;
}

/** Name of a value in a graph. */
export type Value = string;

/**
 * Builds an ONNX model operator by operator. Field numbers from onnx.proto3. Values are named as they are made; equal
 * constants are written once.
 */
export class OnnxGraph {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #initialisers: ProtobufWriter[] = [];
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #domains = new Set<string>();
  #nameCount = 0;

  /** An operator with one output. */
  operator(
    type: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    options: OnnxOperatorOptions = {},
  ): Value {
    return this.operatorWithOutputs(1, type, inputs, attributes, options)[0]!;
  }

  operatorWithOutputs(
    outputCount: number,
    type: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    options: OnnxOperatorOptions = {},
  ): Value[] {
    const outputs = Array.from({ length: outputCount }, () => this.#newName('v'));
    if (options.output !== undefined) outputs[0] = options.output;
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    for (const output of outputs) node.text(2, output);
    node.text(3, this.#newName(type)).text(4, type);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attributeMessage(name, value));
    if (options.domain !== undefined) {
      this.#domains.add(options.domain);
      node.text(7, options.domain);
    }
    this.#nodes.push(node);
    return outputs;
  }

  /** The same values in another type; of truths, 1 and 0. */
  cast(value: Value, type: 'float32' | 'float64'): Value {
    return this.operator('Cast', [value], { to: DATA_TYPE[type] });
  }

  /** A one-dimensional constant of 64-bit integers: shapes, axes, pads, split lengths. */
  integers(...values: readonly number[]): Value {
    return this.#constant(`i64:${values.join()}`, () =>
      tensorMessage('', 'int64', [values.length], BigInt64Array.from(values, BigInt)),
    );
  }

  /** A one-dimensional constant of 32-bit integers: gather indices. */
  indices(values: readonly number[]): Value {
    return this.#constant(`i32:${values.join()}`, () =>
      tensorMessage('', 'int32', [values.length], Int32Array.from(values)),
    );
  }

  /** A scalar constant. */
  scalar(value: number): Value {
    return this.#constant(`f32:${value}`, () => tensorMessage('', 'float32', [], Float32Array.of(value)));
  }

  truth(value: boolean): Value {
    return this.#constant(`bool:${value}`, () => tensorMessage('', 'bool', [], Uint8Array.of(value ? 1 : 0)));
  }

  /** Weights stored in the file. The array is kept by reference until the model is written out. */
  weights(name: string, shape: readonly number[], data: Float32Array): Value {
    this.#initialisers.push(tensorMessage(name, 'float32', shape, data));
    return name;
  }

  input(name: string, shape: readonly AxisLength[]): Value {
    this.#inputs.push(valueInfoMessage(name, shape));
    return name;
  }

  output(name: Value, shape: readonly AxisLength[]): void {
    this.#outputs.push(valueInfoMessage(name, shape));
  }

  /** The model file, in chunks. */
  modelChunks(): readonly Uint8Array[] {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, 'lobate');
    for (const initialiser of this.#initialisers) graph.message(5, initialiser);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufWriter().integer(1, IR_VERSION).text(2, 'lobate').message(7, graph);
    model.message(8, new ProtobufWriter().text(1, '').integer(2, OPSET_VERSION));
    for (const domain of this.#domains) model.message(8, new ProtobufWriter().text(1, domain).integer(2, 1));
    return model.chunks;
  }

  #newName(stem: string): string {
    return `${stem}_${++this.#nameCount}`;
  }

  #constant(key: string, make: () => ProtobufWriter): Value {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#newName('c');
    // Field order is free in a message: the name may follow the data.
    this.#initialisers.push(make().text(8, name));
    this.#constants.set(key, name);
    return name;
  }
}

function attributeMessage(name: string, value: OnnxAttribute): ProtobufWriter {
  const message = new ProtobufWriter().text(1, name);
  if (typeof value === 'string') return message.text(4, value).integer(20, ATTRIBUTE_TEXT);
  if (typeof value === 'number') return message.integer(3, value).integer(20, ATTRIBUTE_INTEGER);
  if ('float' in value) return message.float(2, value.float).integer(20, ATTRIBUTE_FLOAT);
  for (const item of value) message.integer(8, item);
  return message.integer(20, ATTRIBUTE_INTEGERS);
}

/** ONNX stores raw tensor data little-endian, which is what typed arrays hold on every machine Lobate runs on. */
function tensorMessage(
  name: string,
  type: DataType,
  shape: readonly number[],
  data: Float32Array | BigInt64Array | Int32Array | Uint8Array,
): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const length of shape) message.integer(1, length);
  message.integer(2, DATA_TYPE[type]);
  if (name !== '') message.text(8, name);
  return message.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function valueInfoMessage(name: string, shape: readonly AxisLength[]): ProtobufWriter {
  const axes = new ProtobufWriter();
  for (const length of shape) {
    const axis = new ProtobufWriter();
    axes.message(1, typeof length === 'string' ? axis.text(2, length) : axis.integer(1, length));
  }
  const tensorType = new ProtobufWriter().integer(1, DATA_TYPE.float32).message(2, axes);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}
