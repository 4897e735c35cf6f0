/**
 * FITS files as bytes: one image, or one binary table after an empty primary HDU. Everything is padded to whole blocks,
 * and no card says when it was written, so the same input gives the same bytes.
 */
import { DomainFailure } from '../result/failure.ts';
import type { OnRows, RowSpan } from '../table/row-spans.ts';
import { rowSpans } from '../table/row-spans.ts';
import type { Table, TableEntry } from '../table/table.ts';
import type { FitsCard, FitsValue } from './card.ts';
import { CARD_BYTES, formatCard } from './card.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { columnEncoderOf } from './column-encoder.ts';
import { roundUpToBlock } from './hdu.ts';
import { writeLatin1 } from './latin1.ts';

/** A card to write; the comment may be left out. */
export interface NewCard {
  readonly keyword: string;
  readonly value?: FitsValue;
  readonly comment?: string | undefined;
}

export interface NewImage {
  /** Row-major, lowest y first; several planes one after the other. Written as float32. */
  readonly pixels: Float32Array | Float64Array;
  readonly widthPix: number;
  readonly heightPix: number;
  /** Planes of a cube; 1 where not given (NAXIS 2). */
  readonly planeCount?: number | undefined;
  /** What else the header says (WCS, BUNIT, BMAJ …), in this order. Structural keywords are ignored. */
  readonly cards: readonly NewCard[];
}

/** Keywords that the writer sets itself. */
const STRUCTURAL = /^(?:SIMPLE|XTENSION|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|BSCALE|BZERO|BLANK|EXTEND|THEAP|END)$/;

