import type { StoredTexts } from '../table/table.ts';

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

const FNV_PRIME = 0x01000193;

/** How many texts are the same as an earlier one. */
export function countRepeated(texts: readonly string[]): number {
  return countRepeatedRows(
    texts.length,
    (row) => {
      const text = texts[row]!;
      let hash = 0;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
      return hash;
    },
    (a, b) => texts[a] === texts[b],
  );
}

/** As `countRepeated`, without making strings of the texts. */
export function countRepeatedStored({ bytes, widthBytes }: StoredTexts): number {
  return countRepeatedRows(
    widthBytes === 0 ? 0 : bytes.length / widthBytes,
    (row) => {
      const end = (row + 1) * widthBytes;
      let hash = 0;
      for (let at = end - widthBytes; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME);
      return hash;
    },
    (a, b) => {
      for (let i = 0; i < widthBytes; i++) {
        if (bytes[a * widthBytes + i] !== bytes[b * widthBytes + i]) return false;
      }
      return true;
    },
  );
}

/** An open-addressed table of row numbers and their hashes: a `Set` of millions of names takes seconds. */
function countRepeatedRows(
  rowCount: number,
  hashOf: (row: number) => number,
  isSame: (row: number, other: number) => boolean,
): number {
  const slotCount = 2 ** Math.ceil(Math.log2(1.5 * rowCount + 1));
  // Row and hash side by side, so that a slot costs one look into memory; row + 1, so that 0 is free.
  const slots = new Int32Array(2 * slotCount);
  let repeated = 0;
  for (let row = 0; row < rowCount; row++) {
    const hash = hashOf(row);
    // The low bits of FNV are its weakest.
    let slot = (hash ^ (hash >>> 15)) & (slotCount - 1);
    while (slots[2 * slot] !== 0 && !(slots[2 * slot + 1] === hash && isSame(slots[2 * slot]! - 1, row))) {
      slot = (slot + 1) & (slotCount - 1);
    }
    if (slots[2 * slot] !== 0) {
      repeated++;
      continue;
    }
    slots[2 * slot] = row + 1;
    slots[2 * slot + 1] = hash;
  }
  return repeated;
}
