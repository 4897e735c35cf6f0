/**
 * Columns as one block of bytes: what JSON would make ten times larger and slower. Layout, little-endian:
 * `u32` length of the JSON header · JSON header · padding to 8 bytes · the columns, each padded to 8 bytes.
 */
export type PackableArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const ARRAY_TYPES = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;
type ArrayTypeName = keyof typeof ARRAY_TYPES;

interface PackedHeader {
  readonly arrays: readonly { readonly name: string; readonly type: ArrayTypeName; readonly length: number }[];
  readonly values: Readonly<Record<string, unknown>>;
}

export interface UnpackedColumns {
  readonly arrays: ReadonlyMap<string, PackableArray>;
  readonly values: Readonly<Record<string, unknown>>;
}

const ALIGNMENT_BYTES = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;

function typeNameOf(array: PackableArray): ArrayTypeName {
  if (array instanceof Float64Array) return 'f64';
  if (array instanceof Float32Array) return 'f32';
  if (array instanceof Int32Array) return 'i32';
  return 'u8';
}

/** Packs typed arrays, and JSON `values` (texts, scalars) beside them. NaN survives in the arrays, not in `values`. */
export function packColumns(
  arrays: Readonly<Record<string, PackableArray>>,
  values: Readonly<Record<string, unknown>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(arrays);
  const header: PackedHeader = {
    arrays: entries.map(([name, array]) => ({ name, type: typeNameOf(array), length: array.length })),
    values,
  };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const dataStart = aligned(4 + headerBytes.length);
  const totalBytes = entries.reduce((sum, [, array]) => sum + aligned(array.byteLength), dataStart);
  const packed = new Uint8Array(totalBytes);
  new DataView(packed.buffer).setUint32(0, headerBytes.length, true);
  packed.set(headerBytes, 4);
  let offset = dataStart;
  for (const [, array] of entries) {
    packed.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += aligned(array.byteLength);
  }
  return packed;
}

/** The inverse of `packColumns`; the arrays are views into `buffer`. Throws RangeError when the block is cut short. */
export function unpackColumns(buffer: ArrayBuffer): UnpackedColumns {
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength))) as PackedHeader;
  const arrays = new Map<string, PackableArray>();
  let offset = aligned(4 + headerLength);
  for (const { name, type, length } of header.arrays) {
    const array = new ARRAY_TYPES[type](buffer, offset, length);
    arrays.set(name, array);
    offset += aligned(array.byteLength);
  }
  return { arrays, values: header.values };
}
