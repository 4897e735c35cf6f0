import type { StoredTexts } from '../table/table.ts';
import type { Cells } from './cells.ts';
import { latin1Of } from './latin1.ts';

const BLANK = 32;

/** Bytes that become one string, of which the texts are parts. */
const BLOCK_BYTES = 8192;

/** Slots of the texts met last; a column of codes or of field names has fewer. */
const RECENT_TEXTS = 1024;

const FNV_PRIME = 0x01000193;

/** Room for `count` texts, all of them empty. */
export const emptyTexts = (count: number, widthBytes: number): StoredTexts => ({
  bytes: new Uint8Array(count * widthBytes).fill(BLANK),
  widthBytes,
});

/**
 * Keeps the texts in `cells` as texts `first` and following, which are empty before.
 * @param hasDimensions an array of texts (TDIM), where NUL pads one of them; else NUL ends the text
 */
export function keepTexts(
  { bytes, widthBytes }: StoredTexts,
  first: number,
  cells: Cells,
  hasDimensions: boolean,
): void {
  const { view, offset, strideBytes, rows } = cells;
  const stored = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let row = 0; row < rows; row++) {
    const from = offset + row * strideBytes;
    const to = (first + row) * widthBytes;
    for (let i = 0; i < widthBytes; i++) {
      const byte = stored[from + i]!;
      if (byte !== 0) bytes[to + i] = byte;
      else if (!hasDimensions) break;
    }
  }
}

/** The texts as strings, without the blanks behind them. Strings that repeat, as codes do, are made once. */
export function stringsOf({ bytes, widthBytes }: StoredTexts, rowCount: number): string[] {
  const texts = new Array<string>(rowCount).fill('');
  if (widthBytes === 0) return texts;
  const recentRows = new Int32Array(RECENT_TEXTS).fill(-1);
  const rowsPerBlock = Math.max(1, Math.floor(BLOCK_BYTES / widthBytes));
  let isRepetitive = true;
  for (let first = 0; first < rowCount; first += rowsPerBlock) {
    const end = Math.min(rowCount, first + rowsPerBlock);
    const firstByte = first * widthBytes;
    let block: string | undefined;
    let repeated = 0;
    for (let row = first; row < end; row++) {
      const slot = isRepetitive ? hashOf(bytes, row * widthBytes, widthBytes) & (RECENT_TEXTS - 1) : 0;
      const recent = isRepetitive ? recentRows[slot]! : -1;
      if (recent !== -1 && isSame(bytes, recent * widthBytes, row * widthBytes, widthBytes)) {
        texts[row] = texts[recent]!;
        repeated++;
        continue;
      }
      if (isRepetitive) recentRows[slot] = row;
      let length = widthBytes;
      while (length > 0 && bytes[row * widthBytes + length - 1] === BLANK) length--;
      block ??= latin1Of(bytes.subarray(firstByte, end * widthBytes));
      const start = row * widthBytes - firstByte;
      texts[row] = block.slice(start, start + length);
    }
    isRepetitive &&= repeated * 2 > end - first || end < RECENT_TEXTS;
  }
  return texts;
}

function hashOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[start + i]!, FNV_PRIME);
  return hash ^ (hash >>> 15);
}

function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
