/**
 * Quantised floats back to floats (FITS standard 4.0 §10.2): value = zero + scale × (integer − dither + ½). The dither
 * is taken from a fixed list of 10,000 numbers that every reader makes the same way (appendix I of the standard).
 */
import type { StoredPixels } from './tile-codecs/codec.ts';
import type { Pixels } from './pixel-decoder.ts';

export type Dithering = 'none' | 'subtractive' | 'subtractive-but-zero';

export interface Quantisation {
  readonly scale: number;
  readonly zero: number;
  /** The integer that stands for NaN; undefined where ZBLANK is not set. */
  readonly blank: number | undefined;
  readonly dithering: Dithering;
  /** Row of the tile (from 1) + ZDITHER0 − 1: where in the list a tile begins. */
  readonly ditherRow: number;
}

const RANDOM_COUNT = 10_000;
/** Written for NaN where no ZBLANK says otherwise, and for an exact 0 under SUBTRACTIVE_DITHER_2 (cfitsio's constants). */
const DEFAULT_BLANK = -2147483647;
const EXACT_ZERO = -2147483646;

/** Undefined for a ZQUANTIZ that the standard does not know. */
export function ditheringOf(keyword: string | undefined): Dithering | undefined {
  switch (keyword?.toUpperCase()) {
    case undefined:
    case 'NONE':
    case 'NO_DITHER':
      return 'none';
    case 'SUBTRACTIVE_DITHER_1':
      return 'subtractive';
    case 'SUBTRACTIVE_DITHER_2':
      return 'subtractive-but-zero';
    default:
      return undefined;
  }
}

let randomNumbers: Float32Array | undefined;

/** Park and Miller's minimal generator, seed 1, kept in single precision as cfitsio keeps it. */
function listOfRandomNumbers(): Float32Array {
  if (randomNumbers === undefined) {
    let seed = 1;
    randomNumbers = Float32Array.from({ length: RANDOM_COUNT }, () => {
      seed = (16_807 * seed) % 2_147_483_647;
      return seed / 2_147_483_647;
    });
  }
  return randomNumbers;
}

/** Writes the values of `stored` to `values`, NaN where it is blank. */
export function dequantise(stored: StoredPixels, quantisation: Quantisation, values: Pixels): void {
  const { scale, zero, dithering } = quantisation;
  const blank = quantisation.blank ?? DEFAULT_BLANK;
  if (dithering === 'none') {
    for (let i = 0; i < stored.length; i++) values[i] = stored[i] === blank ? Number.NaN : stored[i]! * scale + zero;
    return;
  }
  const random = listOfRandomNumbers();
  const exactZero = dithering === 'subtractive-but-zero' ? EXACT_ZERO : undefined;
  let seed = (((quantisation.ditherRow - 1) % RANDOM_COUNT) + RANDOM_COUNT) % RANDOM_COUNT;
  let next = Math.floor(random[seed]! * 500);
  for (let i = 0; i < stored.length; i++) {
    const integer = stored[i]!;
    if (integer === blank) values[i] = Number.NaN;
    else if (integer === exactZero) values[i] = 0;
    else values[i] = (integer - random[next]! + 0.5) * scale + zero;
    next++;
    if (next === RANDOM_COUNT) {
      seed = (seed + 1) % RANDOM_COUNT;
      next = Math.floor(random[seed]! * 500);
    }
  }
}
