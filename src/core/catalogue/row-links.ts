/** Row numbers under each value, in row order. Empty texts and NaN link nothing and are left out. */
export function rowsByValue<T extends string | number>(values: ArrayLike<T>): ReadonlyMap<T, readonly number[]> {
  const rows = new Map<T, number[]>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === '' || Number.isNaN(value)) continue;
    const list = rows.get(value);
    if (list === undefined) rows.set(value, [row]);
    else list.push(row);
  }
  return rows;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** How many texts are the same as an earlier one. A table of row numbers: a `Set` of millions of names takes seconds. */
export function countRepeated(texts: readonly string[]): number {
  const slotCount = 2 ** Math.ceil(Math.log2(2 * texts.length + 1));
  const rows = new Int32Array(slotCount).fill(-1);
  let repeated = 0;
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row]!;
    let hash = FNV_OFFSET;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
    // The low bits of FNV are its weakest.
    let slot = (hash ^ (hash >>> 15)) & (slotCount - 1);
    while (rows[slot] !== -1 && texts[rows[slot]!] !== text) slot = (slot + 1) & (slotCount - 1);
    if (rows[slot] === -1) rows[slot] = row;
    else repeated++;
  }
  return repeated;
}
