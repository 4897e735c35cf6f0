import { DomainFailure } from '../result/failure.ts';
import type { ByteSource } from './byte-source.ts';
import type { FitsCard, FitsValue } from './card.ts';
import { CARD_BYTES, parseCards } from './card.ts';
import { latin1Of } from './latin1.ts';

/** FITS files come in blocks of this size (FITS standard 4.0, §3.1). */
export const BLOCK_BYTES = 2880;

/** Headers are read this many blocks at a time: most fit into one read. */
const BLOCKS_PER_READ = 8;

/** No real header comes near this (400,000 cards); a file without END is refused here instead of being read whole. */
const MAXIMUM_HEADER_BLOCKS = 11_000;

/** The cards of one HDU, by keyword. Where a keyword repeats, the first card counts, as in astropy. */
export class FitsHeader {
  readonly cards: readonly FitsCard[];
  readonly #byKeyword = new Map<string, FitsValue>();

  constructor(cards: readonly FitsCard[]) {
    this.cards = cards;
    for (const { keyword, value } of cards) {
      if (!this.#byKeyword.has(keyword)) this.#byKeyword.set(keyword, value);
    }
  }

  has(keyword: string): boolean {
    return this.#byKeyword.has(keyword);
  }

  /** The value as it is; undefined where the card is missing or has no value. Integers above 2^53 are bigints. */
  value(keyword: string): FitsValue {
    return this.#byKeyword.get(keyword);
  }

  /** The value as a double; undefined where there is none or it is not a number. */
  number(keyword: string): number | undefined {
    const value = this.#byKeyword.get(keyword);
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' ? value : undefined;
  }

  /** The text without trailing blanks; undefined where there is none or it is not a text. */
  text(keyword: string): string | undefined {
    const value = this.#byKeyword.get(keyword);
    return typeof value === 'string' ? value : undefined;
  }

  /** The text without blanks around it; undefined where nothing is left. */
  word(keyword: string): string | undefined {
    const trimmed = this.text(keyword)?.trim();
    return trimmed === '' ? undefined : trimmed;
  }

  logical(keyword: string): boolean | undefined {
    const value = this.#byKeyword.get(keyword);
    return typeof value === 'boolean' ? value : undefined;
  }

  /** The lines of COMMENT or HISTORY, in order. */
  lines(keyword: 'COMMENT' | 'HISTORY'): string[] {
    return this.cards.filter((card) => card.keyword === keyword).map((card) => card.comment);
  }
}

/**
 * Reads the header that begins at `offset`.
 * @returns the header and the offset of the first data byte
 * @throws DomainFailure 'fits-truncated' when the file ends before END, 'fits-header-invalid' when there is no END
 */
export async function readHeader(
  source: ByteSource,
  offset: number,
): Promise<{ readonly header: FitsHeader; readonly dataOffset: number }> {
  const lines: string[] = [];
  for (let block = 0; block < MAXIMUM_HEADER_BLOCKS; block += BLOCKS_PER_READ) {
    const start = offset + block * BLOCK_BYTES;
    const text = latin1Of(await source.read(start, BLOCKS_PER_READ * BLOCK_BYTES));
    for (let at = 0; at + CARD_BYTES <= text.length; at += CARD_BYTES) {
      const line = text.slice(at, at + CARD_BYTES);
      if (line.trimEnd() === 'END') {
        // The rest of END's block is padding. A file that ends inside it has lost nothing of the header.
        const dataOffset = start + (Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES;
        return { header: new FitsHeader(parseCards(lines)), dataOffset };
      }
      lines.push(line);
    }
    if (text.length < BLOCKS_PER_READ * BLOCK_BYTES) {
      const readTo = start + text.length;
      throw new DomainFailure({
        kind: 'fits-truncated',
        path: source.name,
        expectedBytes: (Math.floor(readTo / BLOCK_BYTES) + 1) * BLOCK_BYTES,
        actualBytes: source.sizeBytes,
      });
    }
  }
  throw new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what: 'no END card' });
}
