import type { ColumnData, FitsStorage, StoredTexts } from '../table/table.ts';
import type { Cells } from './cells.ts';
import { latin1Of } from './latin1.ts';
import { roomForTexts, keepTexts, stringsOf } from './stored-texts.ts';
import type { FormLetter } from './table-format.ts';
import { ELEMENT_BYTES, valuesPerElement } from './table-format.ts';

/** Fills one column from stored bytes, many rows at a time. */
export interface ColumnDecoder {
  readonly data: ColumnData;
  readonly storedTexts?: StoredTexts;
  /** 1 where an integer was TNULL; made only when the column has one. */
  readonly isMissing: Uint8Array | undefined;
  /** Decodes the cells into the values from `start` on. */
  decode(cells: Cells, start: number): void;
}

/** UNSIGNED 64-bit integers (TZERO = 2^63) need bigints to come out right before they become doubles. */
const UNSIGNED_64_ZERO = 2 ** 63;

/**
 * The decoder of a column with `valueCount` values in all (texts count one each). Columns with TSCAL or TZERO become
 * doubles, missing ones NaN; the others keep their type.
 * @param textWidth bytes of each text where all have the same; they are then kept as they are until they are wanted
 */
export function columnDecoderOf(storage: FitsStorage, valueCount: number, textWidth?: number): ColumnDecoder {
  const isScaled = storage.scale !== 1 || storage.zero !== 0;
  switch (storage.form) {
    case 'A':
      return textWidth === undefined
        ? textDecoder(valueCount, storage.dimensions !== undefined)
        : fixedTextDecoder(valueCount, textWidth, storage.dimensions !== undefined);
    case 'L':
      return logicalDecoder(valueCount);
    case 'X':
      return bitDecoder(valueCount);
    case 'B':
    case 'I':
    case 'J':
    case 'K':
    case 'E':
    case 'D':
    case 'C':
    case 'M':
      return isScaled ? scaledDecoder(storage, valueCount) : plainDecoder(storage, valueCount);
  }
}

function fixedTextDecoder(valueCount: number, widthBytes: number, hasDimensions: boolean): ColumnDecoder {
  const storedTexts = roomForTexts(valueCount, widthBytes);
  let strings: readonly string[] | undefined;
  return {
    get data() {
      return (strings ??= stringsOf(storedTexts, valueCount));
    },
    storedTexts,
    isMissing: undefined,
    decode: (cells, start) => keepTexts(storedTexts, start, cells, hasDimensions),
  };
}

/** Texts of a variable-length column. */
function textDecoder(valueCount: number, hasDimensions: boolean): ColumnDecoder {
  const data = new Array<string>(valueCount).fill('');
  return {
    data,
    isMissing: undefined,
    decode: ({ view, offset, rows, count, strideBytes }, start) => {
      const stored = roomForTexts(rows, count);
      keepTexts(stored, 0, { view, offset, rows, count, strideBytes }, hasDimensions);
      for (let row = 0; row < rows; row++) {
        data[start + row] = latin1Of(stored.bytes.subarray(row * count, (row + 1) * count)).replace(/ +$/, '');
      }
    },
  };
}

function logicalDecoder(valueCount: number): ColumnDecoder {
  const data = new Array<boolean | undefined>(valueCount).fill(undefined);
  return {
    data,
    isMissing: undefined,
    decode: ({ view, offset, strideBytes, rows, count }, start) => {
      let at = start;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < count; i++) {
          const byte = view.getUint8(offset + row * strideBytes + i);
          data[at++] = byte === 84 ? true : byte === 70 ? false : undefined;
        }
      }
    },
  };
}

function bitDecoder(valueCount: number): ColumnDecoder {
  const data = new Uint8Array(valueCount);
  return {
    data,
    isMissing: undefined,
    decode: ({ view, offset, strideBytes, rows, count }, start) => {
      let at = start;
      for (let row = 0; row < rows; row++) {
        const cell = offset + row * strideBytes;
        for (let i = 0; i < count; i++) data[at++] = (view.getUint8(cell + (i >> 3)) >> (7 - (i & 7))) & 1;
      }
    },
  };
}

