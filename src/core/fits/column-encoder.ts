import { DomainFailure } from '../result/failure.ts';
import type { RowSpan } from '../table/row-spans.ts';
import type { Column, FitsStorage } from '../table/table.ts';
import { writeLatin1 } from './latin1.ts';
import type { FormLetter } from './table-format.ts';
import { ELEMENT_BYTES, storedBytes, valuesPerElement } from './table-format.ts';

/** Where a column's cells of some rows go: `bytes` are those rows, the column begins `columnOffset` into each. */
export interface RowStrip extends RowSpan {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly columnOffset: number;
  readonly rowBytes: number;
  /** Offset of this column's share within the heap. */
  readonly heapOffset: number;
}

/** A column ready to be written. */
export interface ColumnEncoder {
  readonly column: Column;
  readonly storage: FitsStorage;
  /** TFORM. */
  readonly form: string;
  readonly widthBytes: number;
  readonly heapBytes: number;
  encodeRows(strip: RowStrip): void;
  /** What those rows have in the heap; empty where the column has nothing there. */
  encodeHeap(rows: RowSpan): Uint8Array<ArrayBuffer>;
}

/** @throws DomainFailure 'argument-invalid' when the data are not `rowCount` × `repeat` long */
export function columnEncoderOf(column: Column, rowCount: number): ColumnEncoder {
  if (column.data.length !== rowCount * column.repeat) {
    const why = `${column.data.length} values do not fill ${rowCount} rows of ${column.repeat}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: `column ${column.name}`, why });
  }
  const storage = withNullValue(column, storageOf(column));
  return storage.descriptor === undefined
    ? fixedEncoder(column, storage)
    : variableEncoder(column, storage, storage.descriptor, rowCount);
}

/** How the file stored it, if its data still are of that type; else what the data's type asks for. */
function storageOf(column: Column): FitsStorage {
  const own = formOfData(column);
  const { fits } = column;
  const plain: FitsStorage = { form: own, scale: 1, zero: 0 };
  if (fits === undefined) return plain;
  const isScaled = fits.scale !== 1 || fits.zero !== 0;
  const expected = isScaled ? 'D' : ({ X: 'B', C: 'E', M: 'D' } as Partial<Record<FormLetter, FormLetter>>)[fits.form];
  if ((expected ?? fits.form) !== own) return plain;
  // A fixed-length column keeps no descriptor that its data have lost.
  if (fits.descriptor !== undefined && column.lengths === undefined && own !== 'A') return plain;
  return fits;
}

function formOfData({ data, textWidth, fits }: Column): FormLetter {
  if (data instanceof Float64Array) return 'D';
  if (data instanceof Float32Array) return 'E';
  if (data instanceof BigInt64Array) return 'K';
  if (data instanceof Int32Array) return 'J';
  if (data instanceof Int16Array) return 'I';
  if (data instanceof Uint8Array) return 'B';
  const example = (data as readonly (string | boolean | undefined)[]).find((value) => value !== undefined);
  if (example === undefined) return fits?.form === 'A' || textWidth !== undefined ? 'A' : 'L';
  return typeof example === 'string' ? 'A' : 'L';
}

/** Smallest values of the integer forms: what TNULL becomes where a column with missing values has none yet. */
const NULL_CANDIDATES: Partial<Record<FormLetter, bigint>> = { B: 255n, I: -32768n, J: -2147483648n, K: -(2n ** 63n) };

/** Gives a column with missing integers a TNULL that none of its values has. */
function withNullValue(column: Column, storage: FitsStorage): FitsStorage {
  const first = NULL_CANDIDATES[storage.form];
  if (first === undefined || storage.nullValue !== undefined) return storage;
  const isScaled = storage.scale !== 1 || storage.zero !== 0;
  const data = column.data;
  const hasMissing = isScaled
    ? (data as Float64Array).some((value) => Number.isNaN(value))
    : column.isMissing?.includes(1) === true;
  if (!hasMissing) return storage;
  const taken = new Set<bigint>();
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number | bigint;
    if (column.isMissing?.[i] === 1 || (typeof value === 'number' && Number.isNaN(value))) continue;
    taken.add(isScaled ? BigInt(Math.round((Number(value) - storage.zero) / storage.scale)) : BigInt(value));
  }
  const step = storage.form === 'B' ? -1n : 1n;
  let candidate = first;
  while (taken.has(candidate)) candidate += step;
  const isSafe = candidate >= BigInt(Number.MIN_SAFE_INTEGER);
  return { ...storage, nullValue: isSafe ? Number(candidate) : candidate };
}

function fixedEncoder(column: Column, storage: FitsStorage): ColumnEncoder {
  const { form } = storage;
  const longest = form === 'A' ? longestText(column.data as readonly string[]) : 0;
  // At least 1A for a column of empty texts: astropy cannot read the 0A that FITS allows.
  const count = form === 'A' ? Math.max(column.textWidth ?? 1, longest) : column.repeat / valuesPerElement(form);
  const widthBytes = storedBytes(form, count);
  const write = valueWriter(column, storage);
  return {
    column,
    storage,
    form: count === 1 && form !== 'A' ? form : `${count}${form}`,
    widthBytes,
    heapBytes: 0,
    encodeRows: ({ view, bytes, columnOffset, rowBytes, start, end }) => {
      for (let row = start; row < end; row++) {
        const offset = (row - start) * rowBytes + columnOffset;
        if (form === 'A') bytes.fill(32, offset, offset + widthBytes);
        write(view, bytes, offset, row * column.repeat, column.repeat);
      }
    },
    encodeHeap: () => new Uint8Array(0),
  };
}

function variableEncoder(column: Column, storage: FitsStorage, descriptor: 'P' | 'Q', rowCount: number): ColumnEncoder {
  const { form } = storage;
  const perElement = valuesPerElement(form);
  const texts = form === 'A' ? (column.data as readonly string[]) : undefined;
  const elementsOf = (row: number): number =>
    texts === undefined ? (column.lengths?.[row] ?? column.repeat) / perElement : texts[row]!.length;
  // Where each row's share of the heap begins; the last one is where all of them end.
  const heapStart = new Float64Array(rowCount + 1);
  let longest = 0;
  for (let row = 0; row < rowCount; row++) {
    heapStart[row + 1] = heapStart[row]! + storedBytes(form, elementsOf(row));
    longest = Math.max(longest, elementsOf(row));
  }
  const write = valueWriter(column, storage);
  const isWide = descriptor === 'Q';
  return {
    column,
    storage,
    form: `1${descriptor}${form}(${longest})`,
    widthBytes: isWide ? 16 : 8,
    heapBytes: heapStart[rowCount]!,
    encodeRows: ({ view, columnOffset, rowBytes, heapOffset, start, end }) => {
      for (let row = start; row < end; row++) {
        const offset = (row - start) * rowBytes + columnOffset;
        const at = heapOffset + heapStart[row]!;
        if (isWide) {
          view.setBigInt64(offset, BigInt(elementsOf(row)));
          view.setBigInt64(offset + 8, BigInt(at));
        } else {
          view.setUint32(offset, elementsOf(row));
          view.setUint32(offset + 4, at);
        }
      }
    },
    encodeHeap: ({ start, end }) => {
      const bytes = new Uint8Array(heapStart[end]! - heapStart[start]!);
      const view = new DataView(bytes.buffer);
      for (let row = start; row < end; row++) {
        const count = texts === undefined ? elementsOf(row) * perElement : 1;
        write(view, bytes, heapStart[row]! - heapStart[start]!, row * column.repeat, count);
      }
      return bytes;
    },
  };
}

function longestText(texts: readonly string[]): number {
  let longest = 0;
  for (const text of texts) longest = Math.max(longest, text.length);
  return longest;
}

/** Writes `count` values of the column, from `start` on, at a byte offset. */
type ValueWriter = (view: DataView, bytes: Uint8Array, offset: number, start: number, count: number) => void;

function valueWriter(column: Column, storage: FitsStorage): ValueWriter {
  const { form } = storage;
  const { data, isMissing } = column;
  switch (form) {
    case 'A': {
      const texts = data as readonly string[];
      return (_view, bytes, offset, start) => {
        if (isMissing?.[start] !== 1) writeLatin1(texts[start]!, bytes, offset);
      };
    }
    case 'L': {
      const logicals = data as readonly (boolean | undefined)[];
      return (_view, bytes, offset, start, count) => {
        for (let i = 0; i < count; i++) {
          const value = isMissing?.[start + i] === 1 ? undefined : logicals[start + i];
          bytes[offset + i] = value === undefined ? 0 : value ? 84 : 70;
        }
      };
    }
    case 'X': {
      const bits = data as Uint8Array;
      return (_view, bytes, offset, start, count) => {
        for (let i = 0; i < count; i++) if (bits[start + i] === 1) bytes[offset + (i >> 3)]! |= 128 >> (i & 7);
      };
    }
    default:
      return numberWriter(column, storage);
  }
}

function numberWriter({ data, isMissing }: Column, storage: FitsStorage): ValueWriter {
  const { form, scale, zero, nullValue } = storage;
  const perElement = valuesPerElement(form);
  const bytesPerValue = ELEMENT_BYTES[form] / perElement;
  const isScaled = scale !== 1 || zero !== 0;
  const isFloat = NULL_CANDIDATES[form] === undefined;
  const put = putterOf(form);
  const storedOf = (index: number): number | bigint => {
    const value = data[index] as number | bigint;
    const missing = isMissing?.[index] === 1 || (isScaled && Number.isNaN(value));
    if (missing) return isFloat ? Number.NaN : (nullValue ?? 0);
    if (!isScaled) return value;
    // TZERO shifts the real part of a complex number only.
    const shift = perElement === 2 && index % 2 === 1 ? 0 : zero;
    if (form === 'K')
      return BigInt.asIntN(64, BigInt(Math.round(Number(value) / scale)) - BigInt(Math.round(shift / scale)));
    const stored = (Number(value) - shift) / scale;
    return isFloat ? stored : Math.round(stored);
  };
  return (view, _bytes, offset, start, count) => {
    for (let i = 0; i < count; i++) put(view, offset + i * bytesPerValue, storedOf(start + i));
  };
}

function putterOf(form: FormLetter): (view: DataView, offset: number, value: number | bigint) => void {
  switch (form) {
    case 'B':
      return (view, offset, value) => view.setUint8(offset, Number(value));
    case 'I':
      return (view, offset, value) => view.setInt16(offset, Number(value));
    case 'J':
      return (view, offset, value) => view.setInt32(offset, Number(value));
    case 'K':
      return (view, offset, value) => view.setBigInt64(offset, BigInt(value));
    case 'E':
    case 'C':
      return (view, offset, value) => view.setFloat32(offset, Number(value));
    default:
      return (view, offset, value) => view.setFloat64(offset, Number(value));
  }
}
