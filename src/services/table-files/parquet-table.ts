import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { parquetMetadataAsync, parquetRead } from 'hyparquet';
import type { ByteSource } from '../../core/fits/byte-source.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import { messageOf } from '../../core/result/message-of.ts';
import type { Column, Table } from '../../core/table/table.ts';
import type { CellValue, ColumnBuilder, ColumnDescription, ValueType } from './column-builder.ts';
import { columnBuilder } from './column-builder.ts';
import { readEcsvHeader } from './ecsv-table.ts';
import { parseVotable } from './votable-table.ts';

/** What hyparquet does not unpack itself, by Node. LZ4 and LZO are refused with its own sentence. */
const COMPRESSORS: Compressors = {
  GZIP: (input) => new Uint8Array(gunzipSync(input)),
  BROTLI: (input) => new Uint8Array(brotliDecompressSync(input)),
  ZSTD: (input) => new Uint8Array(zstdDecompressSync(input)),
};

/**
 * A Parquet file as a table. Units, UCDs and descriptions come from the VOTable header of a VOParquet file or the ECSV
 * header that astropy writes; other Parquet files have none. Lists become vector columns; times, decimals and
 * structures become texts.
 * @throws DomainFailure file-unreadable
 */
export async function readParquetTable(source: ByteSource): Promise<Table> {
  const path = source.name;
  const file: AsyncBuffer = {
    byteLength: source.sizeBytes,
    slice: async (start, end = source.sizeBytes) => {
      const from = start < 0 ? source.sizeBytes + start : start;
      const bytes = await source.read(from, end - from);
      return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
    },
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const { descriptions, entries } = headerOf(metadata, path);
    const schema = topColumns(metadata);
    const columns: Column[] = [];
    for (const element of schema) {
      // Column by column, so that only one of them is held as JavaScript values beside the finished ones.
      const { name } = element;
      const plan = planOf(element, metadata);
      const builder = columnBuilder(plan.type, plan.isList);
      const chunks: { readonly start: number; readonly values: ArrayLike<unknown> }[] = [];
      await parquetRead({
        file,
        metadata,
        columns: [name],
        compressors: COMPRESSORS,
        onChunk: ({ columnData, rowStart }) => chunks.push({ start: rowStart, values: columnData }),
      });
      chunks.sort((a, b) => a.start - b.start);
      for (const { values } of chunks) pushAll(builder, values, plan);
      columns.push(builder.finish(descriptions.get(name) ?? { name }, path));
    }
    return { rowCount: Number(metadata.num_rows), columns, ...(entries === undefined ? {} : { entries }) };
  } catch (thrown) {
    if (domainErrorOf(thrown) !== undefined) throw thrown;
    const why = messageOf(thrown);
    throw new DomainFailure({ kind: 'file-unreadable', path, why }, { cause: thrown });
  }
}

interface ColumnPlan {
  readonly type: ValueType;
  readonly isList: boolean;
}

/** The columns of the first level; what lies below them belongs to lists and structures. */
function topColumns({ schema }: FileMetaData): SchemaElement[] {
  const columns: SchemaElement[] = [];
  for (let at = 1; at < schema.length; at += sizeOf(schema, at)) columns.push(schema[at]!);
  return columns;
}

function sizeOf(schema: readonly SchemaElement[], at: number): number {
  let size = 1;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) size += sizeOf(schema, at + size);
  return size;
}

function planOf(element: SchemaElement, { schema }: FileMetaData): ColumnPlan {
  const at = schema.indexOf(element);
  const below = schema.slice(at, at + sizeOf(schema, at));
  const leaves = below.filter(({ num_children }) => num_children === undefined);
  const isList = below.some(({ repetition_type }) => repetition_type === 'REPEATED');
  const type = leaves.length === 1 ? valueType(leaves[0]!) : 'text';
  return type === 'text' ? { type, isList: false } : { type, isList };
}

function valueType({ type, converted_type, logical_type }: SchemaElement): ValueType {
  const meaning = logical_type?.type ?? converted_type;
  if (/^(?:DATE|TIME|TIMESTAMP|DECIMAL|INTERVAL)/.test(meaning ?? '')) return 'text';
  switch (type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT32':
      if (converted_type === 'UINT_32') return 'int64';
      if (converted_type === 'UINT_8') return 'uint8';
      return converted_type === 'INT_16' || converted_type === 'INT_8' ? 'int16' : 'int32';
    case 'INT64':
      return 'int64';
    case 'FLOAT':
      return 'float32';
    case 'DOUBLE':
      return 'float64';
    default:
      return meaning === 'FLOAT16' ? 'float32' : 'text';
  }
}

function pushAll(builder: ColumnBuilder, values: ArrayLike<unknown>, plan: ColumnPlan): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (plan.isList) {
      for (const item of flatten(value)) builder.push(cellValue(item, plan.type));
      builder.endRow();
    } else {
      builder.push(cellValue(value, plan.type));
    }
  }
}

function flatten(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) || ArrayBuffer.isView(value)
    ? Array.from(value as ArrayLike<unknown>).flatMap(flatten)
    : [value];
}

function cellValue(value: unknown, type: ValueType): CellValue {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'int64':
      return BigInt(value as bigint | number);
    case 'text':
      if (typeof value === 'string') return value;
      if (value instanceof Uint8Array) return new TextDecoder().decode(value);
      if (value instanceof Date) return value.toISOString();
      return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
    case 'boolean':
      return Boolean(value);
    default:
      return Number(value);
  }
}

interface ParquetHeader {
  /** By the column's name. */
  readonly descriptions: ReadonlyMap<string, ColumnDescription>;
  readonly entries?: Table['entries'];
}

/** What the file's own header says of its columns, and of the table as a whole. */
function headerOf(metadata: FileMetaData, path: string): ParquetHeader {
  const texts = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value ?? '']));
  const votable = texts.get('IVOA.VOTable-Parquet.content');
  if (votable !== undefined) {
    const { columns, entries } = parseVotable(new TextEncoder().encode(votable), path);
    return { descriptions: new Map(columns.map((column) => [column.name, column])), entries };
  }
  const yaml = texts.get('table_meta_yaml');
  if (yaml === undefined) return { descriptions: new Map() };
  const { columns, entries } = readEcsvHeader(yaml.split('\n'), path);
  return { descriptions: new Map(columns.map((column) => [column.name, column])), entries };
}
