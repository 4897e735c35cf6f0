import type { ColumnSource } from 'hyparquet-writer';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { OnRows, RowSpan } from '../../core/table/row-spans.ts';
import { rowSpans } from '../../core/table/row-spans.ts';
import type { Column, Table } from '../../core/table/table.ts';
import { votableDescription } from './votable-writer.ts';

/** Rows in a row group: a group is made in one piece, of 50 columns in about a tenth of a second. */
const ROWS_PER_GROUP = 8192;

/**
 * A table as a Parquet file, in pieces. Units, UCDs, descriptions and entries stand in the VOTable header that the IVOA's
 * VOParquet convention puts into a Parquet file's metadata. A missing value is null; NaN stays NaN; arrays become lists.
 */
export function* parquetPieces(table: Table, onRows?: OnRows): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: table.columns.length }, ...table.columns.flatMap(schemaOf)],
    kvMetadata: [
      { key: 'IVOA.VOTable-Parquet.version', value: '1.0' },
      { key: 'IVOA.VOTable-Parquet.content', value: votableDescription(table) },
    ],
    createdBy: 'Lobate',
  });
  for (const rows of rowSpans(table.rowCount, onRows, ROWS_PER_GROUP)) {
    // Nothing is awaited: these bytes are written to memory.
    void file.write({
      columnData: table.columns.map((column) => sourceOf(column, rows)),
      rowGroupSize: ROWS_PER_GROUP,
    });
    yield taken(bytes);
  }
  void file.finish();
  yield taken(bytes);
}

/** What was written since the last time; `offset`, which the file's own addresses are made of, goes on counting. */
function taken(bytes: ByteWriter): Uint8Array<ArrayBuffer> {
  const piece = bytes.getBytes().slice();
  bytes.index = 0;
  return piece;
}

const isArrayColumn = ({ repeat, lengths }: Column): boolean => repeat !== 1 || lengths !== undefined;

function schemaOf(column: Column): readonly SchemaElement[] {
  const { name } = column;
  const value = valueSchema(column);
  if (!isArrayColumn(column)) return [{ name, repetition_type: 'OPTIONAL', ...value }];
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', ...value },
  ];
}

function valueSchema({ data }: Column): Pick<SchemaElement, 'type' | 'converted_type'> {
  if (data instanceof Float64Array) return { type: 'DOUBLE' };
  if (data instanceof Float32Array) return { type: 'FLOAT' };
  if (data instanceof BigInt64Array) return { type: 'INT64' };
  if (data instanceof Int32Array) return { type: 'INT32' };
  if (data instanceof Int16Array) return { type: 'INT32', converted_type: 'INT_16' };
  if (data instanceof Uint8Array) return { type: 'INT32', converted_type: 'UINT_8' };
  const values: readonly (string | boolean | undefined)[] = data;
  return typeof values.find((value) => value !== undefined) === 'boolean'
    ? { type: 'BOOLEAN' }
    : { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
}

function sourceOf(column: Column, { start, end }: RowSpan): ColumnSource {
  const { name, data, isMissing, repeat, lengths } = column;
  const isFloat = data instanceof Float64Array || data instanceof Float32Array;
  if (isFloat && isMissing === undefined && !isArrayColumn(column)) {
    return { name, data: data.subarray(start, end) };
  }
  const valueAt = (at: number): unknown => {
    const value = isMissing?.[at] === 1 ? undefined : data[at];
    return typeof value === 'string' ? value.trimEnd() : (value ?? null);
  };
  const cellAt = isArrayColumn(column)
    ? (row: number): unknown => Array.from({ length: lengths?.[row] ?? repeat }, (_, k) => valueAt(row * repeat + k))
    : valueAt;
  return { name, data: Array.from({ length: end - start }, (_, index) => cellAt(start + index)) };
}
