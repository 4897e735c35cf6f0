/**
 * Philox 4x32-10, a counter-based generator: the i-th number of a stream depends on (seed, stream, i) alone, so a
 * sequence can be entered anywhere, resumed, and made again in Python (`scripts/fixtures/philox.py`) bit for bit.
 * Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11, §3.3 and its reference constants.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

const TWO_POW_32 = 4294967296;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** The four unsigned 32-bit words of one counter value, written into `out`. */
export function philox4x32(counter: Uint32Array, key0: number, key1: number, out: Uint32Array): void {
  // Plain variables: arrays taken apart here would cost half of the time of a field of noise.
  let c0 = counter[0]!;
  let c1 = counter[1]!;
  let c2 = counter[2]!;
  let c3 = counter[3]!;
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** A stream of random numbers. Two with the same seed and stream give the same numbers on every machine. */
export interface RandomStream {
  /** Uniform in 0 ≤ u < 1, in steps of 2⁻³². */
  uniform(): number;
  /** Standard normal, by Box and Muller's transform; |z| < 6.7. */
  normal(): number;
  /** Uniform integer in 0 ≤ n < bound. */
  integer(bound: number): number;
  /** Poisson deviate of the given mean ≥ 0. */
  poisson(mean: number): number;
  /** Puts `items` into a random order (Fisher and Yates), in place. */
  shuffleInPlace<T>(items: T[] | Int32Array): void;
}

/**
 * @param seed any integer in 0 … 2³² − 1
 * @param stream number of an independent stream under that seed, 0 … 2³² − 1
 */
export function randomStream(seed: number, stream = 0): RandomStream {
  const counter = new Uint32Array(4);
  const words = new Uint32Array(4);
  let used = 4;
  let spare: number | undefined;

  function word(): number {
    if (used === 4) {
      philox4x32(counter, seed, stream, words);
      counter[0] = counter[0]! + 1;
      if (counter[0] === 0) counter[1] = counter[1]! + 1;
      used = 0;
    }
    return words[used++]!;
  }
  const uniform = (): number => word() / TWO_POW_32;

  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    // (word + 1) / 2³² lies in 0 < u ≤ 1, so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log((word() + 1) / TWO_POW_32));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  function integer(bound: number): number {
    return Math.floor(uniform() * bound);
  }

  function poisson(mean: number): number {
    if (mean > 30) return poisson(mean / 2) + poisson(mean - mean / 2);
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count++;
    return count;
  }

  function shuffleInPlace<T>(items: T[] | Int32Array): void {
    const list = items as T[];
    for (let i = list.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const kept = list[i]!;
      list[i] = list[j]!;
      list[j] = kept;
    }
  }

  return { uniform, normal, integer, poisson, shuffleInPlace };
}
