/**
 * A table as columns, whatever file it came from. Every reader makes it, every writer takes it, and the catalogue is
 * understood from it, so an input column that Lobate does not know is still there to be written out again.
 */
export type ColumnData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Uint8Array
  | readonly string[]
  | readonly (boolean | undefined)[];

export interface Column {
  readonly name: string;
  /** Values row by row; a row has `repeat` of them. A missing float is NaN; a missing integer is set in `isMissing`. */
  readonly data: ColumnData;
  /** Values per row (FITS vector columns have more than one). A text counts as one value. */
  readonly repeat: number;
  /** 1 where an integer or text value is missing (FITS TNULL, an empty CSV cell); absent when none is. */
  readonly isMissing?: Uint8Array | undefined;
  /** Unit as the file spells it. */
  readonly unit?: string | undefined;
  readonly ucd?: string | undefined;
  readonly description?: string | undefined;
  /** The same texts as stored, where the file keeps them at a fixed width: `data` is made of them when first asked for. */
  readonly storedTexts?: StoredTexts | undefined;
  /** Longest text in bytes, for FITS `nA`; only for text columns read from FITS. */
  readonly textWidth?: number | undefined;
  /**
   * Values that a row really has, where rows differ (FITS variable-length columns); `repeat` is the longest row's, and
   * what lies beyond a row's own length is filled with NaN, 0 or false.
   */
  readonly lengths?: Int32Array | undefined;
  /** How a FITS file stores the column, kept so that writing it again gives the same TFORM; absent for other files. */
  readonly fits?: FitsStorage | undefined;
}

/** Texts of one width, one after the other, each filled up with blanks. Millions of names take a third of the memory so. */
export interface StoredTexts {
  /** Length rowCount × widthBytes; Latin-1. */
  readonly bytes: Uint8Array;
  readonly widthBytes: number;
}

/** TFORM's letter and scaling of a column: physical value = zero + scale × stored. */
export interface FitsStorage {
  readonly form: 'L' | 'X' | 'B' | 'I' | 'J' | 'K' | 'A' | 'E' | 'D' | 'C' | 'M';
  /** `P` or `Q` where the values lie in the heap, as long as each row needs. */
  readonly descriptor?: 'P' | 'Q' | undefined;
  readonly scale: number;
  readonly zero: number;
  /** TNULL: the stored integer that means "missing". */
  readonly nullValue?: number | bigint | undefined;
  /** TDIM as the file spells it. */
  readonly dimensions?: string | undefined;
}

/** Something that is said of a whole table: a FITS card, a VOTable PARAM, an entry of an ECSV header. */
export interface TableEntry {
  readonly name: string;
  /** Its name in a FITS header, of at most 8 characters; `name` where it is short enough itself. */
  readonly keyword?: string | undefined;
  readonly value: string | number | boolean;
  readonly description?: string | undefined;
}

export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /** EXTNAME or the like. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** What the file says of the table as a whole, in its order; a FITS file's entries go by their keywords. */
  readonly entries?: readonly TableEntry[] | undefined;
  /** Frame of the positions as the file names it (VOTable's COOSYS, `ICRS` or `FK4 B1950`); absent where it names none. */
  readonly skyFrame?: string | undefined;
}

/** The column of that name; the exact spelling wins, then any capitalisation. Undefined where there is none. */
export function findColumn(table: Table, name: string): Column | undefined {
  const lower = name.toLowerCase();
  return (
    table.columns.find((column) => column.name === name) ??
    table.columns.find((column) => column.name.toLowerCase() === lower)
  );
}

/**
 * A scalar column as doubles, length `rowCount`; missing values are NaN. Undefined where the column is not numeric or
 * has more than one value per row.
 */
export function numbersOf(column: Column): Float64Array | undefined {
  if (column.repeat !== 1) return undefined;
  const { data, isMissing } = column;
  if (data instanceof Float64Array && isMissing === undefined) return data;
  if (Array.isArray(data)) return undefined;
  const values = asDoubles(data as NumberData);
  if (isMissing !== undefined) {
    for (let row = 0; row < values.length; row++) if (isMissing[row] === 1) values[row] = Number.NaN;
  }
  return values;
}

type NumberData = Exclude<ColumnData, readonly unknown[]>;

/** A copy that the caller may change. */
function asDoubles(data: NumberData): Float64Array {
  if (!(data instanceof BigInt64Array)) return new Float64Array(data);
  const values = new Float64Array(data.length);
  for (let row = 0; row < values.length; row++) values[row] = Number(data[row]);
  return values;
}

/** A text column, trimmed of trailing blanks; numbers are spelled out, missing values are ''. Undefined for vector columns. */
export function textsOf(column: Column): readonly string[] | undefined {
  if (column.repeat !== 1) return undefined;
  const { data, isMissing } = column;
  // Millions of names that are fine as they are need no copy.
  if (isMissing === undefined && isPlainTexts(data)) return data;
  return Array.from({ length: data.length }, (_, row) => {
    const value = data[row];
    const isEmpty = isMissing?.[row] === 1 || value === undefined || Number.isNaN(value);
    return isEmpty ? '' : String(value).trimEnd();
  });
}

function isPlainTexts(data: ColumnData): data is readonly string[] {
  if (!Array.isArray(data)) return false;
  return data.every((value: unknown) => typeof value === 'string' && !endsBlank(value));
}

/** Looks closely only at what may be a blank: a pattern for each of millions of names takes its time. */
function endsBlank(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  const isGraphicAscii = last > 32 && last < 127;
  return !isGraphicAscii && /\s$/.test(text);
}