function plainDecoder(storage: FitsStorage, valueCount: number): ColumnDecoder {
  const { form, nullValue } = storage;
  const values = numberArrayFor(form, valueCount);
  const isMissing = nullValue === undefined || isFloat(form) ? undefined : new Uint8Array(valueCount);
  const perElement = valuesPerElement(form);
  const bytes = ELEMENT_BYTES[form] / perElement;
  const fill = fillerOf(values);
  return {
    data: values,
    isMissing,
    decode: (cells, start) => {
      const valuesPerCell = cells.count * perElement;
      fill(cells, bytes, start, valuesPerCell);
      if (isMissing === undefined) return;
      for (let i = start; i < start + cells.rows * valuesPerCell; i++) if (values[i] == nullValue) isMissing[i] = 1;
    },
  };
}

type NumberArray = Float64Array | Float32Array | BigInt64Array | Int32Array | Int16Array | Uint8Array;

function numberArrayFor(form: FormLetter, count: number): NumberArray {
  switch (form) {
    case 'B':
      return new Uint8Array(count);
    case 'I':
      return new Int16Array(count);
    case 'J':
      return new Int32Array(count);
    case 'K':
      return new BigInt64Array(count);
    case 'E':
    case 'C':
      return new Float32Array(count);
    default:
      return new Float64Array(count);
  }
}

const isFloat = (form: FormLetter): boolean => ['E', 'D', 'C', 'M'].includes(form);

type Filler = (cells: Cells, bytes: number, start: number, valuesPerCell: number) => void;

/** One loop per type, and down the rows, so that each stays fast: a table is millions of values. */
function fillerOf(values: NumberArray): Filler {
  if (values instanceof Float64Array) {
    return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
      const end = start + rows * valuesPerCell;
      for (let i = 0; i < valuesPerCell; i++) {
        let cell = offset + i * bytes;
        for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes) values[at] = view.getFloat64(cell);
      }
    };
  }
  if (values instanceof Float32Array) {
    return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
      const end = start + rows * valuesPerCell;
      for (let i = 0; i < valuesPerCell; i++) {
        let cell = offset + i * bytes;
        for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes) values[at] = view.getFloat32(cell);
      }
    };
  }
  if (values instanceof BigInt64Array) {
    return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
      const end = start + rows * valuesPerCell;
      for (let i = 0; i < valuesPerCell; i++) {
        let cell = offset + i * bytes;
        for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes)
          values[at] = view.getBigInt64(cell);
      }
    };
  }
  if (values instanceof Int32Array) {
    return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
      const end = start + rows * valuesPerCell;
      for (let i = 0; i < valuesPerCell; i++) {
        let cell = offset + i * bytes;
        for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes) values[at] = view.getInt32(cell);
      }
    };
  }
  if (values instanceof Int16Array) {
    return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
      const end = start + rows * valuesPerCell;
      for (let i = 0; i < valuesPerCell; i++) {
        let cell = offset + i * bytes;
        for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes) values[at] = view.getInt16(cell);
      }
    };
  }
  return ({ view, offset, strideBytes, rows }, bytes, start, valuesPerCell) => {
    const end = start + rows * valuesPerCell;
    for (let i = 0; i < valuesPerCell; i++) {
      let cell = offset + i * bytes;
      for (let at = start + i; at < end; at += valuesPerCell, cell += strideBytes) values[at] = view.getUint8(cell);
    }
  };
}

function scaledDecoder(storage: FitsStorage, valueCount: number): ColumnDecoder {
  const { form, scale, zero, nullValue } = storage;
  const data = new Float64Array(valueCount).fill(Number.NaN);
  const perElement = valuesPerElement(form);
  const isUnsigned64 = form === 'K' && scale === 1 && zero === UNSIGNED_64_ZERO;
  const decode: ColumnDecoder['decode'] = (cells, start) => {
    const valuesPerCell = cells.count * perElement;
    const stored = numberArrayFor(form, cells.rows * valuesPerCell);
    fillerOf(stored)(cells, ELEMENT_BYTES[form] / perElement, 0, valuesPerCell);
    for (let i = 0; i < stored.length; i++) {
      const value = stored[i]!;
      // TZERO shifts the real part of a complex number only (standard §7.3.2).
      const shift = perElement === 2 && i % 2 === 1 ? 0 : zero;
      if (value == nullValue && !isFloat(form)) data[start + i] = Number.NaN;
      else if (isUnsigned64) data[start + i] = Number(BigInt.asUintN(64, (value as bigint) ^ (1n << 63n)));
      else data[start + i] = Number(value) * scale + shift;
    }
  };
  return { data, isMissing: undefined, decode };
}
