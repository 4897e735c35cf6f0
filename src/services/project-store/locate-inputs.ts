import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fingerprintOf } from './fingerprint.ts';
import type { ProjectInput } from './inputs.ts';

/** A search that goes no farther ends; nobody keeps a survey in more. */
const MOST_FILES = 200_000;
const DEEPEST = 8;

/**
 * Finds moved inputs again in a folder and those below it: by size first, then by fingerprint, so that only files that
 * may be the one are read. A file of another name is found too.
 * @returns where each input is now; an input that was not found is left out
 */
export async function locateInputs(
  missing: readonly ProjectInput[],
  folder: string,
): Promise<ReadonlyMap<ProjectInput, string>> {
  const found = new Map<ProjectInput, string>();
  if (missing.length === 0) return found;
  const sizes = new Set(missing.map(({ sizeBytes }) => sizeBytes));
  const candidates: { path: string; sizeBytes: number }[] = [];
  for await (const path of filesBelow(folder)) {
    const size = await stat(path).then(
      (file) => file.size,
      () => undefined,
    );
    if (size !== undefined && sizes.has(size)) candidates.push({ path, sizeBytes: size });
  }
  const prints = new Map<string, string>();
  for (const input of missing) {
    const ofSize = candidates.filter(({ sizeBytes }) => sizeBytes === input.sizeBytes);
    // The file of the old name is looked at first: of two equal files it is the one that was meant.
    ofSize.sort(
      (a, b) => Number(basename(b.path) === basename(input.path)) - Number(basename(a.path) === basename(input.path)),
    );
    for (const { path } of ofSize) {
      const print =
        prints.get(path) ??
        (await fingerprintOf(path).then(
          ({ fingerprint }) => fingerprint,
          () => '',
        ));
      prints.set(path, print);
      if (print !== input.fingerprint) continue;
      found.set(input, path);
      break;
    }
  }
  return found;
}

/** Files of a folder and of those below it, folders nearest first. Links are not followed: they may lead in circles. */
async function* filesBelow(top: string): AsyncGenerator<string> {
  const folders = [{ path: top, depth: 0 }];
  let count = 0;
  for (const { path, depth } of folders) {
    const entries = await readdir(path, { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries) {
      const place = join(path, entry.name);
      if (entry.isDirectory() && depth < DEEPEST && !entry.name.startsWith('.'))
        folders.push({ path: place, depth: depth + 1 });
      if (!entry.isFile()) continue;
      count += 1;
      if (count > MOST_FILES) return;
      yield place;
    }
  }
}
