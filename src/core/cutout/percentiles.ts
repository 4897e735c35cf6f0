/**
 * Percentiles with linear interpolation between order statistics (numpy's default, "linear"), found by selection
 * instead of sorting. `values` is reordered; `percents` must ascend, 0..100. NaN where `values` is empty.
 */
export function percentilesInPlace(values: Float64Array, percents: readonly number[]): number[] {
  if (values.length === 0) return percents.map(() => Number.NaN);
  const last = values.length - 1;
  let settled = 0;
  return percents.map((percent) => {
    const rank = (percent / 100) * last;
    const below = Math.floor(rank);
    // Everything left of an earlier answer is smaller already: ascending percents narrow the search.
    selectInPlace(values, below, settled, last);
    settled = below;
    const low = values[below]!;
    const fraction = rank - below;
    if (fraction === 0) return low;
    let next = Infinity;
    for (let i = below + 1; i <= last; i++) if (values[i]! < next) next = values[i]!;
    return low + fraction * (next - low);
  });
}

/** Sign, exponent and three bits of the mantissa: the leading bits of a float32 that values are counted by. */
const BIN_BITS = 12;
const BIN_SHIFT = 32 - BIN_BITS;
/** Bins of −∞ and negative NaNs come first and those of +∞ and NaN last: eight each, which hold nothing finite. */
const FIRST_FINITE_BIN = 8;
const LAST_FINITE_BIN = (1 << BIN_BITS) - 9;

/** The finite values of a float32 array, counted by their leading bits in ascending order. */
export interface CountedFloats {
  /** Bits of the values, in the order of the array. */
  readonly bits: Uint32Array;
  readonly counts: Uint32Array;
  readonly finiteCount: number;
}

/** Counts once what `percentilesOfCounted` needs; reads the values as they lie and changes nothing. */
export function countFloats(values: Float32Array): CountedFloats {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(1 << BIN_BITS);
  for (let i = 0; i < bits.length; i++) counts[binOf(bits[i]!)]!++;
  let finiteCount = 0;
  for (let bin = FIRST_FINITE_BIN; bin <= LAST_FINITE_BIN; bin++) finiteCount += counts[bin]!;
  return { bits, counts, finiteCount };
}

/** Bin of a float32 by its bits; bins ascend as the values do (negative ones have all bits turned, others the sign). */
function binOf(bits: number): number {
  return (bits ^ ((bits >> 31) | 0x80000000)) >>> BIN_SHIFT;
}

/**
 * As `percentilesInPlace`, to the bit, of the finite float32 values alone: only the few bins in which an answer lies
 * are searched. A window of noise has some thousand values there instead of 65,536.
 */
export function percentilesOfCounted(counted: CountedFloats, percents: readonly number[]): number[] {
  const { bits, counts, finiteCount } = counted;
  if (finiteCount === 0) return percents.map(() => Number.NaN);
  const last = finiteCount - 1;
  const wanted = percents.map((percent) => {
    const rank = (percent / 100) * last;
    const below = Math.floor(rank);
    return { below, fraction: rank - below };
  });
  const bins = new Map<number, SearchedBin>();
  let bin = FIRST_FINITE_BIN;
  let before = 0;
  for (const rank of wanted.flatMap(({ below }) => [below, Math.min(below + 1, last)]).sort((a, b) => a - b)) {
    while (before + counts[bin]! <= rank) before += counts[bin++]!;
    if (!bins.has(bin)) bins.set(bin, { firstRank: before, values: new Float64Array(counts[bin]!), count: 0 });
  }
  gather(bits, bins);
  const valueAt = (rank: number): number => {
    for (const { firstRank, values } of bins.values()) {
      const k = rank - firstRank;
      if (k < 0 || k >= values.length) continue;
      selectInPlace(values, k, 0, values.length - 1);
      return values[k]!;
    }
    throw new RangeError(`no value of rank ${rank}`);
  };
  return wanted.map(({ below, fraction }) => {
    const low = valueAt(below);
    return fraction === 0 ? low : low + fraction * (valueAt(below + 1) - low);
  });
}

interface SearchedBin {
  /** Finite values in lower bins. */
  readonly firstRank: number;
  readonly values: Float64Array;
  count: number;
}

/** Copies the values of the searched bins, each to its own array. */
function gather(bits: Uint32Array, bins: ReadonlyMap<number, SearchedBin>): void {
  const floats = new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  const searched = [...bins.values()];
  // 0 means that the bin is not searched.
  const slotOfBin = new Uint8Array(1 << BIN_BITS);
  [...bins.keys()].forEach((bin, index) => (slotOfBin[bin] = index + 1));
  for (let i = 0; i < bits.length; i++) {
    const slot = slotOfBin[binOf(bits[i]!)]!;
    if (slot === 0) continue;
    const found = searched[slot - 1]!;
    found.values[found.count++] = floats[i]!;
  }
}

/** Hoare's selection: afterwards values[k] is the k-th smallest of first..last, smaller ones left, larger ones right. */
function selectInPlace(values: Float64Array, k: number, first: number, last: number): void {
  let left = first;
  let right = last;
  while (right > left) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}
