import type { ColumnSource } from 'hyparquet-writer';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { Column, Table } from '../../core/table/table.ts';
import { votableDescription } from './votable-writer.ts';

/**
 * A table as a Parquet file. Units, UCDs, descriptions and entries stand in the VOTable header that the IVOA's VOParquet
 * convention puts into a Parquet file's metadata. A missing value is null; NaN stays NaN; arrays become lists.
 */
export function parquetBytes(table: Table): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map((column) => sourceOf(column, table.rowCount)),
    schema: [{ name: 'root', num_children: table.columns.length }, ...table.columns.flatMap(schemaOf)],
    kvMetadata: [
      { key: 'IVOA.VOTable-Parquet.version', value: '1.0' },
      { key: 'IVOA.VOTable-Parquet.content', value: votableDescription(table) },
    ],
    createdBy: 'Lobate',
  });
  return new Uint8Array(buffer);
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

function sourceOf(column: Column, rowCount: number): ColumnSource {
  const { name, data, isMissing, repeat, lengths } = column;
  const valueAt = (at: number): unknown => {
    const value = isMissing?.[at] === 1 ? undefined : data[at];
    return typeof value === 'string' ? value.trimEnd() : (value ?? null);
  };
  const rows = isArrayColumn(column)
    ? (row: number): unknown => Array.from({ length: lengths?.[row] ?? repeat }, (_, k) => valueAt(row * repeat + k))
    : valueAt;
  return { name, data: Array.from({ length: rowCount }, (_, row) => rows(row)) };
}
