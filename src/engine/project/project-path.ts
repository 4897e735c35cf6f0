import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { PROJECT_EXTENSION } from '../../services/project-store/project-store.ts';

/**
 * Where the project of a catalogue is kept: beside it, or in the cache where its folder cannot be written to (an archive
 * on a read-only disk).
 */
export async function defaultProjectPath(cataloguePath: string, cacheFolder: string): Promise<string> {
  const stem = basename(cataloguePath, extname(cataloguePath));
  try {
    await access(dirname(cataloguePath), constants.W_OK);
    return join(dirname(cataloguePath), stem + PROJECT_EXTENSION);
  } catch {
    // Two archives may hold catalogues of one name.
    const place = createHash('sha256').update(cataloguePath).digest('hex').slice(0, 8);
    const folder = join(cacheFolder, 'projects');
    await mkdir(folder, { recursive: true });
    return join(folder, `${stem}-${place}${PROJECT_EXTENSION}`);
  }
}

/** Name of the field for people: the catalogue's stem without what says that it is a catalogue. */
export function fieldNameOf(cataloguePath: string): string {
  return basename(cataloguePath, extname(cataloguePath)).replace(/[._-](srl|cat|catalogue|catalog)$/i, '');
}
