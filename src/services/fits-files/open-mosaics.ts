import { DomainFailure } from '../../core/result/failure.ts';
import { sharedFileHandles } from './file-source.ts';
import type { Mosaic } from './mosaic.ts';
import { openMosaic } from './mosaic.ts';

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
    for (const path of paths) mosaics.push(await openMosaic(path, handles));
    return mosaics;
  } catch (thrown) {
    await closeMosaics(mosaics);
    throw thrown;
  }
}

export async function closeMosaics(mosaics: readonly Mosaic[]): Promise<void> {
  await Promise.all(mosaics.map((mosaic) => mosaic.close()));
}
