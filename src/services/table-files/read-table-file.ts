import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readFitsTable } from '../../core/fits/read-table.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { openFileSource } from '../fits-files/file-source.ts';
import { resolveFitsPath } from '../fits-files/mosaic.ts';
import { parseCsvTable } from './csv-table.ts';

/** Files of these names are read as text; all others are FITS. */
export const TEXT_EXTENSIONS: readonly string[] = ['.csv', '.tsv', '.txt'];

/**
 * Reads a table: CSV or TSV by the file's extension, FITS otherwise: its first table, or the one that `file.fits[1]`
 * or `file.fits[NAME]` names.
 * @throws DomainFailure file-not-found, file-unreadable, file-kind-unknown, or a `fits-…` kind
 */
export async function readTableFile(path: string): Promise<Table> {
  if (TEXT_EXTENSIONS.includes(extname(path).toLowerCase())) return parseCsvTable(await readText(path), path);
  const resolved = await resolveFitsPath(path);
  const source = await openFileSource(resolved.path);
  try {
    return await readFitsTable(source, resolved.selector);
  } finally {
    await source.close();
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
    throw new DomainFailure(
      code === 'ENOENT' ? { kind: 'file-not-found', path } : { kind: 'file-unreadable', path, why: code },
      { cause: thrown },
    );
  }
}
