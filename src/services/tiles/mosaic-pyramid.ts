import type { Cap } from '../fits-files/footprint-index.ts';
import { capOf } from '../fits-files/footprint-index.ts';
import { blockMeans } from './block-means.ts';
import type { PixelWindow, Plane } from './plane.ts';
import { cut, halve } from './plane.ts';
import { readSketch, sketchedWindow } from './row-sketch.ts';
import type { LevelSize, RowSketch, TileSource } from './tile-source.ts';

/** A mosaic at full resolution (level 0) and repeatedly halved: what the wide tiles are sampled from. */
export interface MosaicPyramid {
  readonly source: TileSource;
  /** Where it may lie on the sky. */
  readonly cap: Cap | undefined;
  readonly levelCount: number;
  /** Levels from this on are kept. */
  readonly firstStoredLevel: number;
  /** Whether the wide levels stand on a few rows so far: a source between them is not seen. */
  readonly isCoarse: boolean;
  levelSize(level: number): LevelSize;
  /** Begins with what `glimpse` shows of the widest views. */
  beginGlimpse(): Promise<void>;
  /** Makes what `level` needs if it is one that is kept: the level itself, or the sketch that stands for it. */
  prepare(level: number): Promise<void>;
  /** Reads every pixel, and makes the levels that are kept from them: their true means, where a sketch was. */
  refine(): Promise<void>;
  /** Pixels of one level in that level's own coordinates; NaN outside. */
  read(level: number, window: PixelWindow): Promise<Float32Array>;
  /**
   * As `read`, without waiting for a pass over the whole mosaic: until that is done, means of blocks are those of rows at
   * most four pixels apart, so that sources have their flux to 6 % and noise is up to twice as high.
   */
  glimpse(level: number, window: PixelWindow): Promise<Float32Array>;
}

