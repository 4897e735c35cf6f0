import { healpixCellOf, healpixCount, healpixSideArcsec } from '../../core/sky/healpix.ts';
import { ByteCache } from './byte-cache.ts';
import { displayRange } from './display-range.ts';
import { coveredPixels, viewOf } from './field-extent.ts';
import { mocFits, propertiesText, tileFits } from './hips-files.ts';
import type { MosaicPyramid, TileSource } from './mosaic-pyramid.ts';
import { openPyramid } from './mosaic-pyramid.ts';
import { addMosaicInPlace, emptyTile, levelFor, TILE_SIDE_PIX, tileValues } from './sample-tile.ts';
import type { TileResponse } from './tile-service-types.ts';

/**
 * Largest pixel of the deepest tiles, as a share of the mosaic's. At 0.54 (order 9 for 1.5″) a 6″ source keeps 97 % of
 * its peak, at 1.07 (order 8) 94 %.
 */
const MAX_TILE_PIXEL_SHARE = 0.85;
const LOWEST_HIPS_ORDER = 3;
const HIGHEST_HIPS_ORDER = 14;
/** 13.7′: fine enough to spare requests around the field, coarse enough to stay a few kilobytes. */
const MOC_ORDER = 8;
/** Memory for the coarse levels of all mosaics together [pixel]; 32 million are 128 MB, one mosaic of 9000² at half scale. */
const STORED_LEVEL_PIXELS = 32e6;

/** One HiPS: answers requests for the files below its root. */
export interface Hips {
  readonly order: number;
  readonly initialView: { readonly raDeg: number; readonly decDeg: number; readonly fovDeg: number };
  /** `file` is the path below the root, as `Norder3/Dir0/Npix12.fits`. */
  answer(file: string): Promise<TileResponse>;
  clear(): void;
}

const FITS = 'application/fits';
const TEXT = 'text/plain; charset=utf-8';

const found = (contentType: string, body: Uint8Array<ArrayBuffer>): TileResponse => ({
  status: 200,
  contentType,
  body,
});
const notFound = (): TileResponse => ({ status: 404, contentType: TEXT, body: new Uint8Array(0) });
const textBytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

interface TileAddress {
  readonly order: number;
  readonly pixel: number;
}

function tileAddressOf(file: string, deepestOrder: number): TileAddress | undefined {
  const match = /^Norder(\d{1,2})\/Dir(\d+)\/Npix(\d+)\.fits$/.exec(file);
  if (match === null) return undefined;
  const order = Number(match[1]);
  const pixel = Number(match[3]);
  if (order > deepestOrder || pixel >= healpixCount(order)) return undefined;
  return { order, pixel };
}

const emptyTileBytes = (): Uint8Array<ArrayBuffer> => tileFits(new Float32Array(TILE_SIDE_PIX ** 2).fill(NaN), 0, 0);

/** The shallowest order whose tile pixels keep the peaks of sources in the finest mosaic. */
export function hipsOrderFor(pixelScaleArcsec: number): number {
  const sidePix = pixelScaleArcsec * MAX_TILE_PIXEL_SHARE * TILE_SIDE_PIX;
  const order = Math.ceil(Math.log2(healpixSideArcsec(0) / sidePix));
  return Math.min(HIGHEST_HIPS_ORDER, Math.max(LOWEST_HIPS_ORDER, order));
}

/** Levels are kept in memory from the first on at which those of all mosaics fit. */
function firstStoredLevel(sources: readonly TileSource[]): number {
  const pixels = sources.reduce((sum, { widthPix, heightPix }) => sum + widthPix * heightPix, 0);
  return Math.max(1, Math.ceil(Math.log2(Math.max(1, (4 / 3) * pixels) / STORED_LEVEL_PIXELS) / 2));
}

/** A HiPS of mosaics, made tile by tile when asked for. Never more than one tile is computed per turn of the event loop. */
export async function openHips(sources: readonly TileSource[], title: string, cacheBytes: number): Promise<Hips> {
  const order = hipsOrderFor(Math.min(...sources.map(({ wcs }) => wcs.pixelScaleArcsec)));
  const initialView = viewOf(sources);
  const cut = await displayRange(sources);
  const properties = textBytes(propertiesText({ title, order, cut, initialView }));
  const stored = firstStoredLevel(sources);
  const pyramids: readonly MosaicPyramid[] = sources.map((source) => openPyramid(source, stored));
  const covered = [...new Set(sources.flatMap((source) => coveredPixels(source, MOC_ORDER)))].sort((a, b) => a - b);
  const moc = mocFits(MOC_ORDER, covered);
  const coveredSet = new Set(covered);
  const noData = emptyTileBytes();
  const cache = new ByteCache(cacheBytes);
  const inProgress = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  let queue: Promise<unknown> = Promise.resolve();

  /** Whether the field has a pixel in the tile, from the coverage alone. */
  function meetsField({ order: tileOrder, pixel }: TileAddress): boolean {
    if (tileOrder >= MOC_ORDER) return coveredSet.has(Math.floor(pixel / 4 ** (tileOrder - MOC_ORDER)));
    const perTile = 4 ** (MOC_ORDER - tileOrder);
    return covered.some((number) => Math.floor(number / perTile) === pixel);
  }

  async function makeTile(address: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
    const cell = healpixCellOf(address.order, address.pixel);
    const tile = emptyTile();
    let hasData = false;
    for (const pyramid of pyramids) hasData = (await addMosaicInPlace(tile, pyramid, cell)) || hasData;
    return hasData ? tileFits(tileValues(tile), address.order, address.pixel) : noData;
  }

  async function inTurn(address: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
    // The first wide tile waits for a pass over the whole mosaic; close tiles do not wait behind it.
    await Promise.all(pyramids.map((pyramid) => pyramid.prepare(levelFor(pyramid, address.order))));
    const made = queue.then(nextTurn).then(() => makeTile(address));
    // The next tile waits for this one, whether it succeeds or not; its own caller sees the failure.
    queue = made.catch(() => undefined);
    return made;
  }

  function queuedTile(file: string, address: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
    const running = inProgress.get(file);
    if (running !== undefined) return running;
    const made = inTurn(address);
    inProgress.set(file, made);
    made.then(
      (bytes) => {
        inProgress.delete(file);
        if (bytes !== noData) cache.set(file, bytes);
      },
      () => inProgress.delete(file),
    );
    return made;
  }

  return {
    order,
    initialView,
    clear: () => cache.clear(),
    async answer(file) {
      if (file === 'properties') return found(TEXT, properties);
      if (file === 'Moc.fits') return found(FITS, moc);
      const address = tileAddressOf(file, order);
      if (address === undefined) return notFound();
      if (!meetsField(address)) return found(FITS, noData);
      return found(FITS, cache.get(file) ?? (await queuedTile(file, address)));
    },
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A sky without data. Aladin Lite falls back to it instead of asking a server on the network for its default survey. */
export function blankHips(): Hips {
  const order = LOWEST_HIPS_ORDER;
  const initialView = { raDeg: 0, decDeg: 0, fovDeg: 180 };
  const properties = textBytes(
    propertiesText({ title: 'Blank sky', order, cut: { low: 0, high: 1 }, initialView }).replace(
      'ivo://lobate/field',
      'ivo://lobate/blank',
    ),
  );
  const noData = emptyTileBytes();
  return {
    order,
    initialView,
    clear: () => undefined,
    answer(file) {
      if (file === 'properties') return Promise.resolve(found(TEXT, properties));
      return Promise.resolve(tileAddressOf(file, order) === undefined ? notFound() : found(FITS, noData));
    },
  };
}
