import { stringsOf } from '../../core/fits/stored-texts.ts';
import { writeLatin1 } from '../../core/fits/latin1.ts';
import type { Column, ColumnData, StoredTexts, Table } from '../../core/table/table.ts';

/** A table on its way between threads: plain, its numbers and most of its texts in memory that is handed over. */
export interface TableParcel {
  readonly table: Omit<Table, 'columns'>;
  readonly columns: readonly ParcelColumn[];
}

/** `data` is absent where `storedTexts` says the same. */
type ParcelColumn = Omit<Column, 'data'> & { readonly data?: ColumnData };

/** Texts of very different lengths would mostly be blanks: these are copied as strings. */
const MOST_BYTES_PER_CHARACTER = 8;

/** Packs a table, which is not to be used afterwards, with the memory to hand over. */
export function packTable(table: Table): { readonly parcel: TableParcel; readonly transfer: readonly ArrayBuffer[] } {
  const { columns, ...rest } = table;
  const packed = columns.map((column) => packColumn(column, table.rowCount));
  const buffers = packed.flatMap(({ data, storedTexts, isMissing, lengths }) =>
    [data, storedTexts?.bytes, isMissing, lengths].flatMap((values) =>
      ArrayBuffer.isView(values) ? [values.buffer as ArrayBuffer] : [],
    ),
  );
  return { parcel: { table: rest, columns: packed }, transfer: [...new Set(buffers)] };
}

function packColumn(column: Column, rowCount: number): ParcelColumn {
  const { name, repeat, isMissing, unit, ucd, description, textWidth, lengths, fits } = column;
  const rest = { name, repeat, isMissing, unit, ucd, description, textWidth, lengths, fits };
  // Asking for its data would make strings.
  const storedTexts = column.storedTexts ?? (repeat === 1 ? storedTextsOf(column.data, rowCount) : undefined);
  return storedTexts === undefined ? { ...rest, data: column.data } : { ...rest, storedTexts };
}

/** The texts at a fixed width; undefined where that cannot give them back as they are. */
function storedTextsOf(data: ColumnData, rowCount: number): StoredTexts | undefined {
  if (!isTexts(data)) return undefined;
  let widthBytes = 0;
  let characters = 0;
  for (const text of data) {
    if (text.endsWith(' ') || BEYOND_LATIN_1.test(text)) return undefined;
    widthBytes = Math.max(widthBytes, text.length);
    characters += text.length;
  }
  if (widthBytes * rowCount > MOST_BYTES_PER_CHARACTER * characters) return undefined;
  const bytes = new Uint8Array(widthBytes * rowCount).fill(BLANK);
  data.forEach((text, row) => writeLatin1(text, bytes, row * widthBytes));
  return { bytes, widthBytes };
}

const BLANK = 32;
const BEYOND_LATIN_1 = /[^\0-\xff]/;

const isTexts = (data: ColumnData): data is readonly string[] =>
  Array.isArray(data) && data.every((value) => typeof value === 'string');

/** The table in a parcel. */
export function unpackTable({ table, columns }: TableParcel): Table {
  return { ...table, columns: columns.map((column) => unpackColumn(column, table.rowCount)) };
}

function unpackColumn(column: ParcelColumn, rowCount: number): Column {
  const { storedTexts, data } = column;
  if (data !== undefined) return { ...column, data };
  let strings: readonly string[] | undefined;
  return {
    ...column,
    // A getter: texts become strings when they are wanted.
    get data() {
      return (strings ??= storedTexts === undefined ? [] : stringsOf(storedTexts, rowCount));
    },
  };
}
