import type { StoredPixels, TileCodec, TileRequest } from './codec.ts';
import { BrokenTile } from './codec.ts';

/** Pixels as the standard stores them, big end first. How wide one is follows from their number. */
export function bigEndianPixels(bytes: Uint8Array, { pixelCount, holds }: TileRequest): StoredPixels {
  const pixelBytes = bytes.length / pixelCount;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (`${holds} ${pixelBytes}`) {
    case 'integers 1':
      return bytes;
    case 'integers 2':
      return fill(new Int16Array(pixelCount), (i) => view.getInt16(2 * i));
    case 'integers 4':
      return fill(new Int32Array(pixelCount), (i) => view.getInt32(4 * i));
    case 'integers 8':
      return fill(new Float64Array(pixelCount), (i) => Number(view.getBigInt64(8 * i)));
    case 'floats 4':
      return fill(new Float32Array(pixelCount), (i) => view.getFloat32(4 * i));
    case 'floats 8':
      return fill(new Float64Array(pixelCount), (i) => view.getFloat64(8 * i));
    default:
      throw new BrokenTile(`${bytes.length} bytes for ${pixelCount} ${holds}`);
  }
}

function fill<T extends StoredPixels>(pixels: T, read: (index: number) => number): T {
  for (let i = 0; i < pixels.length; i++) pixels[i] = read(i);
  return pixels;
}

/** NOCOMPRESS: tiled, but as it is. */
export const decodePlain: TileCodec = bigEndianPixels;
