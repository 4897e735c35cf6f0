import type { HealpixCell } from '../../core/sky/healpix.ts';
import {
  healpixCellOf,
  healpixCount,
  healpixSideArcsec,
  MAX_HEALPIX_ORDER,
  positionInCell,
} from '../../core/sky/healpix.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { angleDeg, unitVector } from '../fits-files/footprint-index.ts';
import { ByteCache } from './byte-cache.ts';
import { displayRange } from './display-range.ts';
import { coverageOrder, coveredPixels, viewOf } from './field-extent.ts';
import { mocFits, propertiesText, tileFits } from './hips-files.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import type { TileSource } from './tile-source.ts';
import { openPyramid } from './mosaic-pyramid.ts';
import { clearTileInPlace, emptyTile, tileValues } from './level-sampler.ts';
import { addMosaicInPlace, levelFor } from './sample-tile.ts';
import { TILE_SIDE_PIX, tileGrid, tilePixelArcsec } from './tile-grid.ts';
import type { TileResponse } from './tile-service-types.ts';
import { turns } from './turns.ts';

/**
 * Largest pixel of the deepest tiles, as a share of the mosaic's. At 0.54 (order 9 for 1.5″) a 6″ source keeps 97 % of
 * its peak, at 1.07 (order 8) 94 %.
 */
const MAX_TILE_PIXEL_SHARE = 0.85;
const LOWEST_HIPS_ORDER = 3;
const HIGHEST_HIPS_ORDER = 14;
/** 13.7′: fine enough to spare requests around the field, coarse enough to stay a few kilobytes. */
const FINEST_MOC_ORDER = 8;
/** No corner of a HEALPix pixel is farther from its middle, in sides of a square of its area. */
const CELL_RADIUS_SIDES = 1.15;
/** Pixels of all mosaics together that are read before the first wide tile: one of 9000². Of more, some rows come first. */
const READ_PIXELS = 100e6;
/** Mosaics whose levels are made at once: while one is averaged, others are being read. */
const LEVELS_IN_PROGRESS = 4;
/** Memory for the coarse levels of all mosaics together [pixel]; 32 million are 128 MB, one mosaic of 9000² at half scale. */
const STORED_LEVEL_PIXELS = 32e6;

/** One HiPS: answers requests for the files below its root. */
export interface Hips {
  readonly order: number;
  readonly initialView: { readonly raDeg: number; readonly decDeg: number; readonly fovDeg: number };
  /** Limits that the properties name [unit of the tiles]. */
  readonly cut: { readonly low: number; readonly high: number };
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
/** Aladin Lite asks for this preview of the whole sky, and the browser would log a 404 each time: there is none. */
const ALLSKY = /^Norder\d\/Allsky\.fits$/;
const nothing = (): TileResponse => ({ status: 204, contentType: FITS, body: new Uint8Array(0) });
const notFound = (): TileResponse => ({ status: 404, contentType: TEXT, body: new Uint8Array(0) });
const textBytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

interface TileAddress {
  readonly order: number;
  readonly pixel: number;
}

const TILE_NAME = /^Norder(\d{1,2})\/Dir(\d+)\/Npix(\d+)\.fits$/;
/** Whether a file below the root of any HiPS is one of its tiles. */
export const isTileName = (file: string): boolean => tileAddressOf(file) !== undefined;

function tileAddressOf(file: string): TileAddress | undefined {
  const match = TILE_NAME.exec(file);
  if (match === null) return undefined;
  const order = Number(match[1]);
  const pixel = Number(match[3]);
  return order <= MAX_HEALPIX_ORDER && pixel < healpixCount(order) ? { order, pixel } : undefined;
}

const emptyTileBytes = (): Uint8Array<ArrayBuffer> => tileFits(new Float32Array(TILE_SIDE_PIX ** 2).fill(NaN), 0, 0);

/** The shallowest order whose tile pixels keep the peaks of sources in the finest mosaic. */
export function hipsOrderFor(pixelScaleArcsec: number): number {
  const sidePix = pixelScaleArcsec * MAX_TILE_PIXEL_SHARE * TILE_SIDE_PIX;
  const order = Math.ceil(Math.log2(healpixSideArcsec(0) / sidePix));
  return Math.min(HIGHEST_HIPS_ORDER, Math.max(LOWEST_HIPS_ORDER, order));
}

const pixelCount = (sources: readonly TileSource[]): number =>
  sources.reduce((sum, { widthPix, heightPix }) => sum + widthPix * heightPix, 0);

/** Whether there are too many pixels to read them all before the first wide tile. */
export const isSketched = (sources: readonly TileSource[]): boolean => pixelCount(sources) > READ_PIXELS;

/** Pyramids of the mosaics; the levels that are kept fit into memory together. */
export function openPyramids(sources: readonly TileSource[]): readonly MosaicPyramid[] {
  const pixels = pixelCount(sources);
  // A level has a quarter of the pixels of the one before: all that are kept are a third more than the first.
  const firstStoredLevel = Math.max(1, Math.ceil(Math.log2(Math.max(1, (4 / 3) * pixels) / STORED_LEVEL_PIXELS) / 2));
  const inTurn = turns(LEVELS_IN_PROGRESS);
  const options = { firstStoredLevel, isSketched: isSketched(sources), inTurn };
  return sources.map((source) => openPyramid(source, options));
}

/** A HiPS of mosaics, made tile by tile when asked for. Never more than one tile is computed per turn of the event loop. */
export function openHips(sources: readonly TileSource[], title: string, cacheBytes: number): Promise<Hips> {
  return openHipsOf(openPyramids(sources), title, new ByteCache(cacheBytes), '');
}

/**
 * As `openHips`, of pyramids and with a cache that other layers of the field use too.
 * @param name tells its tiles from theirs in the cache
 */
export async function openHipsOf(
  pyramids: readonly MosaicPyramid[],
  title: string,
  cache: ByteCache,
  name: string,
): Promise<Hips> {
  const sources = pyramids.map(({ source }) => source);
  const order = hipsOrderFor(Math.min(...sources.map(({ wcs }) => wcs.pixelScaleArcsec)));
  const initialView = viewOf(sources);
  const cut = await displayRange(sources);
  const properties = textBytes(propertiesText({ title, order, cut, initialView }));
  let coverage: Promise<Coverage> | undefined;
  /** Half a second for hundreds of mosaics: worked out when the first tile is asked for, not while the field is opened. */
  const covered = (): Promise<Coverage> => (coverage ??= coverageOf(sources));
  const noData = emptyTileBytes();
  const tile = emptyTile();
  const coarseTiles = new WeakSet<Uint8Array<ArrayBuffer>>();
  const inProgress = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  let queue: Promise<unknown> = Promise.resolve();

  async function makeTile(address: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
    const cell = healpixCellOf(address.order, address.pixel);
    const grid = tileGrid(cell);
    clearTileInPlace(tile);
    let [hasData, isCoarse] = [false, false];
    for (const pyramid of pyramidsNear(cell, pyramids)) {
      isCoarse ||= pyramid.isCoarse && levelFor(pyramid, grid.pixelArcsec) >= pyramid.firstStoredLevel;
      hasData = (await addMosaicInPlace(tile, pyramid, grid)) || hasData;
    }
    if (!hasData) return noData;
    const bytes = tileFits(tileValues(tile), address.order, address.pixel);
    if (isCoarse) coarseTiles.add(bytes);
    return bytes;
  }

  async function inTurn(address: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
    // The first wide tile waits for a pass over the whole mosaic; close tiles do not wait behind it.
    const near = pyramidsNear(healpixCellOf(address.order, address.pixel), pyramids);
    await Promise.all(near.map((pyramid) => pyramid.prepare(levelFor(pyramid, tilePixelArcsec(address.order)))));
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
        if (bytes !== noData) cache.set(`${name}${file}`, bytes);
      },
      () => inProgress.delete(file),
    );
    return made;
  }

  return {
    order,
    initialView,
    cut,
    clear: () => cache.clear(),
    async answer(file) {
      if (file === 'properties') return found(TEXT, properties);
      if (file === 'Moc.fits') return found(FITS, (await covered()).moc);
      if (ALLSKY.test(file)) return nothing();
      const address = tileAddressOf(file);
      if (address === undefined) return notFound();
      // What the properties do not promise holds no data either; a missing tile would be drawn as 0 all over.
      if (address.order > order || !meetsField(address, await covered())) return found(FITS, noData);
      const bytes = cache.get(`${name}${file}`) ?? (await queuedTile(file, address));
      return coarseTiles.has(bytes) ? { ...found(FITS, bytes), isProvisional: true } : found(FITS, bytes);
    },
  };
}

