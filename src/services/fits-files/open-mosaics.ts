import { DomainFailure } from '../../core/result/failure.ts';
import { sharedFileHandles } from './file-source.ts';
import type { Mosaic } from './mosaic.ts';
import { openMosaic } from './mosaic.ts';

/** Opened at once: what one waits for on the disk, others use. */
const OPENED_AT_ONCE = 8;

/**
 * Opens mosaics: their headers; pixels are read by window later. They share file handles, so that not all are open at once.
 * @throws DomainFailure naming the first file that cannot be used; none stays open then
 */
export async function openMosaics(paths: readonly string[]): Promise<readonly Mosaic[]> {
  if (paths.length === 0)
    throw new DomainFailure({ kind: 'argument-invalid', name: 'mosaics', why: 'give at least one mosaic' });
  const mosaics: Mosaic[] = [];
  try {
    const handles = sharedFileHandles();
    for (let first = 0; first < paths.length; first += OPENED_AT_ONCE) {
      const some = paths.slice(first, first + OPENED_AT_ONCE);
      const settled = await Promise.allSettled(some.map((path) => openMosaic(path, handles)));
      mosaics.push(...settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
      const refused = settled.find((one) => one.status === 'rejected');
      if (refused !== undefined) throw refused.reason;
    }
    return mosaics;
  } catch (thrown) {
    await closeMosaics(mosaics);
    throw thrown;
  }
}

export async function closeMosaics(mosaics: readonly Mosaic[]): Promise<void> {
  await Promise.all(mosaics.map((mosaic) => mosaic.close()));
}