/** A FITS file of one float32 image. @throws DomainFailure 'argument-invalid' when pixels and sides do not agree */
export function fitsImageBytes(image: NewImage): Uint8Array<ArrayBuffer> {
  const { pixels, widthPix, heightPix, planeCount = 1, cards } = image;
  if (pixels.length !== widthPix * heightPix * planeCount) {
    const why = `${pixels.length} pixels do not fill ${widthPix} × ${heightPix} × ${planeCount}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: 'image', why });
  }
  const axes = planeCount === 1 ? [widthPix, heightPix] : [widthPix, heightPix, planeCount];
  const header = headerBytes([
    { keyword: 'SIMPLE', value: true, comment: 'conforms to FITS standard' },
    { keyword: 'BITPIX', value: -32, comment: 'array data type' },
    { keyword: 'NAXIS', value: axes.length, comment: 'number of array dimensions' },
    ...axes.map((length, axis) => ({ keyword: `NAXIS${axis + 1}`, value: length })),
    ...cards.filter(({ keyword }) => !STRUCTURAL.test(keyword)),
  ]);
  const file = new Uint8Array(header.length + roundUpToBlock(4 * pixels.length));
  file.set(header);
  const view = new DataView(file.buffer, header.length);
  for (let i = 0; i < pixels.length; i++) view.setFloat32(4 * i, pixels[i]!);
  return file;
}

export interface TableFileOptions {
  /** EXTNAME; the table's own name where not given. */
  readonly name?: string | undefined;
  /** Cards for the table's header besides its columns'. */
  readonly cards?: readonly NewCard[] | undefined;
}

/**
 * A FITS file of one binary table. Columns read from FITS keep their TFORM kind, TSCAL, TZERO and TNULL; others are
 * stored by the type of their data. A missing integer is written as TNULL, a missing text as blanks, a missing logical
 * as NUL, a missing float as NaN.
 * @throws DomainFailure 'argument-invalid' for more than 999 columns, or a column whose length does not fit the rows
 */
export function fitsTableBytes(table: Table, options: TableFileOptions = {}): Uint8Array<ArrayBuffer> {
  const pieces = [...fitsTablePieces(table, options)];
  const file = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    file.set(piece, offset);
    offset += piece.length;
  }
  return file;
}

/** The same file in pieces: a table of millions of rows is never there twice, and can be left off between two of them. */
export function* fitsTablePieces(
  table: Table,
  options: TableFileOptions = {},
  onRows?: OnRows,
): Generator<Uint8Array<ArrayBuffer>> {
  if (table.columns.length > 999) {
    const why = `${table.columns.length} columns, where FITS allows 999`;
    throw new DomainFailure({ kind: 'argument-invalid', name: 'table', why });
  }
  const encoders = table.columns.map((column) => columnEncoderOf(column, table.rowCount));
  const rowBytes = encoders.reduce((sum, encoder) => sum + encoder.widthBytes, 0);
  const heapBytes = encoders.reduce((sum, encoder) => sum + encoder.heapBytes, 0);
  yield* tableHeaders(table, options, encoders, rowBytes, heapBytes);
  for (const rows of rowSpans(table.rowCount, onRows)) yield rowsOf(encoders, rowBytes, rows);
  for (const encoder of encoders) {
    if (encoder.heapBytes > 0) for (const rows of rowSpans(table.rowCount)) yield encoder.encodeHeap(rows);
  }
  const dataBytes = rowBytes * table.rowCount + heapBytes;
  yield new Uint8Array(roundUpToBlock(dataBytes) - dataBytes);
}

function rowsOf(encoders: readonly ColumnEncoder[], rowBytes: number, rows: RowSpan): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rowBytes * (rows.end - rows.start));
  const view = new DataView(bytes.buffer);
  let columnOffset = 0;
  let heapOffset = 0;
  for (const encoder of encoders) {
    encoder.encodeRows({ ...rows, view, bytes, columnOffset, rowBytes, heapOffset });
    columnOffset += encoder.widthBytes;
    heapOffset += encoder.heapBytes;
  }
  return bytes;
}

/** The empty primary HDU, and the header of the table. */
function* tableHeaders(
  table: Table,
  options: TableFileOptions,
  encoders: readonly ColumnEncoder[],
  rowBytes: number,
  heapBytes: number,
): Generator<Uint8Array<ArrayBuffer>> {
  const name = options.name ?? table.name;
  yield headerBytes([
    { keyword: 'SIMPLE', value: true, comment: 'conforms to FITS standard' },
    { keyword: 'BITPIX', value: 8, comment: 'array data type' },
    { keyword: 'NAXIS', value: 0, comment: 'number of array dimensions' },
    { keyword: 'EXTEND', value: true },
  ]);
  yield headerBytes([
    { keyword: 'XTENSION', value: 'BINTABLE', comment: 'binary table extension' },
    { keyword: 'BITPIX', value: 8, comment: 'array data type' },
    { keyword: 'NAXIS', value: 2, comment: 'number of array dimensions' },
    { keyword: 'NAXIS1', value: rowBytes, comment: 'length of dimension 1' },
    { keyword: 'NAXIS2', value: table.rowCount, comment: 'length of dimension 2' },
    { keyword: 'PCOUNT', value: heapBytes, comment: 'number of group parameters' },
    { keyword: 'GCOUNT', value: 1, comment: 'number of groups' },
    { keyword: 'TFIELDS', value: encoders.length, comment: 'number of table fields' },
    ...(name === undefined ? [] : [{ keyword: 'EXTNAME', value: name, comment: 'extension name' }]),
    ...encoders.flatMap(columnCards),
    ...(table.entries ?? []).map(entryCard),
    ...(options.cards ?? []).filter(({ keyword }) => !STRUCTURAL.test(keyword)),
  ]);
}

const KEYWORD = /^[A-Z0-9_-]{1,8}$/;

/** A card for something said of the whole table. Headers are ASCII: other characters are escaped as in JSON. */
function entryCard({ name, keyword, value, description }: TableEntry): NewCard {
  const own = name.toUpperCase();
  return {
    keyword: keyword ?? (KEYWORD.test(own) ? own : asciiOf(own).slice(0, 40)),
    value: typeof value === 'string' ? asciiOf(value) : value,
    comment: description,
  };
}

const asciiOf = (text: string): string =>
  text.replace(/[^ -~]|\\(?=u)/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The keywords of the n-th column. */
function columnCards(encoder: ColumnEncoder, index: number): NewCard[] {
  const { column, form, storage } = encoder;
  const number = index + 1;
  const cards: NewCard[] = [
    { keyword: `TTYPE${number}`, value: column.name },
    { keyword: `TFORM${number}`, value: form },
  ];
  const add = (keyword: string, value: FitsValue): void => {
    if (value !== undefined) cards.push({ keyword: `${keyword}${number}`, value });
  };
  add('TUNIT', column.unit);
  if (storage.scale !== 1) add('TSCAL', storage.scale);
  if (storage.zero !== 0) add('TZERO', storage.zero);
  add('TNULL', storage.nullValue);
  add('TDIM', storage.dimensions);
  add('TUCD', column.ucd);
  add('TCOMM', column.description);
  return cards;
}

/** A header: its cards, END, and blanks to the end of the block. */
export function headerBytes(cards: readonly NewCard[]): Uint8Array<ArrayBuffer> {
  const lines = cards.flatMap(({ keyword, value, comment }) => formatCard(cardOf(keyword, value, comment)));
  lines.push('END'.padEnd(CARD_BYTES));
  const bytes = new Uint8Array(roundUpToBlock(lines.length * CARD_BYTES)).fill(32);
  lines.forEach((line, index) => writeLatin1(line, bytes, index * CARD_BYTES));
  return bytes;
}

const cardOf = (keyword: string, value: FitsValue, comment: string | undefined): FitsCard => ({
  keyword: keyword.toUpperCase(),
  value,
  comment: comment ?? '',
});
