import { DomainFailure } from '../../core/result/failure.ts';
import type { Column, ColumnData } from '../../core/table/table.ts';

/** How values are kept: the types of `ColumnData`. */
export type ValueType = 'boolean' | 'uint8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64' | 'text';

/** One value of a cell; undefined is missing. */
export type CellValue = number | bigint | string | boolean | undefined;

export type ColumnDescription = Pick<Column, 'name' | 'unit' | 'ucd' | 'description'>;

/** Collects a column value by value, row by row, where the number of rows is not known beforehand. */
export interface ColumnBuilder {
  /** One more value of the row. */
  push(value: CellValue): void;
  /** The row has all its values. Columns with one value per row need not say so. */
  endRow(): void;
  /** @throws DomainFailure file-unreadable where rows of very different lengths would fill the memory */
  finish(description: ColumnDescription, path: string): Column;
}

/** Values that a column may come to when short rows are filled up: 2 GiB of doubles. */
const MOST_VALUES = 2 ** 28;
const FIRST_CAPACITY = 1024;

type NumberArray = Float64Array | Float32Array | BigInt64Array | Int32Array | Int16Array | Uint8Array;
type NumberType = Exclude<ValueType, 'boolean' | 'text'>;

const ARRAYS: Readonly<Record<NumberType, (length: number) => NumberArray>> = {
  uint8: (length) => new Uint8Array(length),
  int16: (length) => new Int16Array(length),
  int32: (length) => new Int32Array(length),
  int64: (length) => new BigInt64Array(length),
  float32: (length) => new Float32Array(length),
  float64: (length) => new Float64Array(length),
};

/** @param hasArrays whether a row may have another number of values than one */
export function columnBuilder(type: ValueType, hasArrays: boolean): ColumnBuilder {
  const lengths: number[] | undefined = hasArrays ? [] : undefined;
  const isMissing: number[] = [];
  const store = type === 'text' || type === 'boolean' ? listStore(type) : numberStore(type);
  let size = 0;
  let rowStart = 0;
  return {
    push: (value) => {
      if (value === undefined && type !== 'float32' && type !== 'float64' && type !== 'boolean') isMissing.push(size);
      store.set(size++, value);
    },
    endRow: () => {
      lengths?.push(size - rowStart);
      rowStart = size;
    },
    finish: (description, path) => {
      const shape = shapeOf(lengths, size, path);
      const { repeat } = shape;
      const order = shape.lengths === undefined ? undefined : { lengths: shape.lengths, repeat };
      const flags = new Uint8Array(size);
      for (const at of isMissing) flags[at] = 1;
      return {
        ...described(description),
        data: store.finish(size, order),
        repeat,
        ...(isMissing.length === 0 ? {} : { isMissing: order === undefined ? flags : spread(flags, order) }),
        ...(shape.lengths === undefined ? {} : { lengths: shape.lengths }),
      };
    },
  };
}

/** What is known of a column beside its values; empty texts are left out. */
export function described({ name, unit, ucd, description }: ColumnDescription): ColumnDescription {
  return {
    name,
    ...(unit ? { unit } : {}),
    ...(ucd ? { ucd } : {}),
    ...(description ? { description } : {}),
  };
}

interface Shape {
  readonly repeat: number;
  /** Undefined where all rows have `repeat` values. */
  readonly lengths: Int32Array | undefined;
}

interface Spreading {
  readonly lengths: Int32Array;
  readonly repeat: number;
}

function shapeOf(lengths: readonly number[] | undefined, size: number, path: string): Shape {
  if (lengths === undefined) return { repeat: 1, lengths: undefined };
  let repeat = 0;
  for (const length of lengths) repeat = Math.max(repeat, length);
  if (repeat * lengths.length === size) return { repeat, lengths: undefined };
  if (repeat * lengths.length > MOST_VALUES) {
    throw new DomainFailure({ kind: 'file-unreadable', path, why: 'its arrays are too long to be kept in memory' });
  }
  return { repeat, lengths: Int32Array.from(lengths) };
}

interface ValueStore {
  set(at: number, value: CellValue): void;
  finish(size: number, spreading: Spreading | undefined): ColumnData;
}

function listStore(type: 'text' | 'boolean'): ValueStore {
  const values: (string | boolean | undefined)[] = [];
  return {
    set: (at, value) => {
      values[at] = type === 'text' ? String(value ?? '') : (value as boolean | undefined);
    },
    finish: (_, spreading) => {
      if (spreading === undefined) return values as readonly string[];
      const { lengths, repeat } = spreading;
      const filled = new Array<string | boolean>(lengths.length * repeat).fill(type === 'text' ? '' : false);
      forEachSpread(lengths, repeat, (from, to) => {
        filled[to] = values[from]!;
      });
      return filled as readonly string[];
    },
  };
}

function numberStore(type: NumberType): ValueStore {
  let values = ARRAYS[type](FIRST_CAPACITY);
  const missing = type === 'int64' ? 0n : type === 'float32' || type === 'float64' ? Number.NaN : 0;
  return {
    set: (at, value) => {
      if (at === values.length) {
        const larger = ARRAYS[type](values.length * 2);
        larger.set(values as never);
        values = larger;
      }
      values[at] = (value ?? missing) as never;
    },
    finish: (size, spreading) => {
      const exact = values.slice(0, size);
      if (spreading === undefined) return exact;
      const filled = ARRAYS[type](spreading.lengths.length * spreading.repeat);
      if (type === 'float32' || type === 'float64') filled.fill(Number.NaN as never);
      forEachSpread(spreading.lengths, spreading.repeat, (from, to) => {
        filled[to] = exact[from]!;
      });
      return filled;
    },
  };
}

function spread(flags: Uint8Array, { lengths, repeat }: Spreading): Uint8Array {
  const filled = new Uint8Array(lengths.length * repeat);
  forEachSpread(lengths, repeat, (from, to) => {
    filled[to] = flags[from]!;
  });
  return filled;
}

function forEachSpread(lengths: Int32Array, repeat: number, move: (from: number, to: number) => void): void {
  let from = 0;
  lengths.forEach((length, row) => {
    for (let k = 0; k < length; k++) move(from++, row * repeat + k);
  });
}
