import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ImageLevels } from '../../core/display/image-levels.ts';
import { footprintIndex } from '../fits-files/footprint-index.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import { glimpseOf } from './glimpse.ts';
import type { Hips } from './hips.ts';
import { ByteCache } from './byte-cache.ts';
import { blankHips, isSketched, isTileName, openHipsOf, openPyramids } from './hips.ts';
import type { LevelThreads } from './level-threads.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import type { TileSource } from './tile-source.ts';
import { refinement } from './refinement.ts';
import { pixelAt } from './pixel-at.ts';
import { refuseCancelled } from '../threads/in-turn.ts';
import { sampleLevels } from './sample-levels.ts';
import type { TileService, TileServiceOptions } from './tile-service-types.ts';

/** Path segment of the sky without data; it is there whether a field is open or not. */
const BLANK_KEY = 'blank';

/** Room on the disk of a file that has a header and no pixels [byte]. */
const MOST_HEADER_BYTES = 65_536;
/** A smaller mosaic is averaged in less time than a thread takes to start. */
const PIXELS_WORTH_THREADS = 9e6;
/** What `stat` counts room in [byte], whatever the disk's own blocks. */
const STAT_BLOCK_BYTES = 512;

const isWorthThreads = ({ widthPix, heightPix }: Mosaic): boolean => widthPix * heightPix >= PIXELS_WORTH_THREADS;

interface FileState {
  /** Changes when the mosaic is another file or was written again. */
  readonly key: string;
  readonly isHole: boolean;
}

async function stateOf({ path: given }: Mosaic): Promise<FileState> {
  const { path } = await resolveFitsPath(given);
  const { size, mtimeMs, blocks } = await stat(path);
  const isHole = blocks * STAT_BLOCK_BYTES <= MOST_HEADER_BYTES && size > 2 * MOST_HEADER_BYTES;
  return { key: `${given}\0${size}\0${mtimeMs}\0`, isHole };
}

const keyOf = (files: readonly FileState[]): string =>
  createHash('sha256')
    .update(files.map(({ key }) => key).join(''))
    .digest('hex')
    .slice(0, 16);

/** Values in mJy/beam where every mosaic's unit is known; otherwise as they are in the files. */
function tileSourceOf(
  mosaic: Mosaic,
  { isHole, hasKnownUnits }: { readonly isHole: boolean; readonly hasKnownUnits: boolean },
  threads: LevelThreads | undefined,
  closing: AbortSignal,
): TileSource {
  const { path, wcs, widthPix, heightPix } = mosaic;
  const scale = hasKnownUnits ? (mosaic.unitScaleToMjyPerBeam ?? 1) : 1;
  return {
    isHole,
    wcs,
    widthPix,
    heightPix,
    scale,
    ...(threads !== undefined &&
      isWorthThreads(mosaic) && {
        levelsOf: (factor, sizes, rowsPerBlock) =>
          untilClosed(closing, () => threads.levelsOf({ path, scale, factor, sizes, rowsPerBlock })),
      }),
    async readWindow(window, into) {
      // Whoever closes the field closes its files next: what still reads in the background must not open them again.
      refuseCancelled(closing);
      return mosaic.readPixels(window, into);
    },
  };
}

