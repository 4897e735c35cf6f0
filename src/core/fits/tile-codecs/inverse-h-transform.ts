/**
 * The H-transform undone (White, Postman & Lattanzi 1992; the integer form of the hcompress programs of 1993, which is
 * lossless). Each level turns a mean, two slopes and a curvature into 2 × 2 finer means. Coefficients carry one bit more
 * per level; the lost lowest bits are recovered from the parities of the other coefficients.
 */

/**
 * In place, row-major, any size.
 * @param smoothScale digitisation scale where the coefficients shall be smoothed, otherwise 0
 */
export function invertHTransform(a: Float64Array, rows: number, columns: number, smoothScale: number): void {
  const levels = Math.ceil(Math.log2(Math.max(rows, columns)));
  if (levels === 0) return;
  const scratch = new Float64Array((Math.max(rows, columns) + 1) >> 1);
  const top = 2 ** (levels + 1);
  a[0] = roundTo(a[0]!, top);
  for (let level = levels - 1; level >= 0; level--) {
    const usedRows = Math.ceil(rows / 2 ** level);
    const usedColumns = Math.ceil(columns / 2 ** level);
    for (let row = 0; row < usedRows; row++) unshuffle(a, row * columns, usedColumns, 1, scratch);
    for (let column = 0; column < usedColumns; column++) unshuffle(a, column, usedRows, columns, scratch);
    if (smoothScale > 1) smooth(a, usedRows, usedColumns, columns, Math.floor(smoothScale / 2));
    invertLevel(a, usedRows, usedColumns, columns, 2 ** level);
  }
}

/** The nearest multiple of a power of two, halves away from zero; the same for a unit of 1. */
function roundTo(value: number, unit: number): number {
  if (unit === 1) return value;
  return Math.floor((value + (value >= 0 ? unit / 2 : unit / 2 - 1)) / unit) * unit;
}

/** Whether the bit of that value is set, as in two's complement. */
const hasBit = (value: number, bit: number): boolean => Math.floor(value / bit) % 2 !== 0;

/** The first half of a line goes to its even places, the second to its odd ones. */
function unshuffle(a: Float64Array, start: number, count: number, step: number, scratch: Float64Array): void {
  const half = (count + 1) >> 1;
  for (let i = half; i < count; i++) scratch[i - half] = a[start + i * step]!;
  for (let i = half - 1; i > 0; i--) a[start + 2 * i * step] = a[start + i * step]!;
  for (let i = half; i < count; i++) a[start + (2 * (i - half) + 1) * step] = scratch[i - half]!;
}

/** @param bit0 the lowest bit that still counts at this level */
function invertLevel(a: Float64Array, rows: number, columns: number, rowLength: number, bit0: number): void {
  const bit1 = 2 * bit0;
  // Sums of four are halved on the way, and on the last level quartered.
  const divisor = bit0 === 1 ? 4 : 2;
  const evenColumns = columns - (columns % 2);
  for (let row = 0; row < rows; row += 2) {
    const isLastRow = row + 1 === rows;
    const upper = row * rowLength;
    const lower = upper + rowLength;
    for (let column = 0; column < evenColumns; column += 2) {
      if (isLastRow) {
        invertPair(a, upper + column, upper + column + 1, bit1, divisor);
        continue;
      }
      let mean = a[upper + column]!;
      let alongRows = roundTo(a[lower + column]!, bit1);
      let alongColumns = roundTo(a[upper + column + 1]!, bit1);
      const curvature = roundTo(a[lower + column + 1]!, bit0);
      const low0 = hasBit(curvature, bit0) ? bit0 : 0;
      alongRows += alongRows >= 0 ? -low0 : low0;
      alongColumns += alongColumns >= 0 ? -low0 : low0;
      const isOdd = (hasBit(curvature, bit1) !== hasBit(alongRows, bit1)) !== hasBit(alongColumns, bit1);
      const low1 = isOdd ? bit1 : 0;
      mean += mean >= 0 ? low0 - low1 : low0 === 0 ? low1 : low0 - low1;
      a[lower + column + 1] = Math.floor((mean + alongRows + alongColumns + curvature) / divisor);
      a[lower + column] = Math.floor((mean + alongRows - alongColumns - curvature) / divisor);
      a[upper + column + 1] = Math.floor((mean - alongRows + alongColumns - curvature) / divisor);
      a[upper + column] = Math.floor((mean - alongRows - alongColumns + curvature) / divisor);
    }
    if (evenColumns === columns) continue;
    if (isLastRow) a[upper + evenColumns] = Math.floor(a[upper + evenColumns]! / divisor);
    else invertPair(a, upper + evenColumns, lower + evenColumns, bit1, divisor);
  }
}

