import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';

/** The folders a window may look into. Every path is resolved first, so that no link leads out. */
export interface FolderFence {
  /** Real paths of the folders, without repeats. */
  readonly roots: readonly string[];
  /** Whether a path that is already real lies inside. */
  holds(realPath: string): boolean;
  /**
   * The real path of a file or folder inside.
   * @throws DomainFailure `path-not-allowed` outside, or where an absent path could be outside; `file-not-found` inside
   */
  resolve(path: string): Promise<string>;
}

/** @param folders folders that exist; others are left out */
export async function createFolderFence(folders: readonly string[]): Promise<FolderFence> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => undefined)));
  const roots = [...new Set(real.filter((path) => path !== undefined))];
  const holds = (realPath: string): boolean => roots.some((root) => isInside(root, realPath));
  return {
    roots,
    holds,
    async resolve(path) {
      const resolved = await realpath(path).catch(() => undefined);
      if (resolved !== undefined && holds(resolved)) return resolved;
      // Whether a file exists elsewhere is nobody's business: absent and forbidden read the same outside.
      const isPlainlyInside = isAbsolute(path) && !path.split(/[/\\]/).includes('..') && holds(path);
      if (resolved === undefined && isPlainlyInside) throw new DomainFailure({ kind: 'file-not-found', path });
      throw new DomainFailure({ kind: 'path-not-allowed', path });
    },
  };
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
