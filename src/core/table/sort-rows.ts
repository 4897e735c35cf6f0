/**
 * Rows in the order of their numbers by a radix sort of the 64 bits of a double: a million in tens of milliseconds,
 * where a comparing sort takes many hundreds. Equal values keep the order of `rows`; missing ones (NaN) come last, in
 * either direction. −0 and 0 are equal.
 */
export function sortRows(rows: Int32Array, values: ArrayLike<number>, isDescending: boolean): Int32Array {
  const present = new Int32Array(rows.length);
  const missing: number[] = [];
  const high = new Uint32Array(rows.length);
  const low = new Uint32Array(rows.length);
  const double = new Float64Array(1);
  const bits = new Uint32Array(double.buffer);
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      missing.push(row);
      continue;
    }
    double[0] = value + 0; // −0 + 0 is 0
    // A double's bits, read as an unsigned integer, are in order once negative ones are turned over and others moved up.
    let [lowBits, highBits] = [bits[0]!, bits[1]!];
    if (highBits & 0x80000000) [lowBits, highBits] = [~lowBits, ~highBits];
    else highBits ^= 0x80000000;
    if (isDescending) [lowBits, highBits] = [~lowBits, ~highBits];
    present[count] = row;
    low[count] = lowBits;
    high[count] = highBits;
    count += 1;
  }
  const order = radixOrder(low, high, count);
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < count; i += 1) sorted[i] = present[order[i]!]!;
  sorted.set(missing, count);
  return sorted;
}

/** Indices 0..count−1 in ascending order of the keys high·2³² + low; equal keys stay in order. */
function radixOrder(low: Uint32Array, high: Uint32Array, count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, index) => index);
  let spare = new Uint32Array(count);
  const starts = new Uint32Array(65536);
  for (const [key, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    starts.fill(0);
    for (let i = 0; i < count; i += 1) starts[(key[i]! >>> shift) & 0xffff]! += 1;
    // Whole numbers and single-precision values leave many digits empty: a pass in which all are alike moves nothing.
    if (count > 0 && starts[(key[0]! >>> shift) & 0xffff] === count) continue;
    let start = 0;
    for (let digit = 0; digit < 65536; digit += 1) {
      const size = starts[digit]!;
      starts[digit] = start;
      start += size;
    }
    for (let i = 0; i < count; i += 1) {
      const index = order[i]!;
      const digit = (key[index]! >>> shift) & 0xffff;
      spare[starts[digit]!] = index;
      starts[digit]! += 1;
    }
    [order, spare] = [spare, order];
  }
  return order;
}