/** At an odd edge there is a mean and one slope. */
function invertPair(a: Float64Array, first: number, second: number, bit1: number, divisor: number): void {
  const slope = roundTo(a[second]!, bit1);
  const low = hasBit(slope, bit1) ? bit1 : 0;
  const mean = a[first]! + (a[first]! >= 0 ? -low : low);
  a[second] = Math.floor((mean + slope) / divisor);
  a[first] = Math.floor((mean - slope) / divisor);
}

/**
 * Smooths what digitisation left: slopes and curvatures move by at most `most` towards those that the neighbouring means
 * suggest, as long as the means stay monotonic. The outermost coefficients stay.
 */
function smooth(a: Float64Array, rows: number, columns: number, rowLength: number, most: number): void {
  const clamp = (value: number, low: number, high: number): number => Math.max(Math.min(value, high), low);
  const moveSlope = (mean: number, slope: number, step: number): void => {
    const toNext = a[mean + step]! - a[mean]!;
    const fromLast = a[mean]! - a[mean - step]!;
    const high = 4 * Math.max(Math.min(toNext, fromLast), 0);
    const low = 4 * Math.min(Math.max(toNext, fromLast), 0);
    if (low >= high) return;
    const wanted = clamp(a[mean + step]! - a[mean - step]!, low, high);
    a[slope] = a[slope]! + clamp(Math.trunc((wanted - 8 * a[slope]!) / 8), -most, most);
  };
  for (let row = 2; row < rows - 2; row += 2) {
    for (let column = 0; column < columns; column += 2) {
      const mean = row * rowLength + column;
      moveSlope(mean, mean + rowLength, 2 * rowLength);
    }
  }
  for (let row = 0; row < rows; row += 2) {
    for (let column = 2; column < columns - 2; column += 2) {
      const mean = row * rowLength + column;
      moveSlope(mean, mean + 1, 2);
    }
  }
  for (let row = 2; row < rows - 2; row += 2) {
    for (let column = 2; column < columns - 2; column += 2) {
      const at = row * rowLength + column;
      const mean = a[at]!;
      const [before, after] = [at - 2 * rowLength, at + 2 * rowLength];
      const [beforeLeft, afterLeft] = [a[before - 2]!, a[after - 2]!];
      const [beforeRight, afterRight] = [a[before + 2]!, a[after + 2]!];
      const rowSlope = 2 * a[at + rowLength]!;
      const columnSlope = 2 * a[at + 1]!;
      const bound = (outer: (...values: number[]) => number, inner: (...values: number[]) => number): number =>
        16 *
        outer(
          inner(afterRight - mean, 0) - rowSlope - columnSlope,
          inner(mean - afterLeft, 0) + rowSlope - columnSlope,
          inner(mean - beforeRight, 0) - rowSlope + columnSlope,
          inner(beforeLeft - mean, 0) + rowSlope + columnSlope,
        );
      const high = bound(Math.min, Math.max);
      const low = bound(Math.max, Math.min);
      if (low >= high) continue;
      const curvature = at + rowLength + 1;
      const wanted = clamp(afterRight + beforeLeft - beforeRight - afterLeft, low, high);
      a[curvature] = a[curvature]! + clamp(Math.trunc((wanted - 64 * a[curvature]!) / 64), -most, most);
    }
  }
}
