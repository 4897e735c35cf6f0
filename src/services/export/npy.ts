import { createHash } from 'node:crypto';

/** NumPy's `.npy` format 1.0: magic, version, header length, header padded to 64 bytes, data. */
const MAGIC = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
const HEADER_ALIGNMENT = 64;

/**
 * A float32 array as the bytes of a `.npy` file (little-endian, C order), which numpy.load reads as it stands.
 * @param shape product equal to `values.length`
 */
export function npyBytes(values: Float32Array, shape: readonly number[]): Uint8Array {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const unpadded = MAGIC.length + 2 + dictionary.length + 1;
  const headerLength = Math.ceil(unpadded / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const header = dictionary.padEnd(headerLength - MAGIC.length - 3) + '\n';
  const bytes = new Uint8Array(headerLength + values.byteLength);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, header.length, true);
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 2);
  bytes.set(tensorBytes(values), headerLength);
  return bytes;
}

/** SHA-256 of a tensor's float32 little-endian bytes: the same source gives the same hash in the app and in numpy. */
export function tensorSha256(values: Float32Array): string {
  return createHash('sha256').update(tensorBytes(values)).digest('hex');
}

function tensorBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
