import type { TextComparison } from '../fits/stored-texts.ts';
import { comparisonOf, mixed } from '../fits/stored-texts.ts';
import type { StoredTexts } from '../table/table.ts';

/** Rows that are compared among themselves: what is kept of them stays in a processor's own cache. */
const ROWS_PER_BUCKET = 4096;
const MOST_BUCKETS = 4096;

/** How many texts are the same as an earlier one. */
export function countRepeated(texts: readonly string[]): number {
  const hashOf = (row: number): number => {
    const text = texts[row]!;
    let hash = 0;
    for (let at = 0; at < text.length; at++) hash = mixed(hash, text.charCodeAt(at));
    return hash;
  };
  return countRepeatedRows(texts.length, { hashOf, isSame: (row, other) => texts[row] === texts[other] });
}

/** As `countRepeated`, without making strings of the texts. */
export function countRepeatedStored(stored: StoredTexts): number {
  const { bytes, widthBytes } = stored;
  return countRepeatedRows(widthBytes === 0 ? 0 : bytes.length / widthBytes, comparisonOf(stored));
}

/**
 * Rows that are the same as an earlier one. A `Set` of millions of names takes seconds, most of them waiting for
 * memory: rows are brought together by their hashes first, a few thousand at a time.
 */
function countRepeatedRows(rowCount: number, { hashOf, isSame }: TextComparison): number {
  const { rows, hashes, ends } = rowsInBuckets(rowCount, hashOf);
  let repeated = 0;
  let start = 0;
  for (const end of ends) {
    // Places in `rows`, one more than they are; 0 is free. At least half stay free, so that a search soon ends.
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * (end - start) + 1)));
    for (let place = start; place < end; place++) {
      const hash = hashes[place]!;
      let slot = hash & (slots.length - 1);
      while (slots[slot] !== 0) {
        const met = slots[slot]! - 1;
        if (hashes[met] === hash && isSame(rows[place]!, rows[met]!)) break;
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] === 0) slots[slot] = place + 1;
      else repeated++;
    }
    start = end;
  }
  return repeated;
}

interface Buckets {
  /** Row numbers, bucket by bucket, in row order within each. */
  readonly rows: Int32Array;
  /** The hash of each of `rows`; its highest bits are the bucket's. */
  readonly hashes: Int32Array;
  /** Where each bucket ends in `rows`. */
  readonly ends: Int32Array;
}

function rowsInBuckets(rowCount: number, hashOf: (row: number) => number): Buckets {
  const bits = Math.ceil(Math.log2(Math.min(MOST_BUCKETS, Math.max(2, rowCount / ROWS_PER_BUCKET))));
  const shift = 32 - bits;
  const byRow = new Int32Array(rowCount);
  const next = new Int32Array(2 ** bits);
  for (let row = 0; row < rowCount; row++) {
    const hash = hashOf(row);
    byRow[row] = hash;
    next[hash >>> shift]!++;
  }
  let before = 0;
  next.forEach((count, bucket) => {
    next[bucket] = before;
    before += count;
  });
  const rows = new Int32Array(rowCount);
  const hashes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const hash = byRow[row]!;
    const place = next[hash >>> shift]!++;
    rows[place] = row;
    hashes[place] = hash;
  }
  // Each bucket's next place is now its end.
  return { rows, hashes, ends: next };
}
