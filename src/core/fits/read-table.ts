import { DomainFailure } from '../result/failure.ts';
import type { Column, Table, TableEntry } from '../table/table.ts';
import type { FitsHeader } from './header.ts';
import { readAsciiTable } from './ascii-table.ts';
import type { ByteSource } from './byte-source.ts';
import type { ColumnDecoder } from './column-decoder.ts';
import { columnDecoderOf } from './column-decoder.ts';
import type { ColumnLayout } from './column-layout.ts';
import { columnLayouts } from './column-layout.ts';
import type { Hdu, HduSelector } from './hdu.ts';
import { findHdu, readExactly, readHdus } from './hdu.ts';
import { readAhead } from './read-ahead.ts';
import type { ColumnFormat } from './table-format.ts';
import { storedBytes, valuesPerElement } from './table-format.ts';

export interface ReadTableOptions {
  /** Read only these columns (exact names); all where not given. */
  readonly columns?: readonly string[] | undefined;
  /** Read at most so many rows from the beginning; all where not given. */
  readonly rows?: number | undefined;
  /** Read only the columns of this share, which are each `of`-th one: several readers can share the work on a table. */
  readonly share?: ColumnShare | undefined;
}

/** Share number `index`, from 0, of `of`. */
export interface ColumnShare {
  readonly index: number;
  readonly of: number;
}

/** Rows are read in pieces of about this size, so that a table of any length costs its columns and little more. */
const PIECE_BYTES = 4 << 20;

/** Every column goes through the same bytes, so they are decoded in bands that stay in a processor's own cache. */
const BAND_BYTES = 128 << 10;

/** Longest typed array that every platform makes; rows of zero bytes could promise any number. */
const MAXIMUM_ROWS = 2 ** 31 - 1;

/** Variable-length columns are kept as rectangles; a table whose ones need more values than this is refused. */
const MAXIMUM_RECTANGLE_VALUES = 1 << 25;

/** Rows may share bytes of the heap; those that claim its bytes this many times over are broken. */
const MAXIMUM_HEAP_SHARING = 16;

/** Rows or columns without a byte in the file could promise any number of values. */
const MAXIMUM_EMPTY_VALUES = 1 << 24;

/**
 * Reads the table that `selector` names, or the first one in the file, into columns.
 * @throws DomainFailure 'fits-no-table', 'fits-unsupported' for a compressed image, 'fits-header-invalid'; what
 *   `readHdus` throws
 */
export async function readFitsTable(
  source: ByteSource,
  selector?: HduSelector,
  options: ReadTableOptions = {},
): Promise<Table> {
  const hdus = await readHdus(source);
  const isTable = (hdu: Hdu): boolean => hdu.kind === 'binary-table' || hdu.kind === 'ascii-table';
  const hdu = selector === undefined ? hdus.find(isTable) : findHdu(hdus, selector);
  if (hdu?.kind === 'compressed-image') {
    throw new DomainFailure({ kind: 'fits-unsupported', path: source.name, what: 'a compressed image as a table' });
  }
  if (hdu?.header.logical('ZTABLE') === true) {
    throw new DomainFailure({ kind: 'fits-unsupported', path: source.name, what: 'a compressed table (ZTABLE)' });
  }
  if (hdu === undefined || !isTable(hdu)) throw new DomainFailure({ kind: 'fits-no-table', path: source.name });
  if (hdu.kind === 'binary-table') return readBinaryTable(source, hdu, options);
  const table = await readAsciiTable(source, hdu, options.rows);
  return { ...table, columns: table.columns.filter(isOfShare(options.share)) };
}

const isOfShare =
  ({ index, of }: ColumnShare = { index: 0, of: 1 }) =>
  (_: unknown, column: number): boolean =>
    column % of === index;

/** A column being read: values in place are decoded at once, descriptors kept for the heap. */
interface ColumnReader {
  readonly layout: ColumnLayout;
  readonly decoder: ColumnDecoder | undefined;
  /** Element counts and heap offsets, row by row, of a variable-length column. */
  readonly counts: Float64Array;
  readonly offsets: Float64Array;
}

