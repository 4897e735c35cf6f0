import type { Wcs } from '../../core/sky/wcs-types.ts';

/** A rectangle of pixels; may reach beyond the image. */
export interface PixelWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the tiles need of a mosaic; `Mosaic` of services/fits-files, or an array in a test. */
export interface TileSource {
  readonly wcs: Wcs;
  readonly widthPix: number;
  readonly heightPix: number;
  /** Multiplies a pixel value before it is put in a tile. */
  readonly scale: number;
  /** Row by row from the bottom; NaN outside the image. */
  readWindow(window: PixelWindow): Promise<ArrayLike<number>>;
}

/** A mosaic at full resolution (level 0) and repeatedly halved: what the wide tiles are sampled from. */
export interface MosaicPyramid {
  readonly source: TileSource;
  readonly levelCount: number;
  levelSize(level: number): { readonly width: number; readonly height: number };
  /** Computes the stored levels if `level` is one of them and they are not there yet. */
  prepare(level: number): Promise<void>;
  /** Pixels of one level in that level's own coordinates; NaN outside. */
  read(level: number, window: PixelWindow): Promise<Float32Array>;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Levels smaller than this are of no use: the mosaic is a dot there. */
const SMALLEST_LEVEL_PIX = 32;
/** Rows read at once while the stored levels are built; bounds the memory for a mosaic of any height. */
const BAND_ROWS = 256;
/** Pixels read for one tile where nothing else is said: more than any mosaic of a survey has. */
const READ_PIXELS = 256e6;

const halved = (size: number): number => Math.ceil(size / 2);
const sizeAt = (size: number, level: number): number => Math.ceil(size / 2 ** level);

/** 2×2 means of the finite pixels; NaN where fewer than half are finite, so that a ragged edge keeps its place. */
export function halve({ width, height, values }: Plane): Plane {
  const halfWidth = halved(width);
  const halfHeight = halved(height);
  const half = new Float32Array(halfWidth * halfHeight);
  for (let row = 0; row < halfHeight; row++) {
    for (let column = 0; column < halfWidth; column++) {
      let sum = 0;
      let finite = 0;
      let inside = 0;
      for (let y = 2 * row; y < Math.min(height, 2 * row + 2); y++) {
        for (let x = 2 * column; x < Math.min(width, 2 * column + 2); x++) {
          const value = values[y * width + x]!;
          inside++;
          if (value === value) {
            sum += value;
            finite++;
          }
        }
      }
      half[row * halfWidth + column] = 2 * finite >= inside && finite > 0 ? sum / finite : NaN;
    }
  }
  return { width: halfWidth, height: halfHeight, values: half };
}

/**
 * Opens a mosaic's pyramid. Levels from `firstStoredLevel` on are computed at the first request for one of them, in one
 * pass over the file, and kept; finer ones are averaged from the file each time.
 * @param readPixels about how many pixels may be read for one tile. Where a wide tile needs more, a pixel of its level is
 *   the mean of evenly spaced rows of its block: hundreds of mosaics in one view cannot be read whole.
 */
export function openPyramid(source: TileSource, firstStoredLevel: number, readPixels = READ_PIXELS): MosaicPyramid {
  const largest = Math.max(source.widthPix, source.heightPix);
  const levelCount = Math.max(1, Math.floor(Math.log2(largest / SMALLEST_LEVEL_PIX)) + 1);
  let stored: Promise<ReadonlyMap<number, Plane>> | undefined;

  /** Full-resolution pixels of the level's window, averaged down; about `mostPixels` of them. */
  async function readAveraged(level: number, window: PixelWindow, mostPixels: number): Promise<Float32Array> {
    const factor = 2 ** level;
    const allPixels = window.width * window.height * factor ** 2;
    const rowsPerBlock = Math.max(1, Math.floor((factor * mostPixels) / allPixels));
    if (rowsPerBlock < factor) return readSparse(factor, rowsPerBlock, window);
    const full: PixelWindow = {
      x: window.x * factor,
      y: window.y * factor,
      width: window.width * factor,
      height: window.height * factor,
    };
    const read = await source.readWindow(full);
    const values = read instanceof Float32Array && source.scale === 1 ? read : scaled(read, source.scale);
    let plane: Plane = { width: full.width, height: full.height, values };
    for (let step = 0; step < level; step++) plane = halve(plane);
    return plane.values;
  }

  /** As `readAveraged`, from `rowsPerBlock` evenly spaced rows of each block of `factor`. */
  async function readSparse(factor: number, rowsPerBlock: number, window: PixelWindow): Promise<Float32Array> {
    const result = new Float32Array(window.width * window.height).fill(NaN);
    for (let row = 0; row < window.height; row++) {
      const first = (window.y + row) * factor;
      if (first < 0 || first >= source.heightPix) continue;
      const sums = blockSums(window.width);
      for (let k = 0; k < rowsPerBlock; k++) {
        const y = first + Math.floor(((k + 0.5) * Math.min(factor, source.heightPix - first)) / rowsPerBlock);
        const full = { x: window.x * factor, y, width: window.width * factor, height: 1 };
        addRowInPlace(sums, await source.readWindow(full), factor);
      }
      for (let column = 0; column < window.width; column++) {
        const { sum, finite } = sums;
        if (2 * finite[column]! < factor * rowsPerBlock || finite[column] === 0) continue;
        result[row * window.width + column] = (sum[column]! / finite[column]!) * source.scale;
      }
    }
    return result;
  }

  async function build(): Promise<ReadonlyMap<number, Plane>> {
    const width = sizeAt(source.widthPix, firstStoredLevel);
    const height = sizeAt(source.heightPix, firstStoredLevel);
    const values = new Float32Array(width * height);
    const bandRows = Math.max(1, Math.floor(BAND_ROWS / 2 ** firstStoredLevel));
    for (let y = 0; y < height; y += bandRows) {
      const rows = Math.min(bandRows, height - y);
      const window = { x: 0, y, width, height: rows };
      values.set(await readAveraged(firstStoredLevel, window, (readPixels * rows) / height), y * width);
    }
    const levels = new Map<number, Plane>();
    let plane: Plane = { width, height, values };
    levels.set(firstStoredLevel, plane);
    for (let level = firstStoredLevel + 1; level < levelCount; level++) {
      plane = halve(plane);
      levels.set(level, plane);
    }
    return levels;
  }

  function storedLevels(): Promise<ReadonlyMap<number, Plane>> {
    if (stored === undefined) {
      stored = build();
      // A disk that failed once may answer the next time.
      stored.catch(() => (stored = undefined));
    }
    return stored;
  }

  return {
    source,
    levelCount,
    levelSize: (level) => ({ width: sizeAt(source.widthPix, level), height: sizeAt(source.heightPix, level) }),
    async prepare(level) {
      if (level >= firstStoredLevel) await storedLevels();
    },
    async read(level, window) {
      if (level < firstStoredLevel) return readAveraged(level, window, readPixels);
      const plane = (await storedLevels()).get(level);
      return plane === undefined ? readAveraged(level, window, readPixels) : cut(plane, window);
    },
  };
}

interface BlockSums {
  readonly sum: Float64Array;
  readonly finite: Uint32Array;
}

const blockSums = (width: number): BlockSums => ({ sum: new Float64Array(width), finite: new Uint32Array(width) });

/** Adds the finite pixels of a row to the block that each belongs to. */
function addRowInPlace({ sum, finite }: BlockSums, row: ArrayLike<number>, factor: number): void {
  for (let x = 0; x < row.length; x++) {
    const value = row[x]!;
    if (value !== value) continue;
    const block = Math.floor(x / factor);
    sum[block]! += value;
    finite[block]!++;
  }
}

function scaled(values: ArrayLike<number>, scale: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = values[i]! * scale;
  return result;
}

function cut(plane: Plane, window: PixelWindow): Float32Array {
  const result = new Float32Array(window.width * window.height).fill(NaN);
  const firstX = Math.max(0, window.x);
  const lastX = Math.min(plane.width, window.x + window.width);
  if (firstX >= lastX) return result;
  for (let row = 0; row < window.height; row++) {
    const y = window.y + row;
    if (y < 0 || y >= plane.height) continue;
    const from = plane.values.subarray(y * plane.width + firstX, y * plane.width + lastX);
    result.set(from, row * window.width + firstX - window.x);
  }
  return result;
}
