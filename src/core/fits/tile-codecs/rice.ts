/**
 * RICE_1: differences of neighbouring pixels in Golomb-Rice codes (FITS standard 4.0 §10.4.1; Rice, Yeh & Miller 1993).
 * Blocks of pixels share the number of bits that are written plainly; the rest of each difference is unary.
 */
import type { StoredPixels, TileCodec } from './codec.ts';
import { BrokenTile, endsTooEarly } from './codec.ts';

interface Width {
  /** Bits of a block's code, and the code that stands for "differences written in full". */
  readonly codeBits: number;
  readonly plainCode: number;
  readonly pixelBits: number;
  allocate(count: number): Uint8Array | Int16Array | Int32Array;
}

const WIDTHS: Readonly<Record<number, Width>> = {
  1: { codeBits: 3, plainCode: 6, pixelBits: 8, allocate: (count) => new Uint8Array(count) },
  2: { codeBits: 4, plainCode: 14, pixelBits: 16, allocate: (count) => new Int16Array(count) },
  4: { codeBits: 5, plainCode: 25, pixelBits: 32, allocate: (count) => new Int32Array(count) },
};

export const decodeRice: TileCodec = (bytes, request): StoredPixels => {
  const blockPixels = request.parameter('BLOCKSIZE') ?? 32;
  const width = WIDTHS[request.parameter('BYTEPIX') ?? 4];
  if (width === undefined) throw new BrokenTile(`BYTEPIX is ${request.parameter('BYTEPIX')}`);
  if (!Number.isInteger(blockPixels) || blockPixels < 1) throw new BrokenTile(`BLOCKSIZE is ${blockPixels}`);
  const { codeBits, plainCode, pixelBits } = width;
  const firstBytes = pixelBits / 8;
  const { pixelCount } = request;
  // Even a block of equal pixels has its code: more pixels than that are a promise that the bytes cannot keep.
  const blocks = Math.ceil(pixelCount / blockPixels);
  if (bytes.length < firstBytes + Math.ceil((blocks * codeBits) / 8)) throw endsTooEarly();

  const pixels = width.allocate(pixelCount);
  let last = 0;
  let at = 0;
  for (; at < firstBytes; at++) last = (last << 8) | bytes[at]!;
  // `held` are the `heldBits` lowest bits read and not used yet; reading beyond the end is noticed after each block.
  let held = bytes[at++]!;
  let heldBits = 8;
  const need = (bits: number): void => {
    for (heldBits -= bits; heldBits < 0; heldBits += 8) held = (held << 8) | bytes[at++]!;
  };
  const take = (): number => {
    const value = held >>> heldBits;
    held &= (1 << heldBits) - 1;
    return value;
  };
  for (let start = 0; start < pixelCount; start += blockPixels) {
    const end = Math.min(pixelCount, start + blockPixels);
    need(codeBits);
    const plainBits = take() - 1;
    if (plainBits < 0) {
      pixels.fill(last, start, end);
    } else if (plainBits === plainCode) {
      for (let i = start; i < end; i++) {
        let missing = pixelBits - heldBits;
        let difference = missing === 32 ? 0 : held << missing;
        for (missing -= 8; missing >= 0; missing -= 8) difference |= bytes[at++]! << missing;
        if (heldBits > 0) {
          held = bytes[at++]!;
          difference |= held >>> -missing;
          held &= (1 << heldBits) - 1;
        } else {
          held = 0;
        }
        pixels[i] = signedOf(difference) + last;
        last = pixels[i]!;
      }
    } else if (plainBits > plainCode) {
      throw new BrokenTile(`a block has the code ${plainBits + 1}`);
    } else {
      for (let i = start; i < end; i++) {
        while (held === 0) {
          if (at >= bytes.length) throw endsTooEarly();
          heldBits += 8;
          held = bytes[at++]!;
        }
        const zeros = heldBits - (32 - Math.clz32(held));
        heldBits -= zeros + 1;
        held ^= 1 << heldBits;
        need(plainBits);
        pixels[i] = signedOf((zeros << plainBits) | take()) + last;
        last = pixels[i]!;
      }
    }
    if (at > bytes.length) throw endsTooEarly();
  }
  return pixels;
};

/** Differences are written as 0, −1, 1, −2 … Sums wrap to the pixel's own width when they are stored. */
const signedOf = (code: number): number => ((code & 1) === 0 ? code >>> 1 : ~(code >>> 1));
