/** A field of a protocol-buffer message: a varint, or a view of the bytes of the other wire types. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes' | 'fixed32' | 'fixed64'; readonly bytes: Uint8Array };

/** A varint of 64 bits has at most so many bytes. */
const LONGEST_VARINT = 10;

/**
 * The fields of one message in order, as views into it. Nothing is trusted: a length that leaves the message, an endless
 * varint or an unknown wire type throws.
 * @throws RangeError
 */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  let at = 0;
  const varint = (): bigint => {
    const { value, end } = varintAt(message, at);
    at = end;
    return value;
  };
  const take = (length: number): Uint8Array => {
    if (length > message.length - at) throw new RangeError('a field is longer than its message');
    const bytes = message.subarray(at, at + length);
    at += length;
    return bytes;
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    if (number === 0) throw new RangeError('a field has number 0');
    switch (tag % 8) {
      case 0:
        yield { number, kind: 'varint', value: varint() };
        break;
      case 1:
        yield { number, kind: 'fixed64', bytes: take(8) };
        break;
      case 2:
        yield { number, kind: 'bytes', bytes: take(Number(varint())) };
        break;
      case 5:
        yield { number, kind: 'fixed32', bytes: take(4) };
        break;
      default:
        throw new RangeError(`wire type ${tag % 8} is unknown`);
    }
  }
}

/** Integers that are written one after the other in one field. @throws RangeError */
export function packedIntegers(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, end } = varintAt(bytes, at);
    values.push(Number(value));
    at = end;
  }
  return values;
}

function varintAt(bytes: Uint8Array, from: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let i = 0; i < LONGEST_VARINT; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) throw new RangeError('a number is cut short');
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value: BigInt.asUintN(64, value), end: from + i + 1 };
  }
  throw new RangeError('a number has no end');
}

/** UTF-8 of short names; bytes that are none become U+FFFD. */
export function protobufText(bytes: Uint8Array): string {
  // Names are ASCII in practice; core has no TextDecoder.
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join('');
}
