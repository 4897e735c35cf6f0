import { glob, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';

const IMAGE = /\.(?:fits|fit|fts)(?:\.gz|\.fz)?$/i;
/** What pipelines leave beside a mosaic: maps of the same sky that are no picture of it, and tables. */
const NOT_A_MOSAIC =
  /(?:^|[._-])(?:rms|noise|mask|weights?|resid(?:uals?)?|model|psf|bkg|island|cat|srl|gaul|gaus|comp(?:onents)?|lr|labels?|features)(?=[._-])/i;

/**
 * Mosaics as they are given: files stand for themselves, with their selector; a folder for the FITS images in it, or,
 * where it has none, in the folders in it (one per pointing, as LoTSS keeps them); a pattern with `*` or `?` for what it
 * finds. Names that say noise map, mask, weights, residual, model or catalogue are left out of folders. Sorted, each once.
 * @throws DomainFailure argument-invalid where a folder or a pattern has no mosaics
 */
export async function expandMosaics(given: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of given) {
    const status = await stat(path).catch(() => undefined);
    if (status?.isDirectory()) found.push(...(await mosaicsIn(path)));
    else if (status === undefined && /[*?]/.test(path)) found.push(...(await matching(path)));
    else found.push(path);
  }
  return [...new Set(found)];
}

async function mosaicsIn(folder: string): Promise<readonly string[]> {
  const own = await imagesIn(folder);
  if (own.length > 0) return own;
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = sorted(entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)));
  const below: string[] = [];
  for (const inner of folders) below.push(...(await imagesIn(inner)));
  if (below.length > 0) return below;
  throw new DomainFailure({ kind: 'argument-invalid', name: folder, why: 'there is no FITS image in this folder' });
}

async function imagesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return sorted(names.filter((name) => IMAGE.test(name) && !NOT_A_MOSAIC.test(name) && !name.startsWith('.'))).map(
    (name) => join(folder, name),
  );
}

async function matching(pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern)) if (IMAGE.test(basename(path))) found.push(path);
  if (found.length > 0) return sorted(found);
  throw new DomainFailure({ kind: 'argument-invalid', name: pattern, why: 'no FITS file matches this pattern' });
}

const sorted = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
