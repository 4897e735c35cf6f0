import type { Column, ColumnData, Table } from './table.ts';

/** The rows of a table for which `keep` holds, in their order. Columns keep their types, units and missing marks. */
export function selectRows(table: Table, keep: (row: number) => boolean): Table {
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter(keep);
  return { ...table, rowCount: rows.length, columns: table.columns.map((column) => pickRows(column, rows)) };
}

function pickRows(column: Column, rows: readonly number[]): Column {
  const { repeat, isMissing, lengths } = column;
  // Vector columns hold `repeat` values per row, next to each other.
  const indices = rows.flatMap((row) => Array.from({ length: repeat }, (_, k) => row * repeat + k));
  return {
    ...column,
    data: pickValues(column.data, indices),
    storedTexts: undefined,
    ...(lengths === undefined ? {} : { lengths: Int32Array.from(rows, (row) => lengths[row]!) }),
    isMissing: isMissing === undefined ? undefined : Uint8Array.from(indices, (i) => isMissing[i]!),
  };
}

function pickValues(data: ColumnData, indices: readonly number[]): ColumnData {
  if (data instanceof Float64Array) return Float64Array.from(indices, (i) => data[i]!);
  if (data instanceof Float32Array) return Float32Array.from(indices, (i) => data[i]!);
  if (data instanceof Int32Array) return Int32Array.from(indices, (i) => data[i]!);
  if (data instanceof Int16Array) return Int16Array.from(indices, (i) => data[i]!);
  if (data instanceof Uint8Array) return Uint8Array.from(indices, (i) => data[i]!);
  if (data instanceof BigInt64Array) return BigInt64Array.from(indices, (i) => data[i]!);
  return indices.map((i) => data[i]) as readonly string[] | readonly (boolean | undefined)[];
}
