/**
 * Writes protocol-buffer messages (the encoding of ONNX files). Payloads are kept by reference until `chunks` is asked
 * for, so that a 346 MB weight tensor is never copied on the way into nested messages.
 * Source: protobuf.dev/programming-guides/encoding.
 */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** The message's bytes in order; each chunk is a view, not a copy. */
  get chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }

  /** A field of wire type 0. Negative values take ten bytes, as two's complement of 64 bits. */
  integer(field: number, value: number | bigint): this {
    return this.#varint(BigInt(field * 8)).#varint(BigInt(value));
  }

  /** A field of wire type 5: 32-bit float, little-endian. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#varint(BigInt(field * 8 + 5)).#raw(bytes);
  }

  /** A field of wire type 2. */
  bytes(field: number, payload: Uint8Array): this {
    return this.#varint(BigInt(field * 8 + 2))
      .#varint(BigInt(payload.byteLength))
      .#raw(payload);
  }

  /** ASCII text: names of tensors, operators and attributes are nothing else. */
  text(field: number, text: string): this {
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) throw new RangeError(`not ASCII: ${text}`);
      bytes[i] = code;
    }
    return this.bytes(field, bytes);
  }

  message(field: number, message: ProtobufWriter): this {
    this.#varint(BigInt(field * 8 + 2)).#varint(BigInt(message.byteLength));
    for (const chunk of message.chunks) this.#raw(chunk);
    return this;
  }

  #varint(value: bigint): this {
    let rest = BigInt.asUintN(64, value);
    const bytes: number[] = [];
    do {
      const low = Number(rest & 127n);
      rest >>= 7n;
      bytes.push(rest > 0n ? low | 128 : low);
    } while (rest > 0n);
    return this.#raw(Uint8Array.from(bytes));
  }

  #raw(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    this.#byteLength += bytes.byteLength;
    return this;
  }
}

/** The chunks as one array. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
