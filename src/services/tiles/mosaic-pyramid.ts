import { blockMeans } from './block-means.ts';
import type { Plane } from './plane.ts';
import { cut, halve } from './plane.ts';
import type { PixelWindow, TileSource } from './tile-source.ts';

/** A mosaic at full resolution (level 0) and repeatedly halved: what the wide tiles are sampled from. */
export interface MosaicPyramid {
  readonly source: TileSource;
  readonly levelCount: number;
  levelSize(level: number): { readonly width: number; readonly height: number };
  /** Computes `level` if it is one that is kept and it is not there yet. */
  prepare(level: number): Promise<void>;
  /** Pixels of one level in that level's own coordinates; NaN outside. */
  read(level: number, window: PixelWindow): Promise<Float32Array>;
}

/** Levels smaller than this are of no use: the mosaic is a dot there. */
const SMALLEST_LEVEL_PIX = 32;
/** Pixels read of one mosaic for one tile, or for the levels that are kept, where nothing else is said. */
const READ_PIXELS = 256e6;
/** Of one mosaic for one tile of a level that is not kept: 40 MB, every other row of 1.9° at 1.5″. */
const TILE_READ_PIXELS = 10e6;

const sizeAt = (size: number, level: number): number => Math.ceil(size / 2 ** level);

/**
 * Opens a mosaic's pyramid. Levels from `firstStoredLevel` on are computed at the first request for one of them and kept;
 * finer ones are averaged from the file each time.
 * @param readPixels about how many pixels may be read for the levels that are kept. Where that is the whole mosaic, one
 *   pass over the file makes them all. Otherwise each is made by itself, when it is asked for, from evenly spaced rows:
 *   hundreds of mosaics in one view cannot be read whole.
 * @param inTurn runs what reads a whole mosaic; many pyramids share one, so that the first of hundreds is not the last
 */
export function openPyramid(
  source: TileSource,
  firstStoredLevel: number,
  readPixels = READ_PIXELS,
  inTurn: <T>(task: () => Promise<T>) => Promise<T> = (task) => task(),
): MosaicPyramid {
  const { widthPix, heightPix } = source;
  const levelCount = Math.max(1, Math.floor(Math.log2(Math.max(widthPix, heightPix) / SMALLEST_LEVEL_PIX)) + 1);
  const stored = new Map<number, Promise<Plane>>();
  const levelSize = (level: number): { readonly width: number; readonly height: number } => ({
    width: sizeAt(widthPix, level),
    height: sizeAt(heightPix, level),
  });

  /** Means of a window of a level, from about `mostPixels` pixels of the file. */
  async function readLevel(level: number, window: PixelWindow, mostPixels: number): Promise<Float32Array> {
    if (level === 0) return scaled(await source.readWindow(window), source.scale);
    const factor = 2 ** level;
    const share = mostPixels / (window.width * window.height * factor ** 2);
    return blockMeans(source, factor, window, Math.max(1, Math.floor(factor * share)));
  }

  async function readWhole(level: number, mostPixels: number): Promise<Plane> {
    const size = levelSize(level);
    return { ...size, values: await readLevel(level, { x: 0, y: 0, ...size }, mostPixels) };
  }

  function make(level: number): Promise<Plane> {
    if (level === firstStoredLevel || widthPix * heightPix > readPixels) {
      return inTurn(() => readWhole(level, readPixels));
    }
    return storedLevel(level - 1).then(halve);
  }

  function storedLevel(level: number): Promise<Plane> {
    const known = stored.get(level);
    if (known !== undefined) return known;
    const made = make(level);
    stored.set(level, made);
    // A disk that failed once may answer the next time.
    made.catch(() => stored.delete(level));
    return made;
  }

  return {
    source,
    levelCount,
    levelSize,
    async prepare(level) {
      if (level >= firstStoredLevel) await storedLevel(level);
    },
    async read(level, window) {
      if (level < firstStoredLevel) return readLevel(level, window, TILE_READ_PIXELS);
      return cut(await storedLevel(level), window);
    },
  };
}

function scaled(values: Float32Array | Float64Array, scale: number): Float32Array {
  if (values instanceof Float32Array && scale === 1) return values;
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = values[i]! * scale;
  return result;
}
