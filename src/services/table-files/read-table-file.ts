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

/** PyBDSF's lists: ASCII or FITS under the same names. */
const PYBDSF_ASCII_EXTENSIONS: readonly string[] = ['.srl', '.gaul', '.pybdsf_srl', '.pybdsf_gaul'];

/**
 * Reads a table: CSV, TSV or one of PyBDSF's ASCII lists by the file's extension; FITS otherwise, its first table or
 * the one that `file.fits[1]` or `file.fits[NAME]` names.
 * @throws DomainFailure file-not-found, file-unreadable, file-kind-unknown, or a `fits-…` kind
 */
export async function readTableFile(path: string): Promise<Table> {
  const extension = extname(path).toLowerCase();
  if (TEXT_EXTENSIONS.includes(extension)) return parseCsvTable(await readText(path), path);
  if (PYBDSF_ASCII_EXTENSIONS.includes(extension) && !(await beginsAsFits(path))) {
    return parseCsvTable(await readText(path), path, { separator: 'blanks' });
  }
  const resolved = await resolveFitsPath(path);
  const source = await openFileSource(resolved.path);
  try {
    return await readFitsTable(source, resolved.selector);
  } finally {
    await source.close();
  }
}

async function beginsAsFits(path: string): Promise<boolean> {
  const source = await openFileSource(path);
  try {
    return new TextDecoder('latin1').decode(await source.read(0, 9)) === 'SIMPLE  =';
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