async function readBinaryTable(source: ByteSource, hdu: Hdu, options: ReadTableOptions): Promise<Table> {
  const rowBytes = hdu.axes[0] ?? 0;
  const rowCount = Math.min(hdu.axes[1] ?? 0, options.rows ?? Infinity);
  const layouts = columnLayouts(source, hdu);
  const emptyColumns = layouts.filter(({ format }) => format.widthBytes === 0).length;
  if (rowCount > MAXIMUM_ROWS || (rowBytes === 0 ? layouts.length : emptyColumns) * rowCount > MAXIMUM_EMPTY_VALUES) {
    throw new DomainFailure({ kind: 'fits-unsupported', path: source.name, what: `a table of ${rowCount} rows` });
  }
  const wanted = layouts.filter(isOfShare(options.share)).filter(({ name }) => options.columns?.includes(name) ?? true);
  const readers = wanted.map((layout): ColumnReader => {
    const isVariable = layout.format.descriptor !== undefined;
    const perRow = valuesPerRow(layout.format);
    return {
      layout,
      decoder: isVariable ? undefined : columnDecoderOf(layout.storage, rowCount * perRow, layout.format.repeat),
      counts: new Float64Array(isVariable ? rowCount : 0),
      offsets: new Float64Array(isVariable ? rowCount : 0),
    };
  });

  if (rowBytes > 0 && rowCount > 0) await decodeInPlace(source, hdu, readers, rowBytes, rowCount);

  const columns: Column[] = [];
  let allowedValues = MAXIMUM_RECTANGLE_VALUES;
  for (const reader of readers) {
    if (reader.decoder !== undefined) {
      columns.push(columnOf(reader, reader.decoder));
      continue;
    }
    const column = await readHeap(source, hdu, reader, allowedValues);
    allowedValues -= column.data.length;
    columns.push(column);
  }
  const entries = tableEntries(hdu.header);
  return { rowCount, columns, name: hdu.name, ...(entries.length === 0 ? {} : { entries }) };
}

const STRUCTURAL =
  /^(?:XTENSION|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|EXTNAME|EXTVER|THEAP|CHECKSUM|DATASUM|T[A-Z]+\d+|COMMENT|HISTORY|)$/;

/** The cards that say something of the table as a whole, by their keywords. */
function tableEntries({ cards }: FitsHeader): readonly TableEntry[] {
  return cards.flatMap(({ keyword, value, comment }): TableEntry[] => {
    if (value === undefined || typeof value === 'bigint' || STRUCTURAL.test(keyword)) return [];
    return [{ name: keyword, value: typeof value === 'string' ? unescaped(value) : value, description: comment }];
  });
}

/** Takes back what the writer does to characters beyond ASCII. */
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Fills all columns but those of the heap. */
async function decodeInPlace(
  source: ByteSource,
  { dataOffset }: Hdu,
  readers: readonly ColumnReader[],
  rowBytes: number,
  rowCount: number,
): Promise<void> {
  const pieceBytes = Math.max(1, Math.floor(PIECE_BYTES / rowBytes)) * rowBytes;
  const bandBytes = Math.max(1, Math.floor(BAND_BYTES / rowBytes)) * rowBytes;
  let first = 0;
  for await (const bytes of readAhead(source, dataOffset, dataOffset + rowCount * rowBytes, pieceBytes)) {
    for (let start = 0; start < bytes.length; start += bandBytes) {
      const band = new DataView(bytes.buffer, start, Math.min(bandBytes, bytes.length - start));
      const rows = band.byteLength / rowBytes;
      for (const reader of readers) decodeRows(reader, band, first, rows, rowBytes);
      first += rows;
    }
  }
}

const valuesPerRow = ({ letter, repeat }: ColumnFormat): number =>
  letter === 'A' ? 1 : repeat * valuesPerElement(letter);

