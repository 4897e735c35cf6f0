import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderListing } from '../../contract/schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FolderFence } from './folder-fence.ts';

type Entry = FolderListing['entries'][number];

const KIND_OF_EXTENSION: readonly (readonly [RegExp, Entry['kind']])[] = [
  [/\.(fits|fit|fts)(\.gz|\.fz)?$/i, 'fits'],
  [/\.(csv|tsv|ecsv|vot|votable|xml|parquet)$/i, 'table'],
  [/\.lobate$/i, 'project'],
];

/**
 * Lists a folder for the web host's file browser: folders, FITS files, tables and projects, nothing else, and nothing
 * whose real place lies outside the fence.
 * @param path the first root where undefined
 * @throws DomainFailure `path-not-allowed`, `file-not-found`, `file-unreadable`
 */
export async function listFolder(fence: FolderFence, path: string | undefined): Promise<FolderListing> {
  const folder = await fence.resolve(path ?? fence.roots[0] ?? '');
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    const why = (thrown as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new DomainFailure({ kind: 'file-unreadable', path: folder, why }, { cause: thrown });
  }
  const visible = names.filter((name) => !name.startsWith('.'));
  const entries = await Promise.all(visible.map((name) => entryOf(fence, folder, name)));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent !== folder && fence.holds(parent) ? parent : null,
    roots: [...fence.roots],
    entries: entries.filter((entry) => entry !== undefined).sort(compareEntries),
  };
}

async function entryOf(fence: FolderFence, folder: string, name: string): Promise<Entry | undefined> {
  const path = join(folder, name);
  try {
    if (!fence.holds(await realpath(path))) return undefined;
    const found = await stat(path);
    const kind = found.isDirectory() ? 'folder' : found.isFile() ? kindOf(name) : undefined;
    if (kind === undefined) return undefined;
    return {
      name,
      path,
      kind,
      sizeBytes: kind === 'folder' ? 0 : found.size,
      modifiedAt: found.mtime.toISOString(),
    };
  } catch {
    // A dangling link or a file that went away meanwhile is not there.
    return undefined;
  }
}

function kindOf(name: string): Entry['kind'] | undefined {
  return KIND_OF_EXTENSION.find(([pattern]) => pattern.test(name))?.[1];
}

/** Folders first, then names as people sort them: field 2 before field 10. */
function compareEntries(a: Entry, b: Entry): number {
  const byKind = Number(b.kind === 'folder') - Number(a.kind === 'folder');
  return byKind !== 0 ? byKind : a.name.localeCompare(b.name, 'en', { numeric: true });
}
