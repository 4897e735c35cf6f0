import type { StoredTexts } from '../table/table.ts';
import type { Cells } from './cells.ts';
import { latin1Of } from './latin1.ts';

const BLANK = 32;

/** Bytes that become one string, of which the texts are parts. */
const BLOCK_BYTES = 8192;

/** Slots of the texts met last; a column of codes or of field names has fewer. */
const RECENT_TEXTS = 1024;

/** 2³² over the golden ratio, odd: Knuth's multiplicative hashing. */
const MULTIPLIER = 0x9e3779b1;

/** Room for `count` texts, each of which has to be kept before it is looked at. */
export const roomForTexts = (count: number, widthBytes: number): StoredTexts => ({
  bytes: new Uint8Array(count * widthBytes),
  widthBytes,
});

/**
 * Keeps the texts in `cells` as texts `first` and following, each filled up with blanks.
 * @param hasDimensions an array of texts (TDIM), where NUL pads one of them; else NUL ends the text
 */
export function keepTexts(
  { bytes, widthBytes }: StoredTexts,
  first: number,
  cells: Cells,
  hasDimensions: boolean,
): void {
  const { view, offset, strideBytes, rows } = cells;
  const kept = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let row = 0; row < rows; row++) {
    const from = offset + row * strideBytes;
    const to = (first + row) * widthBytes;
    let at = 0;
    // Four bytes at a time up to a NUL: names are half of what a catalogue has.
    for (; at + 4 <= widthBytes; at += 4) {
      const word = view.getInt32(from + at);
      if (hasNul(word)) break;
      kept.setInt32(to + at, word);
    }
    for (; at < widthBytes; at++) {
      const byte = view.getUint8(from + at);
      if (byte === 0 && !hasDimensions) break;
      kept.setUint8(to + at, byte === 0 ? BLANK : byte);
    }
    for (; at < widthBytes; at++) kept.setUint8(to + at, BLANK);
  }
}

/** Whether one of four bytes is 0 (Mycroft 1987): only there a borrow sets the high bit that the byte has not. */
const hasNul = (word: number): boolean => ((word - 0x01010101) & ~word & 0x80808080) !== 0;

/**
 * The texts as strings, without the blanks behind them. Strings that repeat, as codes do, are made once.
 * @param change made to each string before it is kept
 */
export function stringsOf(
  stored: StoredTexts,
  rowCount: number,
  change: (text: string) => string = (text) => text,
): string[] {
  const { bytes, widthBytes } = stored;
  if (widthBytes === 0) return new Array<string>(rowCount).fill(change(''));
  const texts = new Array<string>(rowCount);
  const { hashOf, isSame } = comparisonOf(stored);
  const recentRows = new Int32Array(RECENT_TEXTS).fill(-1);
  const rowsPerBlock = Math.max(1, Math.floor(BLOCK_BYTES / widthBytes));
  let isRepetitive = true;
  for (let first = 0; first < rowCount; first += rowsPerBlock) {
    const end = Math.min(rowCount, first + rowsPerBlock);
    const firstByte = first * widthBytes;
    let block: string | undefined;
    let repeated = 0;
    for (let row = first; row < end; row++) {
      const slot = isRepetitive ? hashOf(row) & (RECENT_TEXTS - 1) : 0;
      const recent = isRepetitive ? recentRows[slot]! : -1;
      if (recent !== -1 && isSame(recent, row)) {
        texts[row] = texts[recent]!;
        repeated++;
        continue;
      }
      if (isRepetitive) recentRows[slot] = row;
      let length = widthBytes;
      while (length > 0 && bytes[row * widthBytes + length - 1] === BLANK) length--;
      block ??= latin1Of(bytes.subarray(firstByte, end * widthBytes));
      const start = row * widthBytes - firstByte;
      texts[row] = change(block.slice(start, start + length));
    }
    isRepetitive &&= repeated * 2 > end - first || end < RECENT_TEXTS;
  }
  return texts;
}

/** How the texts of a column are told apart without making strings of them. */
export interface TextComparison {
  /** 32 bits, of which the lowest are as good as the highest. */
  readonly hashOf: (row: number) => number;
  readonly isSame: (row: number, other: number) => boolean;
}

/** Four bytes at a time: a survey has millions of names. */
export function comparisonOf({ bytes, widthBytes }: StoredTexts): TextComparison {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wordsEnd = widthBytes & ~3;
  return {
    hashOf: (row) => {
      const start = row * widthBytes;
      let hash = 0;
      for (let at = 0; at < wordsEnd; at += 4) hash = mixed(hash, view.getInt32(start + at));
      for (let at = wordsEnd; at < widthBytes; at++) hash = mixed(hash, view.getUint8(start + at));
      return hash;
    },
    isSame: (row, other) => {
      const start = row * widthBytes;
      const otherStart = other * widthBytes;
      let at = 0;
      while (at < wordsEnd && view.getInt32(start + at) === view.getInt32(otherStart + at)) at += 4;
      if (at < wordsEnd) return false;
      while (at < widthBytes && view.getUint8(start + at) === view.getUint8(otherStart + at)) at++;
      return at === widthBytes;
    },
  };
}

/** A hash and 32 bits more. A product's low bits are its weakest: some of the high ones are laid over them. */
export function mixed(hash: number, bits: number): number {
  const product = Math.imul(hash ^ bits, MULTIPLIER);
  return product ^ (product >>> 15);
}