function decodeRows(reader: ColumnReader, view: DataView, first: number, rows: number, rowBytes: number): void {
  const { layout, decoder, counts, offsets } = reader;
  const { format, offsetBytes } = layout;
  if (decoder !== undefined) {
    const cells = { view, offset: offsetBytes, strideBytes: rowBytes, rows, count: format.repeat };
    decoder.decode(cells, first * valuesPerRow(format));
    return;
  }
  if (format.repeat === 0) return;
  const isWide = format.descriptor === 'Q';
  for (let row = 0; row < rows; row++) {
    const offset = row * rowBytes + offsetBytes;
    counts[first + row] = isWide ? Number(view.getBigInt64(offset)) : view.getUint32(offset);
    offsets[first + row] = isWide ? Number(view.getBigInt64(offset + 8)) : view.getUint32(offset + 4);
  }
}

function columnOf({ layout }: ColumnReader, decoder: ColumnDecoder, lengths?: Int32Array, repeat?: number): Column {
  const { format, storage } = layout;
  const hasMissing = decoder.isMissing?.includes(1) === true;
  return {
    name: layout.name,
    // A getter: texts become strings when they are wanted.
    get data() {
      return decoder.data;
    },
    storedTexts: decoder.storedTexts,
    repeat: repeat ?? valuesPerRow(format),
    isMissing: hasMissing ? decoder.isMissing : undefined,
    unit: layout.unit,
    ucd: layout.ucd,
    description: layout.description,
    textWidth: format.letter === 'A' && format.descriptor === undefined ? format.repeat : undefined,
    lengths,
    fits: storage,
  };
}

/** The values of a variable-length column: as many per row as the longest has, each row's own count in `lengths`. */
async function readHeap(source: ByteSource, hdu: Hdu, reader: ColumnReader, allowedValues: number): Promise<Column> {
  const { layout, counts, offsets } = reader;
  const { letter } = layout.format;
  const rowsBytes = (hdu.axes[0] ?? 0) * (hdu.axes[1] ?? 0);
  const heapStart = hdu.header.number('THEAP') ?? rowsBytes;
  const heapBytes = hdu.dataBytes - heapStart;
  let claimedBytes = 0;
  for (let row = 0; row < counts.length; row++) {
    const end = offsets[row]! + storedBytes(letter, counts[row]!);
    claimedBytes += storedBytes(letter, counts[row]!);
    const isInside = counts[row]! > 0 && offsets[row]! >= 0 && end <= heapBytes;
    if (counts[row]! !== 0 && !(isInside && claimedBytes <= MAXIMUM_HEAP_SHARING * heapBytes)) {
      const what = `row ${row + 1} of column ${layout.name} points outside the table's heap`;
      throw new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what });
    }
  }
  const isText = letter === 'A';
  const longest = counts.reduce((most, count) => Math.max(most, count), 0) * valuesPerElement(letter);
  const repeat = isText ? 1 : longest;
  if (counts.length * repeat > allowedValues) {
    const what = `the variable-length column ${layout.name} with up to ${longest} values in ${counts.length} rows`;
    throw new DomainFailure({ kind: 'fits-unsupported', path: source.name, what });
  }
  const decoder = columnDecoderOf(layout.storage, counts.length * repeat);
  const lengths = new Int32Array(counts.length);
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row]!;
    if (count === 0) continue;
    const offset = hdu.dataOffset + heapStart + offsets[row]!;
    const bytes = await readExactly(source, offset, storedBytes(letter, count));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    decoder.decode({ view, offset: 0, strideBytes: bytes.length, rows: 1, count }, row * repeat);
    lengths[row] = isText ? 1 : count * valuesPerElement(letter);
  }
  if (!isText && !(layout.storage.scale !== 1 || layout.storage.zero !== 0)) padWithNaN(decoder, lengths, repeat);
  return columnOf(reader, decoder, isText ? undefined : lengths, repeat);
}

/** Beyond a row's own length there is nothing, which for floats is NaN. */
function padWithNaN({ data }: ColumnDecoder, lengths: Int32Array, repeat: number): void {
  if (!(data instanceof Float64Array || data instanceof Float32Array)) return;
  lengths.forEach((length, row) => data.fill(Number.NaN, row * repeat + length, (row + 1) * repeat));
}
