import type { PixelWindow } from './plane.ts';
import type { BlockSource } from './block-means.ts';
import type { RowSketch } from './tile-source.ts';

/** Rows that stand for a mosaic until all of it is read: of 841 mosaics, 260 MB. */
const SKETCH_ROWS = 8;
/** Read at once: one after the other, they would wait for the disk most of the time. */
const ROWS_AT_ONCE = 4;

/** @param source with `isHole` as a `TileSource` has it */
export async function readSketch(
  source: BlockSource & { readonly isHole?: boolean },
  level: number,
): Promise<RowSketch> {
  const { widthPix, heightPix, scale } = source;
  const perColumn = 2 ** level;
  const width = Math.ceil(widthPix / perColumn);
  const height = Math.min(SKETCH_ROWS, heightPix);
  const values = new Float32Array(width * height);
  let read: Awaited<ReturnType<BlockSource['readWindow']>>[] = [];
  for (let row = 0; row < height; row++) {
    if (row % ROWS_AT_ONCE === 0) {
      const count = Math.min(ROWS_AT_ONCE, height - row);
      // Into the memory of the rows before: of hundreds of mosaics, rows that are thrown away add up.
      read = await Promise.all(
        Array.from({ length: count }, (_, k) => {
          const y = Math.floor(((row + k + 0.5) * heightPix) / height);
          return source.readWindow({ x: 0, y, width: widthPix, height: 1 }, read[k]);
        }),
      );
    }
    const pixels = read[row % ROWS_AT_ONCE]!;
    for (let column = 0; column < width; column++) {
      const start = column * perColumn;
      const mean = meanOf(pixels, 0, start, Math.min(start + perColumn, widthPix));
      values[row * width + column] = mean * scale;
    }
  }
  const isEmptyFile = source.isHole === true && values.every((value) => value === 0);
  return { level, rows: { width, height, values }, isEmptyFile };
}

/**
 * A window of a level from the sketch: each row stands for the band around it; NaN outside.
 * @param size of the level
 */
export function sketchedWindow(
  { level: sketched, rows }: RowSketch,
  level: number,
  size: { readonly width: number; readonly height: number },
  window: PixelWindow,
): Float32Array {
  const perColumn = 2 ** (level - sketched);
  const values = new Float32Array(window.width * window.height).fill(NaN);
  const first = Math.max(0, -window.x);
  const end = Math.min(window.width, size.width - window.x);
  for (let row = Math.max(0, -window.y); row < Math.min(window.height, size.height - window.y); row++) {
    const band = Math.floor(((window.y + row + 0.5) * rows.height) / size.height);
    for (let column = first; column < end; column++) {
      const start = (window.x + column) * perColumn;
      values[row * window.width + column] = meanOf(
        rows.values,
        band * rows.width,
        start,
        Math.min(start + perColumn, rows.width),
      );
    }
  }
  return values;
}

/** Of the values from `start` to `end` of a row; NaN where fewer than half are finite. */
function meanOf(values: Float32Array | Float64Array, row: number, start: number, end: number): number {
  let [sum, finite] = [0, 0];
  for (let i = row + start; i < row + end; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    sum += value;
    finite++;
  }
  return finite > 0 && 2 * finite >= end - start ? sum / finite : NaN;
}
