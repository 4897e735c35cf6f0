/**
 * Coverage maps (IVOA MOC 2.0): a part of the sky as HEALPix cells of mixed orders, each number a UNIQ,
 * 4 · 4ᵒʳᵈᵉʳ + nested number.
 */
const uniqOf = (order: number, pixel: number): number => 4 * 4 ** order + pixel;

/**
 * The smallest set of cells that covers exactly the given ones: four cells that share a parent become the parent.
 * @param pixels nested numbers at `order`, in any order, repeats allowed
 * @returns UNIQ numbers, rising
 */
export function mocOf(order: number, pixels: Iterable<number>): Float64Array {
  let current = new Set(pixels);
  const cells: number[] = [];
  for (let level = order; level >= 0; level--) {
    const parents = new Set<number>();
    for (const pixel of current) {
      const first = pixel - (pixel % 4);
      const isWhole = level > 0 && [0, 1, 2, 3].every((child) => current.has(first + child));
      if (isWhole) parents.add(first / 4);
      else cells.push(uniqOf(level, pixel));
    }
    current = parents;
  }
  return Float64Array.from(cells).sort();
}

/** Whether a nested number of `order` lies in the map. */
export function mocHolds(cells: ReadonlySet<number>, order: number, pixel: number): boolean {
  for (let level = order, number = pixel; level >= 0; level--, number = Math.floor(number / 4)) {
    if (cells.has(uniqOf(level, number))) return true;
  }
  return false;
}