export interface PyramidOptions {
  /** Levels from this on are kept in memory; finer ones are averaged from the file each time. */
  readonly firstStoredLevel: number;
  /** Whether the levels that are kept are sketched from a few rows at first, until `refine` has read the whole file. */
  readonly isSketched?: boolean;
  /** Runs what reads a whole mosaic; many pyramids share one, so that the first of hundreds is not the last. */
  readonly inTurn?: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Levels smaller than this are of no use: the mosaic is a dot there. */
const SMALLEST_LEVEL_PIX = 32;
/** Of one mosaic for one tile of a level that is not kept: 40 MB, every other row of 1.9° at 1.5″. */
const TILE_READ_PIXELS = 10e6;
/**
 * Rows read are never farther apart [pixel]: a radio beam is sampled by about four pixels, and rows one FWHM apart keep
 * the flux of a source to 6 % (1 ± 2 exp(−π²/(4 ln 2))), wherever it lies.
 */
const FARTHEST_ROWS_PIX = 4;
/** Of a mosaic for the first picture: as many as the largest screens show of it [pixel of the level]. */
const GLIMPSE_SIDE_PIX = 1500;

const sizeAt = (size: number, level: number): number => Math.ceil(size / 2 ** level);

/** Opens a mosaic's pyramid. Nothing is read before a level is asked for. */
export function openPyramid(source: TileSource, options: PyramidOptions): MosaicPyramid {
  const { firstStoredLevel, isSketched = false, inTurn = <T>(task: () => Promise<T>): Promise<T> => task() } = options;
  const { widthPix, heightPix } = source;
  const levelCount = Math.max(1, Math.floor(Math.log2(Math.max(widthPix, heightPix) / SMALLEST_LEVEL_PIX)) + 1);
  const stored = new Map<number, Promise<Plane>>();
  let levels: Promise<readonly Plane[]> | undefined;
  let sketch: Promise<RowSketch> | undefined;
  let sparse: Promise<Plane> | undefined;
  /** Levels that can be read at once. */
  const ready = new Set<number>();
  /** What the levels that are kept are made of. */
  let from: 'rows' | 'hole' | 'pixels' = isSketched ? 'rows' : 'pixels';
  const levelSize = (level: number): LevelSize => ({
    width: sizeAt(widthPix, level),
    height: sizeAt(heightPix, level),
  });
  const sparseLevel = Math.max(
    firstStoredLevel,
    Math.ceil(Math.log2(Math.max(1, Math.max(widthPix, heightPix) / GLIMPSE_SIDE_PIX))),
  );

  async function readLevel(level: number, window: PixelWindow): Promise<Float32Array> {
    if (level === 0) return scaled(await source.readWindow(window), source.scale);
    const factor = 2 ** level;
    const share = TILE_READ_PIXELS / (window.width * window.height * factor ** 2);
    const fewest = Math.ceil(factor / FARTHEST_ROWS_PIX);
    return blockMeans(source, factor, window, Math.max(fewest, Math.floor(factor * share)));
  }

  /** All levels that are kept, where one pass beside this thread makes them. */
  function allLevels(levelsOf: NonNullable<TileSource['levelsOf']>): Promise<readonly Plane[]> {
    const sizes = Array.from({ length: levelCount - firstStoredLevel }, (_, k) => levelSize(firstStoredLevel + k));
    return kept(
      levels,
      () => inTurn(() => levelsOf(2 ** firstStoredLevel, sizes)),
      (made) => {
        levels = made;
      },
      () => {
        levels = undefined;
      },
    );
  }

  /** A whole level from rows as far apart as they may be. */
  async function readSparse(): Promise<Plane> {
    const size = levelSize(sparseLevel);
    const factor = 2 ** sparseLevel;
    const rowsPerBlock = Math.ceil(factor / FARTHEST_ROWS_PIX);
    if (source.levelsOf !== undefined) return (await source.levelsOf(factor, [size], rowsPerBlock))[0]!;
    return { ...size, values: await blockMeans(source, factor, { x: 0, y: 0, ...size }, rowsPerBlock) };
  }

  function sparsePlane(): Promise<Plane> {
    return kept(
      sparse,
      () => inTurn(readSparse),
      (begun) => {
        sparse = begun;
      },
      () => {
        sparse = undefined;
      },
    );
  }

  async function make(level: number): Promise<Plane> {
    if (source.levelsOf !== undefined) return (await allLevels(source.levelsOf))[level - firstStoredLevel]!;
    if (level > firstStoredLevel) return halve(await storedLevel(level - 1));
    const size = levelSize(level);
    const factor = 2 ** level;
    return inTurn(async () => ({
      ...size,
      values: await blockMeans(source, factor, { x: 0, y: 0, ...size }, factor),
    }));
  }

  function storedLevel(level: number): Promise<Plane> {
    return kept(
      stored.get(level),
      () => make(level),
      (begun) => {
        stored.set(level, begun);
        begun.then(
          () => {
            ready.add(level);
            sparse = undefined;
          },
          () => undefined,
        );
      },
      () => stored.delete(level),
    );
  }

  async function read(level: number, window: PixelWindow): Promise<Float32Array> {
    if (level < firstStoredLevel) return readLevel(level, window);
    if (from === 'pixels') return cut(await storedLevel(level), window);
    return sketchedWindow(await sketched(), level, levelSize(level), window);
  }

  function sketched(): Promise<RowSketch> {
    const forget = (): void => {
      sketch = undefined;
    };
    return kept(
      sketch,
      () => inTurn(() => readSketch(source, firstStoredLevel)),
      (made) => {
        sketch = made;
      },
      forget,
    );
  }

  return {
    source,
    cap: capOf(source),
    levelCount,
    firstStoredLevel,
    levelSize,
    get isCoarse() {
      return from === 'rows' && sketch !== undefined;
    },
    async prepare(level) {
      if (level < firstStoredLevel) return;
      if (from === 'pixels') await storedLevel(level);
      else if ((await sketched()).isEmptyFile) from = 'hole';
    },
    async refine() {
      if (from !== 'rows') return;
      await storedLevel(firstStoredLevel);
      from = 'pixels';
      sketch = undefined;
    },
    read,
    async beginGlimpse() {
      if (from === 'pixels') await sparsePlane();
    },
    async glimpse(level, window) {
      if (level < firstStoredLevel || from !== 'pixels' || ready.has(level)) return read(level, window);
      if (level < sparseLevel) return readLevel(level, window);
      let plane = await sparsePlane();
      for (let halved = sparseLevel; halved < level; halved++) plane = halve(plane);
      return cut(plane, window);
    },
  };
}

/** What is there already, or made and remembered; a disk that failed once may answer the next time. */
function kept<T>(
  known: Promise<T> | undefined,
  make: () => Promise<T>,
  remember: (made: Promise<T>) => void,
  forget: () => void,
): Promise<T> {
  if (known !== undefined) return known;
  const made = make();
  remember(made);
  made.catch(forget);
  return made;
}

function scaled(values: Float32Array | Float64Array, scale: number): Float32Array {
  if (values instanceof Float32Array && scale === 1) return values;
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = values[i]! * scale;
  return result;
}