/** The threads end with the field, in the middle of their work. */
async function untilClosed<T>(closing: AbortSignal, work: () => Promise<T>): Promise<T> {
  refuseCancelled(closing);
  return work().catch((thrown: unknown) => {
    refuseCancelled(closing);
    throw thrown;
  });
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
export async function createTileService({ mosaics, cacheBytes, threads }: TileServiceOptions): Promise<TileService> {
  const blank = blankHips();
  const hasKnownUnits = mosaics.every(({ unitScaleToMjyPerBeam }) => unitScaleToMjyPerBeam !== undefined);
  const files = await Promise.all(mosaics.map(stateOf));
  const closing = new AbortController();
  if (!mosaics.some(isWorthThreads)) threads?.close();
  const sources = mosaics.map((mosaic, index) =>
    tileSourceOf(mosaic, { isHole: files[index]!.isHole, hasKnownUnits }, threads, closing.signal),
  );
  const pyramids = openPyramids(sources);
  // The first view shows the whole field: what it is made from is read while the window is still being laid out. Where that
  // fails, whoever asks for the tile is told.
  const glimpsed = Promise.allSettled(pyramids.map((pyramid) => pyramid.beginGlimpse()));
  const widest = Promise.allSettled(pyramids.map((pyramid) => pyramid.prepare(pyramid.levelCount - 1)));
  const cache = new ByteCache(cacheBytes);
  const field = sources.length === 0 ? undefined : await openHipsOf(pyramids, titleOf(mosaics), cache, '');
  const layer = openLayers(mosaics, pyramids, cache);
  const key = field === undefined ? BLANK_KEY : keyOf(files);
  const index = footprintIndex(mosaics);
  const requests = requestCount();
  const refining = refinement(pyramids, requests.untilNone, () => cache.clear());
  const levels = new Map<number | undefined, Promise<ImageLevels | undefined>>();
  return {
    key,
    initialView: (field ?? blank).initialView,
    unit: hasKnownUnits ? 'mJy/beam' : (mosaics[0]?.unit ?? ''),
    firstView: Promise.all([glimpsed, widest]).then(() => undefined),
    async untilGlimpsed() {
      // A sketch is all that there is of many mosaics for now: their glimpse is made of it too.
      await (isSketched(sources) ? widest : glimpsed);
      await requests.untilNone();
    },
    async handle(pathname) {
      const { name, number, file } = addressOf(pathname) ?? {};
      if (file === undefined) return undefined;
      if (name === BLANK_KEY) return blank.answer(file);
      // Aladin draws a tile that is missing as 0 all over: what it still asks of a field that was closed is blank sky.
      if (name !== key || field === undefined) {
        return isTileName(file) ? { ...(await blank.answer(file)), isProvisional: true } : undefined;
      }
      const answer = await requests.during(async () =>
        (number === undefined ? field : await layer(number))?.answer(file),
      );
      refining.wake();
      return answer;
    },
    async glimpse(view) {
      if (field === undefined) return undefined;
      const values = await requests.during(() => glimpseOf(pyramids, view));
      return { values, cut: field.cut };
    },
    overview: () => (isSketched(sources) ? refining.state() : undefined),
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
    close() {
      closing.abort();
      threads?.close();
      refining.close();
      cache.clear();
    },
  };
}

/** Counts what is being answered, so that something less urgent can wait until nothing is. */
function requestCount(): { during<T>(answer: () => Promise<T>): Promise<T>; readonly untilNone: () => Promise<void> } {
  let running = 0;
  let waiting: (() => void)[] = [];
  return {
    async during(answer) {
      running++;
      try {
        return await answer();
      } finally {
        running--;
        if (running === 0) {
          for (const go of waiting) go();
          waiting = [];
        }
      }
    },
    untilNone: () => (running === 0 ? Promise.resolve() : new Promise((go) => waiting.push(go))),
  };
}

/** Names of the mosaics, the first few where there are many. */
function titleOf(mosaics: readonly Mosaic[]): string {
  const names = mosaics.slice(0, 3).map(({ name }) => name);
  return mosaics.length > 3 ? `${names.join(', ')} and ${mosaics.length - 3} more` : names.join(', ');
}

/** The key of the service whose HiPS, or a mosaic's of it, a path is below; undefined where it is below none. */
export const hipsKeyOf = (pathname: string): string | undefined => addressOf(pathname)?.name;

/**
 * The HiPS that a path is below, and the file in it: `/hips/<key>/…`, or `/hips/<key>.2/…` for the third mosaic alone.
 * A revision, `<key>~3`, makes the address another one for the window's memory of tiles, and nothing else.
 */
function addressOf(pathname: string): { name: string; number: number | undefined; file: string } | undefined {
  const [, name, number, file] = /^\/hips\/([^/.~]+)(?:\.(\d{1,5}))?(?:~\d{1,9})?\/(.*)$/.exec(pathname) ?? [];
  if (name === undefined || file === undefined) return undefined;
  return { name, number: number === undefined ? undefined : Number(number), file };
}
