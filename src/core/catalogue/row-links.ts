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
/** 2³² over the golden ratio, odd: Knuth's multiplicative hashing. */
const MULTIPLIER = 0x9e3779b1;
/** 128 MB of marks. */
const MOST_MARKS = 2 ** 30;

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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return countRepeatedRows(
    widthBytes === 0 ? 0 : bytes.length / widthBytes,
    (row) => {
      const end = (row + 1) * widthBytes;
      let at = end - widthBytes;
      let hash = 0;
      for (; at + 4 <= end; at += 4) {
        hash = Math.imul(hash ^ view.getInt32(at, true), MULTIPLIER);
        hash ^= hash >>> 15;
      }
      for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME);
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

/**
 * Rows that are the same as an earlier one. A `Set` of millions of names takes seconds, most of them waiting for
 * memory: marks of a few bits for each row, which fit a processor's cache, tell first which rows can have a twin at all.
 */
function countRepeatedRows(
  rowCount: number,
  hashOf: (row: number) => number,
  isSame: (row: number, other: number) => boolean,
): number {
  const hashes = new Int32Array(rowCount);
  const markCount = Math.min(MOST_MARKS, 2 ** Math.ceil(Math.log2(8 * rowCount + 32)));
  const isMet = new Uint32Array(markCount >> 5);
  const isMetAgain = new Uint32Array(markCount >> 5);
  for (let row = 0; row < rowCount; row++) {
    const hash = hashOf(row);
    // A product's low bits are its weakest.
    const product = Math.imul(hash ^ (hash >>> 15), MULTIPLIER);
    const mixed = product ^ (product >>> 13);
    hashes[row] = mixed;
    const word = (mixed & (markCount - 1)) >>> 5;
    const bit = 1 << (mixed & 31);
    if ((isMet[word]! & bit) !== 0) isMetAgain[word]! |= bit;
    else isMet[word]! |= bit;
  }
  const rowsByHash = new Map<number, number[]>();
  let repeated = 0;
  for (let row = 0; row < rowCount; row++) {
    const hash = hashes[row]!;
    if ((isMetAgain[(hash & (markCount - 1)) >>> 5]! & (1 << (hash & 31))) === 0) continue;
    const earlier = rowsByHash.get(hash);
    if (earlier === undefined) rowsByHash.set(hash, [row]);
    else if (earlier.some((other) => isSame(row, other))) repeated++;
    else earlier.push(row);
  }
  return repeated;
}
