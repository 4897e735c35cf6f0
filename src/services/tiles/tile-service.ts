import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { sharedFileHandles } from '../fits-files/file-source.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import { openMosaic } from '../fits-files/mosaic.ts';
import { blankHips, openHips } from './hips.ts';
import type { TileSource } from './mosaic-pyramid.ts';
import type { TileService, TileServiceOptions } from './tile-service-types.ts';

const ROOT = '/hips/';
/** Path segment of the sky without data; it is there whether a field is open or not. */
const BLANK_KEY = 'blank';

/** Changes when a mosaic is another file or was written again. */
async function keyOf(mosaicPaths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const given of mosaicPaths) {
    const { path } = await resolveFitsPath(given);
    const { size, mtimeMs } = await stat(path);
    hash.update(`${given}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Values in mJy/beam where every mosaic's unit is known; otherwise as they are in the files. */
function tileSourceOf(mosaic: Mosaic, hasKnownUnits: boolean): TileSource {
  return {
    wcs: mosaic.wcs,
    widthPix: mosaic.widthPix,
    heightPix: mosaic.heightPix,
    scale: hasKnownUnits ? (mosaic.unitScaleToMjyPerBeam ?? 1) : 1,
    readWindow: (window) => mosaic.readPixels(window),
  };
}

/**
 * Opens the field's mosaics for display. With no mosaics it serves the blank sky alone.
 * @throws DomainFailure what `openMosaic` throws
 */
export async function createTileService({ mosaicPaths, cacheBytes }: TileServiceOptions): Promise<TileService> {
  const mosaics: Mosaic[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(mosaics.map((mosaic) => mosaic.close()));
  };
  try {
    const handles = sharedFileHandles();
    for (const path of mosaicPaths) mosaics.push(await openMosaic(path, handles));
    const blank = blankHips();
    const hasKnownUnits = mosaics.every(({ unitScaleToMjyPerBeam }) => unitScaleToMjyPerBeam !== undefined);
    const sources = mosaics.map((mosaic) => tileSourceOf(mosaic, hasKnownUnits));
    const title = mosaics.map(({ name }) => name).join(', ');
    const field = sources.length === 0 ? undefined : await openHips(sources, title, cacheBytes);
    const key = field === undefined ? BLANK_KEY : await keyOf(mosaicPaths);
    return {
      key,
      initialView: (field ?? blank).initialView,
      unit: hasKnownUnits ? 'mJy/beam' : (mosaics[0]?.unit ?? ''),
      async handle(pathname) {
        if (!pathname.startsWith(ROOT)) return undefined;
        const slash = pathname.indexOf('/', ROOT.length);
        const asked = pathname.slice(ROOT.length, slash);
        if (slash < 0) return undefined;
        const file = pathname.slice(slash + 1);
        if (asked === BLANK_KEY) return blank.answer(file);
        return asked === key ? field?.answer(file) : undefined;
      },
      async close() {
        field?.clear();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
