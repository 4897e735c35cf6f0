import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InputFile } from '../../core/classification/provenance.ts';
import { splitFitsPath } from '../../core/fits/hdu.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { fingerprintOf } from '../project-store/fingerprint.ts';

/** Folders below the given ones that are looked into, and files at the most: a home directory is not searched through. */
const DEPTH = 3;
const MOST_FILES = 200_000;

/** Where an input of a list lies now. */
export interface FoundInput {
  /** With the selector it had. */
  readonly path: string;
  /** Only its name is that of the input: its content is another. */
  readonly isChanged: boolean;
}

/**
 * Where the inputs of a list lie now: files of the same size and fingerprint, whatever they are called, in the given
 * folders and three levels below. Their names are tried first. Where no file has the content, one that has the name.
 * @returns one per input, in their order
 * @throws DomainFailure list-input-missing naming the first input that is nowhere
 */
export async function findInputs(
  inputs: readonly InputFile[],
  folders: readonly string[],
): Promise<readonly FoundInput[]> {
  const { bySize, byName } = await filesLike(inputs, folders);
  const fingerprints = new Map<string, string>();
  const fingerprint = async (path: string): Promise<string> => {
    const known = fingerprints.get(path) ?? (await fingerprintOf(path)).fingerprint;
    fingerprints.set(path, known);
    return known;
  };
  const found: FoundInput[] = [];
  for (const input of inputs) {
    const name = splitFitsPath(input.name).path;
    const selector = input.name.slice(name.length);
    const candidates = [...(bySize.get(input.sizeBytes) ?? [])].sort(
      (a, b) => Number(b.endsWith(name)) - Number(a.endsWith(name)),
    );
    let same: string | undefined;
    for (const candidate of candidates) {
      if ((await fingerprint(candidate)) !== input.fingerprint) continue;
      same = candidate;
      break;
    }
    const path = same ?? byName.get(name)?.[0];
    if (path === undefined) {
      throw new DomainFailure({
        kind: 'list-input-missing',
        what: `${input.role} ${name}`,
        folders: [...new Set(folders)],
      });
    }
    found.push({ path: path + selector, isChanged: same === undefined });
  }
  return found;
}

interface FilesLike {
  readonly bySize: ReadonlyMap<number, readonly string[]>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** The files that have the size of one of the inputs, and those that have the name of one. */
async function filesLike(inputs: readonly InputFile[], folders: readonly string[]): Promise<FilesLike> {
  const bySize = new Map<number, string[]>(inputs.map(({ sizeBytes }) => [sizeBytes, []]));
  const byName = new Map<string, string[]>(inputs.map(({ name }) => [splitFitsPath(name).path, []]));
  let seen = 0;
  const look = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth > 0 && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
        await look(path, depth - 1);
      } else if (!entry.isDirectory() && seen++ < MOST_FILES) {
        const status = await stat(path).catch(() => undefined);
        if (status?.isFile() !== true) continue;
        bySize.get(status.size)?.push(path);
        byName.get(basename(path))?.push(path);
      }
    }
  };
  for (const folder of folders) await look(folder, DEPTH);
  return { bySize, byName };
}
