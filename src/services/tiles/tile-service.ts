import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ImageLevels } from '../../core/display/image-levels.ts';
import { footprintIndex } from '../fits-files/footprint-index.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import type { Hips } from './hips.ts';
import { ByteCache } from './byte-cache.ts';
import { blankHips, openHipsOf, openPyramids } from './hips.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import type { TileSource } from './tile-source.ts';
import { pixelAt } from './pixel-at.ts';
import { sampleLevels } from './sample-levels.ts';
import type { TileService, TileServiceOptions } from './tile-service-types.ts';

/** Path segment of the sky without data; it is there whether a field is open or not. */
const BLANK_KEY = 'blank';

/** Changes when a mosaic is another file or was written again. */
async function keyOf(mosaics: readonly Mosaic[]): Promise<string> {
  const states = await Promise.all(
    mosaics.map(async ({ path: given }) => {
      const { path } = await resolveFitsPath(given);
      const { size, mtimeMs } = await stat(path);
      return `${given}\0${size}\0${mtimeMs}\0`;
    }),
  );
  return createHash('sha256').update(states.join('')).digest('hex').slice(0, 16);
}

/** Values in mJy/beam where every mosaic's unit is known; otherwise as they are in the files. */
function tileSourceOf(mosaic: Mosaic, hasKnownUnits: boolean): TileSource {
  return {
    wcs: mosaic.wcs,
    widthPix: mosaic.widthPix,
    heightPix: mosaic.heightPix,
    scale: hasKnownUnits ? (mosaic.unitScaleToMjyPerBeam ?? 1) : 1,
    readWindow: (window, into) => mosaic.readPixels(window, into),
  };
}

/** Layers of single mosaics that stay open; opening one again costs a look at its noise. */
const MOST_LAYERS = 8;

/** The HiPS of single mosaics, opened when asked for. */
function openLayers(
  mosaics: readonly Mosaic[],
  pyramids: readonly MosaicPyramid[],
  cache: ByteCache,
): (index: number) => Promise<Hips> | undefined {
  const open = new Map<number, Promise<Hips>>();
  return (index) => {
    const [mosaic, pyramid] = [mosaics[index], pyramids[index]];
    if (mosaic === undefined || pyramid === undefined) return undefined;
    const layer = open.get(index) ?? openHipsOf([pyramid], mosaic.name, cache, `${index}/`);
    open.delete(index);
    open.set(index, layer);
    const [oldest] = open.keys();
    if (open.size > MOST_LAYERS) open.delete(oldest!);
    return layer;
  };
}

/** Opens the field's mosaics for display. With no mosaics it serves the blank sky alone. */
export async function createTileService({ mosaics, cacheBytes }: TileServiceOptions): Promise<TileService> {
  const blank = blankHips();
  const hasKnownUnits = mosaics.every(({ unitScaleToMjyPerBeam }) => unitScaleToMjyPerBeam !== undefined);
  const sources = mosaics.map((mosaic) => tileSourceOf(mosaic, hasKnownUnits));
  const pyramids = openPyramids(sources);
  const cache = new ByteCache(cacheBytes);
  const field = sources.length === 0 ? undefined : await openHipsOf(pyramids, titleOf(mosaics), cache, '');
  const layer = openLayers(mosaics, pyramids, cache);
  const key = field === undefined ? BLANK_KEY : await keyOf(mosaics);
  const index = footprintIndex(mosaics);
  const levels = new Map<number | undefined, Promise<ImageLevels | undefined>>();
  return {
    key,
    initialView: (field ?? blank).initialView,
    unit: hasKnownUnits ? 'mJy/beam' : (mosaics[0]?.unit ?? ''),
    async handle(pathname) {
      const { name, number, file } = addressOf(pathname) ?? {};
      if (file === undefined) return undefined;
      if (name === BLANK_KEY) return blank.answer(file);
      if (name !== key || field === undefined) return undefined;
      return (number === undefined ? field : await layer(number))?.answer(file);
    },
    levels(mosaic) {
      const measured =
        levels.get(mosaic) ?? sampleLevels(mosaic === undefined ? sources : sources.slice(mosaic, mosaic + 1));
      levels.set(mosaic, measured);
      // A disk that failed once may answer the next time.
      measured.catch(() => levels.delete(mosaic));
      return measured;
    },
    async pixelAt(position, mosaic) {
      const single = mosaic === undefined ? undefined : mosaics.slice(mosaic, mosaic + 1);
      return pixelAt(
        single ?? mosaics,
        single === undefined ? index : { near: () => single.map((_, at) => at) },
        position,
      );
    },
    close: () => cache.clear(),
  };
}

/** Names of the mosaics, the first few where there are many. */
function titleOf(mosaics: readonly Mosaic[]): string {
  const names = mosaics.slice(0, 3).map(({ name }) => name);
  return mosaics.length > 3 ? `${names.join(', ')} and ${mosaics.length - 3} more` : names.join(', ');
}

/** The HiPS that a path is below, and the file in it: `/hips/<key>/…`, or `/hips/<key>.2/…` for the third mosaic alone. */
function addressOf(pathname: string): { name: string; number: number | undefined; file: string } | undefined {
  const [, name, number, file] = /^\/hips\/([^/.]+)(?:\.(\d{1,5}))?\/(.*)$/.exec(pathname) ?? [];
  if (name === undefined || file === undefined) return undefined;
  return { name, number: number === undefined ? undefined : Number(number), file };
}
