/** GZIP_1: pixels as the standard stores them, gzipped. GZIP_2: all first bytes, then all second bytes … gzipped. */
import type { TileCodec, TileRequest } from './codec.ts';
import { BrokenTile } from './codec.ts';
import { bigEndianPixels } from './plain.ts';

/** Deflate makes at most 1032 bytes of one: a tile that promises more is broken, and is not unpacked. */
const MAXIMUM_RATIO = 1032;

/** The widest pixel there is. */
const MAXIMUM_PIXEL_BYTES = 8;

export const decodeGzip1: TileCodec = (bytes, request) => bigEndianPixels(inflated(bytes, request), request);

export const decodeGzip2: TileCodec = (bytes, request) => {
  const shuffled = inflated(bytes, request);
  const { pixelCount } = request;
  const pixelBytes = shuffled.length / pixelCount;
  if (!Number.isInteger(pixelBytes)) throw new BrokenTile(`${shuffled.length} bytes for ${pixelCount} pixels`);
  const ordered = new Uint8Array(shuffled.length);
  for (let byte = 0; byte < pixelBytes; byte++) {
    const start = byte * pixelCount;
    for (let i = 0; i < pixelCount; i++) ordered[i * pixelBytes + byte] = shuffled[start + i]!;
  }
  return bigEndianPixels(ordered, request);
};

function inflated(bytes: Uint8Array, { pixelCount, inflate }: TileRequest): Uint8Array {
  if (inflate === undefined) throw new BrokenTile('nothing here unpacks gzip');
  if (pixelCount > bytes.length * MAXIMUM_RATIO) throw new BrokenTile('its bytes end too early');
  try {
    return inflate(bytes, pixelCount * MAXIMUM_PIXEL_BYTES);
  } catch {
    throw new BrokenTile('its gzip stream is broken');
  }
}
