import { readFile, stat } from 'node:fs/promises';
import type { ColumnShare } from '../../core/fits/read-table.ts';
import { readFitsTable } from '../../core/fits/read-table.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { openFileSource } from '../fits-files/file-source.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import { parseCsvTable } from './csv-table.ts';
import { withCsvwMetadata } from './csvw-schema.ts';
import { parseEcsvTable } from './ecsv-table.ts';
import { readParquetTable } from './parquet-table.ts';
import type { TableFormat } from './table-format.ts';
import { FORMAT_BYTES, tableFormatOf } from './table-format.ts';
import { parseVotable } from './votable-table.ts';

export interface ReadFileOptions {
  /** So many rows from the beginning are enough; formats that are not read row by row give all the same. */
  readonly rows?: number | undefined;
  /** Only this share of a FITS table's columns. Tables of other formats come whole in the first share. */
  readonly share?: ColumnShare | undefined;
}

/**
 * Reads a table: FITS (its first table, or the one that `file.fits[1]` or `file.fits[NAME]` names), VOTable, CSV, TSV,
 * ECSV, Parquet, or one of PyBDSF's ASCII lists.
 * @throws DomainFailure file-not-found, file-unreadable, file-kind-unknown, or a `fits-…` kind
 */
export async function readTableFile(path: string, options: ReadFileOptions = {}): Promise<Table> {
  const resolved = await resolveFitsPath(path);
  switch (await tableFormat(resolved.path)) {
    case 'CSV':
    case 'TSV':
      return withCsvwMetadata(parseCsvTable(await readText(path), path), path);
    case 'PyBDSF list':
      return parseCsvTable(await readText(path), path, { separator: 'blanks' });
    case 'ECSV':
      return parseEcsvTable(await readText(path), path);
    case 'VOTable':
      return parseVotable(await readBytes(path), path);
    case 'Parquet':
      return withSource(path, readParquetTable);
    case 'FITS':
      return withSource(resolved.path, (source) => readFitsTable(source, resolved.selector, options));
  }
}

/** Which format a file has. @throws DomainFailure file-not-found, file-unreadable */
export function tableFormat(path: string): Promise<TableFormat> {
  return withSource(path, async (source) => tableFormatOf(path, await source.read(0, FORMAT_BYTES)));
}

async function withSource<T>(
  path: string,
  action: (source: Awaited<ReturnType<typeof openFileSource>>) => Promise<T>,
): Promise<T> {
  const source = await openFileSource(path);
  try {
    return await action(source);
  } finally {
    await source.close();
  }
}

/** Of V8: more characters make no string. */
const LONGEST_TEXT_BYTES = 2 ** 29 - 24;
/** Of Node's `readFile`. */
const LARGEST_FILE_BYTES = 2 ** 31 - 1;

async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, LONGEST_TEXT_BYTES));
}

/** @throws DomainFailure file-unreadable, for more bytes than `most` with what to do */
async function readBytes(path: string, most = LARGEST_FILE_BYTES): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= most) return await readFile(path);
  } catch (thrown) {
    const why = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
    throw new DomainFailure({ kind: 'file-unreadable', path, why }, { cause: thrown });
  }
  const why = `it is larger than ${Math.round(most / 2 ** 20)} MiB, too long for a table in text; convert it to FITS or Parquet`;
  throw new DomainFailure({ kind: 'file-unreadable', path, why });
}
