/** Exported Parquet files against Apache's Rust reader: every cell, every type, every note. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table as ArrowTable } from 'apache-arrow';
import { tableFromIPC } from 'apache-arrow';
import { ParquetFile, readParquet } from 'parquet-wasm/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Column } from '../../src/core/table/table.ts';
import { votableDescription } from '../../src/services/table-writers/votable-writer.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { SAMPLE_TABLE } from '../services/table-writers/sample-table.ts';

let folder: string;
let bytes: Uint8Array<ArrayBuffer>;
let arrow: ArrowTable;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-parquet-'));
  const path = join(folder, 'sample.parquet');
  await writeTableFile(path, SAMPLE_TABLE);
  bytes = new Uint8Array(readFileSync(path));
  arrow = tableFromIPC(readParquet(bytes).intoIPCStream());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a cell of ours has to be to another reader: null where it is missing, a list where the column is one. */
function cellsOf({ data, isMissing, repeat, lengths }: Column): readonly unknown[] {
  const valueAt = (at: number): unknown => (isMissing?.[at] === 1 ? null : data[at]);
  return Array.from({ length: SAMPLE_TABLE.rowCount }, (_, row) =>
    repeat === 1 && lengths === undefined
      ? valueAt(row)
      : Array.from({ length: lengths?.[row] ?? repeat }, (__, k) => valueAt(row * repeat + k)),
  );
}

test('columns stand in their order, each with its type', () => {
  expect(arrow.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual([
    ['Source_Name', 'Utf8'],
    ['RA', 'Float64'],
    ['Tiny', 'Float64'],
    ['Single', 'Float32'],
    ['Infinite', 'Float32'],
    ['Long', 'Int64'],
    ['Int', 'Int32'],
    ['Short', 'Int16'],
    ['Byte', 'Uint8'],
    ['Flag', 'Bool'],
    ['Vector', 'List<Float64>'],
    ['Ragged', 'List<Float32>'],
  ]);
});

test.each(SAMPLE_TABLE.columns.map((column) => [column.name, column] as const))(
  'every cell of %s is the same, to the last bit',
  (name, column) => {
    const found = arrow.getChild(name)!;
    const cells = Array.from({ length: arrow.numRows }, (_, row): unknown => {
      const value: unknown = found.get(row);
      const isList = column.repeat !== 1 || column.lengths !== undefined;
      return isList ? [...(value as Iterable<unknown>)] : value;
    });
    // toEqual tells -0 from 0, and NaN from null.
    expect(cells).toEqual(cellsOf(column));
  },
);

test('units, UCDs, descriptions and provenance are in the notes that the IVOA gives such files', async () => {
  const file = await ParquetFile.fromFile(new Blob([bytes]));
  const notes = file.metadata().fileMetadata().keyValueMetadata() as ReadonlyMap<string, string>;
  expect(Object.fromEntries(notes)).toMatchObject({
    'IVOA.VOTable-Parquet.version': '1.0',
    'IVOA.VOTable-Parquet.content': votableDescription(SAMPLE_TABLE),
  });
  expect(file.metadata().fileMetadata().createdBy()).toBe('Lobate');
});
