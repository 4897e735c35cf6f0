import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputFile } from '../../core/classification/provenance.ts';
import { splitFitsPath } from '../../core/fits/hdu.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { fingerprintOf } from '../project-store/fingerprint.ts';

/** Folders below the given ones that are looked into, and files at the most: a home directory is not searched through. */
const DEPTH = 3;
const MOST_FILES = 200_000;

/**
 * Where the inputs of a list lie now: files of the same size and fingerprint, whatever they are called, in the given
 * folders and three levels below. Their names are tried first.
 * @returns one path per input, in their order, with the selector it had
 * @throws DomainFailure list-input-missing naming the first input that is nowhere
 */
export async function findInputs(inputs: readonly InputFile[], folders: readonly string[]): Promise<readonly string[]> {
  const bySize = await filesBySize(folders, new Set(inputs.map(({ sizeBytes }) => sizeBytes)));
  const fingerprints = new Map<string, string>();
  const fingerprint = async (path: string): Promise<string> => {
    const known = fingerprints.get(path) ?? (await fingerprintOf(path)).fingerprint;
    fingerprints.set(path, known);
    return known;
  };
  const found: string[] = [];
  for (const input of inputs) {
    const name = splitFitsPath(input.name).path;
    const selector = input.name.slice(name.length);
    const candidates = [...(bySize.get(input.sizeBytes) ?? [])].sort(
      (a, b) => Number(b.endsWith(name)) - Number(a.endsWith(name)),
    );
    let path: string | undefined;
    for (const candidate of candidates) {
      if ((await fingerprint(candidate)) !== input.fingerprint) continue;
      path = candidate;
      break;
    }
    if (path === undefined) {
      throw new DomainFailure({
        kind: 'list-input-missing',
        what: `${input.role} ${name}`,
        folders: [...new Set(folders)],
      });
    }
    found.push(path + selector);
  }
  return found;
}

async function filesBySize(
  folders: readonly string[],
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const bySize = new Map<number, string[]>();
  let seen = 0;
  const look = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth > 0 && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
        await look(path, depth - 1);
      } else if (!entry.isDirectory() && seen++ < MOST_FILES) {
        const size = await stat(path).then(
          (status) => (status.isFile() ? status.size : -1),
          () => -1,
        );
        if (wanted.has(size)) bySize.set(size, [...(bySize.get(size) ?? []), path]);
      }
    }
  };
  for (const folder of folders) await look(folder, DEPTH);
  return bySize;
}
