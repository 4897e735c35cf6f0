import type { ColumnData, FitsStorage } from '../table/table.ts';
import type { FormLetter } from './table-format.ts';
import { ELEMENT_BYTES, valuesPerElement } from './table-format.ts';

/** Fills one column from stored bytes, `count` elements at a time. */
export interface ColumnDecoder {
  readonly data: ColumnData;
  /** 1 where an integer was TNULL; made only when the column has one. */
  readonly isMissing: Uint8Array | undefined;
  /** Decodes `count` elements at byte `offset` into the values from `start` on. */
  decode(view: DataView, offset: number, start: number, count: number): void;
}

/** UNSIGNED 64-bit integers (TZERO = 2^63) need bigints to come out right before they become doubles. */
const UNSIGNED_64_ZERO = 2 ** 63;

/**
 * The decoder of a column with `valueCount` values in all (texts count one each). Columns with TSCAL or TZERO become
 * doubles, missing ones NaN; the others keep their type.
 */
export function columnDecoderOf(storage: FitsStorage, valueCount: number): ColumnDecoder {
  const isScaled = storage.scale !== 1 || storage.zero !== 0;
  switch (storage.form) {
    case 'A':
      return textDecoder(valueCount, storage.dimensions !== undefined);
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

function textDecoder(valueCount: number, hasDimensions: boolean): ColumnDecoder {
  const data = new Array<string>(valueCount).fill('');
  return {
    data,
    isMissing: undefined,
    decode: (view, offset, start, count) => {
      let end = count;
      // NUL ends a text; in an array of texts (TDIM) it only pads one of them.
      if (!hasDimensions) for (end = 0; end < count && view.getUint8(offset + end) !== 0;) end++;
      while (end > 0 && (view.getUint8(offset + end - 1) === 32 || view.getUint8(offset + end - 1) === 0)) end--;
      let text = '';
      for (let i = 0; i < end; i++) text += String.fromCharCode(view.getUint8(offset + i) || 32);
      data[start] = text;
    },
  };
}

function logicalDecoder(valueCount: number): ColumnDecoder {
  const data = new Array<boolean | undefined>(valueCount).fill(undefined);
  return {
    data,
    isMissing: undefined,
    decode: (view, offset, start, count) => {
      for (let i = 0; i < count; i++) {
        const byte = view.getUint8(offset + i);
        data[start + i] = byte === 84 ? true : byte === 70 ? false : undefined;
      }
    },
  };
}

function bitDecoder(valueCount: number): ColumnDecoder {
  const data = new Uint8Array(valueCount);
  return {
    data,
    isMissing: undefined,
    decode: (view, offset, start, count) => {
      for (let i = 0; i < count; i++) data[start + i] = (view.getUint8(offset + (i >> 3)) >> (7 - (i & 7))) & 1;
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
    decode: (view, offset, start, count) => {
      const valuesHere = count * perElement;
      fill(view, offset, bytes, start, valuesHere);
      if (isMissing === undefined) return;
      for (let i = start; i < start + valuesHere; i++) if (values[i] == nullValue) isMissing[i] = 1;
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

type Filler = (view: DataView, offset: number, bytes: number, start: number, count: number) => void;

/** One loop per type, so that each stays fast: a table is millions of values. */
function fillerOf(values: NumberArray): Filler {
  if (values instanceof Float64Array) {
    return (view, offset, bytes, start, count) => {
      for (let i = 0; i < count; i++) values[start + i] = view.getFloat64(offset + i * bytes);
    };
  }
  if (values instanceof Float32Array) {
    return (view, offset, bytes, start, count) => {
      for (let i = 0; i < count; i++) values[start + i] = view.getFloat32(offset + i * bytes);
    };
  }
  if (values instanceof BigInt64Array) {
    return (view, offset, bytes, start, count) => {
      for (let i = 0; i < count; i++) values[start + i] = view.getBigInt64(offset + i * bytes);
    };
  }
  if (values instanceof Int32Array) {
    return (view, offset, bytes, start, count) => {
      for (let i = 0; i < count; i++) values[start + i] = view.getInt32(offset + i * bytes);
    };
  }
  if (values instanceof Int16Array) {
    return (view, offset, bytes, start, count) => {
      for (let i = 0; i < count; i++) values[start + i] = view.getInt16(offset + i * bytes);
    };
  }
  return (view, offset, bytes, start, count) => {
    for (let i = 0; i < count; i++) values[start + i] = view.getUint8(offset + i * bytes);
  };
}

function scaledDecoder(storage: FitsStorage, valueCount: number): ColumnDecoder {
  const { form, scale, zero, nullValue } = storage;
  const data = new Float64Array(valueCount).fill(Number.NaN);
  const perElement = valuesPerElement(form);
  const isUnsigned64 = form === 'K' && scale === 1 && zero === UNSIGNED_64_ZERO;
  const decode: ColumnDecoder['decode'] = (view, offset, start, count) => {
    const valuesHere = count * perElement;
    const stored = numberArrayFor(form, valuesHere);
    fillerOf(stored)(view, offset, ELEMENT_BYTES[form] / perElement, 0, valuesHere);
    for (let i = 0; i < valuesHere; i++) {
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