/** Where a field has pixels: HEALPix pixels of one order. */
interface Coverage {
  readonly order: number;
  readonly pixels: ReadonlySet<number>;
  readonly moc: Uint8Array<ArrayBuffer>;
}

async function coverageOf(sources: readonly TileSource[]): Promise<Coverage> {
  const order = coverageOrder(sources, FINEST_MOC_ORDER);
  const pixels = new Set<number>();
  for (const source of sources) {
    for (const pixel of coveredPixels(source, order)) pixels.add(pixel);
    await nextTurn();
  }
  const moc = mocFits(
    order,
    [...pixels].sort((a, b) => a - b),
  );
  return { order, pixels, moc };
}

/** Whether the field has a pixel in the tile, from the coverage alone. */
function meetsField({ order: tileOrder, pixel }: TileAddress, { order, pixels }: Coverage): boolean {
  if (tileOrder >= order) return pixels.has(Math.floor(pixel / 4 ** (tileOrder - order)));
  const perTile = 4 ** (order - tileOrder);
  return [...pixels].some((number) => Math.floor(number / perTile) === pixel);
}

/** Those that may have a pixel in a tile, by the caps that hold them; undefined caps may be anywhere. */
function pyramidsNear(cell: HealpixCell, pyramids: readonly MosaicPyramid[]): readonly MosaicPyramid[] {
  const { ra, dec }: SkyPosition = positionInCell(cell, 0.5, 0.5);
  const middle = unitVector(ra, dec);
  const reachDeg = (CELL_RADIUS_SIDES * healpixSideArcsec(cell.order)) / 3600;
  return pyramids.filter(({ cap }) => cap === undefined || angleDeg(cap.centre, middle) <= cap.radiusDeg + reachDeg);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A sky without data. Aladin Lite falls back to it instead of asking a server on the network for its default survey. */
export function blankHips(): Hips {
  const order = LOWEST_HIPS_ORDER;
  const initialView = { raDeg: 0, decDeg: 0, fovDeg: 180 };
  const cut = { low: 0, high: 1 };
  const properties = textBytes(
    propertiesText({ title: 'Blank sky', order, cut, initialView }).replace('ivo://lobate/field', 'ivo://lobate/blank'),
  );
  const noData = emptyTileBytes();
  const moc = mocFits(order, []);
  return {
    order,
    initialView,
    cut,
    clear: () => undefined,
    answer(file) {
      if (file === 'properties') return Promise.resolve(found(TEXT, properties));
      if (file === 'Moc.fits') return Promise.resolve(found(FITS, moc));
      if (ALLSKY.test(file)) return Promise.resolve(nothing());
      return Promise.resolve(tileAddressOf(file) === undefined ? notFound() : found(FITS, noData));
    },
  };
}
