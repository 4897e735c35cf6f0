import type { FitsHeader } from './header.ts';

export type Pixels = Float32Array | Float64Array;

/** Turns stored pixels of one BITPIX into physical values: value = BZERO + BSCALE × stored; BLANK is NaN. */
export interface PixelDecoder {
  readonly bytesPerPixel: number;
  /** Whether stored pixels are the values themselves but for the order of their bytes. */
  readonly isPlainFloat32: boolean;
  allocate(count: number): Pixels;
  /** Decodes `count` pixels from byte `offset` of `view` to `pixels[start …]`. */
  decode(view: DataView, offset: number, pixels: Pixels, start: number, count: number): void;
}

/** BZERO of unsigned 64-bit integers: exact as a bigint only. */
const UNSIGNED_64_ZERO = 2 ** 63;

type ReadPixel = (view: DataView, offset: number) => number;

const READERS: Readonly<Record<number, ReadPixel>> = {
  8: (view, offset) => view.getUint8(offset),
  16: (view, offset) => view.getInt16(offset),
  32: (view, offset) => view.getInt32(offset),
  [-32]: (view, offset) => view.getFloat32(offset),
  [-64]: (view, offset) => view.getFloat64(offset),
};

/** The decoder that a header asks for; BITPIX is one of the six the standard knows. */
export function pixelDecoderOf(header: FitsHeader): PixelDecoder {
  const bitpix = header.number('BITPIX')!;
  const scale = header.number('BSCALE') ?? 1;
  const zero = header.number('BZERO') ?? 0;
  const blank = bitpix > 0 ? header.value('BLANK') : undefined;
  const bytesPerPixel = Math.abs(bitpix) / 8;
  // 8- and 16-bit integers and single floats have no more digits than a Float32 keeps; 32-bit integers have.
  const isDouble = bitpix === -64 || bitpix === 32 || bitpix === 64;
  const allocate = (count: number): Pixels => (isDouble ? new Float64Array(count) : new Float32Array(count));

  if (bitpix === -32 && scale === 1 && zero === 0) {
    return { bytesPerPixel, isPlainFloat32: true, allocate, decode: decodeFloat32 };
  }
  if (bitpix === -64 && scale === 1 && zero === 0) {
    return { bytesPerPixel, isPlainFloat32: false, allocate, decode: decodeFloat64 };
  }
  if (bitpix === 64) {
    return { bytesPerPixel, isPlainFloat32: false, allocate, decode: decodeInt64With(scale, zero, blank) };
  }

  const read = READERS[bitpix]!;
  const blankNumber = typeof blank === 'number' ? blank : Number.NaN;
  const decode: PixelDecoder['decode'] = (view, offset, pixels, start, count) => {
    for (let i = 0; i < count; i++) {
      const stored = read(view, offset + i * bytesPerPixel);
      pixels[start + i] = stored === blankNumber ? Number.NaN : stored * scale + zero;
    }
  };
  return { bytesPerPixel, isPlainFloat32: false, allocate, decode };
}

// The two cases of every radio mosaic have their own loops: a call per pixel costs more than the byte swap.
const decodeFloat32: PixelDecoder['decode'] = (view, offset, pixels, start, count) => {
  for (let i = 0; i < count; i++) pixels[start + i] = view.getFloat32(offset + 4 * i);
};

const decodeFloat64: PixelDecoder['decode'] = (view, offset, pixels, start, count) => {
  for (let i = 0; i < count; i++) pixels[start + i] = view.getFloat64(offset + 8 * i);
};

function decodeInt64With(scale: number, zero: number, blank: unknown): PixelDecoder['decode'] {
  const blankInteger =
    typeof blank === 'bigint' ? blank : Number.isSafeInteger(blank) ? BigInt(blank as number) : undefined;
  const isUnsigned = scale === 1 && zero === UNSIGNED_64_ZERO;
  return (view, offset, pixels, start, count) => {
    for (let i = 0; i < count; i++) {
      const stored = view.getBigInt64(offset + 8 * i);
      if (stored === blankInteger) pixels[start + i] = Number.NaN;
      else if (isUnsigned) pixels[start + i] = Number(BigInt.asUintN(64, stored ^ (1n << 63n)));
      else pixels[start + i] = Number(stored) * scale + zero;
    }
  };
}
