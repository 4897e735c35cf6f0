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
