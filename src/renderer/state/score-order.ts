/**
 * Finite scores in ascending order, rows marked in `sisg` left out: a SISG row is class S at every threshold and is
 * never flagged.
 */
export function sortedScores(probability: Float64Array, sisg: Uint8Array | undefined): Float64Array {
  const kept = new Float64Array(probability.length);
  let count = 0;
  for (let row = 0; row < probability.length; row += 1) {
    const value = probability[row]!;
    if (Number.isNaN(value) || sisg?.[row] === 1) continue;
    kept[count] = value;
    count += 1;
  }
  return kept.slice(0, count).sort();
}

/** How many of the ascending `sorted` are at or above `threshold`. O(log n), so that a dragged threshold costs nothing. */
export function countAtOrAbove(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/** Counts per equal bin of [0, 1]; the value 1 falls into the last bin. */
export function histogramOf(sorted: Float64Array, binCount: number): Uint32Array {
  const counts = new Uint32Array(binCount);
  for (const value of sorted) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(value * binCount)));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}
