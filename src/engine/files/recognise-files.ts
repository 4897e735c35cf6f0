import { open } from 'node:fs/promises';
import type { OpenRequest } from '../../contract/schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { expandMosaics } from '../../services/fits-files/expand-mosaics.ts';
import { inspectFile } from '../../services/table-files/inspect-file.ts';

/** What files that were given in any order make together. */
export type RecognisedFiles =
  { readonly kind: 'project'; readonly path: string } | { readonly kind: 'field'; readonly request: OpenRequest };

type FileRole = 'project' | 'mosaic' | 'catalogue' | 'gaussians' | 'lr';

const SQLITE_MAGIC = 'SQLite format 3\0';

/**
 * Tells mosaics, catalogue, Gaussians, likelihood ratios and projects apart by what is in them, not by their names.
 * @throws DomainFailure `argument-invalid` where they do not make a field; `file-…` and `fits-…` of single files
 */
export async function recogniseFiles(paths: readonly string[]): Promise<RecognisedFiles> {
  const found: { role: FileRole; path: string }[] = [];
  for (const path of await expandMosaics(paths)) found.push({ role: await roleOf(path), path });
  const pathsOf = (role: FileRole): string[] => found.filter((file) => file.role === role).map(({ path }) => path);

  const [project] = pathsOf('project');
  if (project !== undefined) {
    if (paths.length > 1) refuse('give a project alone, or mosaics and a catalogue');
    return { kind: 'project', path: project };
  }
  const mosaics = pathsOf('mosaic');
  const [catalogue, secondCatalogue] = pathsOf('catalogue');
  if (mosaics.length === 0) refuse('none of them is a mosaic (a FITS image); give one with the catalogue');
  if (catalogue === undefined) {
    return refuse('none of them is a source catalogue (a table with one row per source); give one with the mosaic');
  }
  if (secondCatalogue !== undefined) refuse(`${catalogue} and ${secondCatalogue} are both source catalogues; give one`);
  const [gaussians] = pathsOf('gaussians');
  const [lr] = pathsOf('lr');
  return {
    kind: 'field',
    request: {
      mosaics,
      catalogue,
      ...(gaussians === undefined ? {} : { gaussians }),
      ...(lr === undefined ? {} : { lr }),
    },
  };
}

function refuse(why: string): never {
  throw new DomainFailure({ kind: 'argument-invalid', name: 'files', why });
}

async function roleOf(path: string): Promise<FileRole> {
  if (await isSqlite(path)) return 'project';
  const summary = await inspectFile(path);
  if (summary.kind === 'table') return roleOfTable(summary.columns.map(({ name }) => name));
  if (summary.hdus.some((hdu) => hdu.image !== null)) return 'mosaic';
  const table = summary.hdus.find(({ columns }) => columns.length > 0);
  if (table === undefined) {
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a mosaic, a catalogue or a project' });
  }
  return roleOfTable(table.columns.map(({ name }) => name));
}

/** A Gaussian catalogue numbers its Gaussians; a table of likelihood ratios has no sizes. */
function roleOfTable(columnNames: readonly string[]): FileRole {
  const names = new Set(columnNames.map((name) => name.toLowerCase()));
  if (names.has('gaus_id')) return 'gaussians';
  return names.has('lr') && !names.has('maj') ? 'lr' : 'catalogue';
}

async function isSqlite(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  // A file that cannot be opened gets its sentence from the reader that comes next.
  if (file === undefined) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(SQLITE_MAGIC.length), 0, SQLITE_MAGIC.length, 0);
    return buffer.toString('latin1') === SQLITE_MAGIC;
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
