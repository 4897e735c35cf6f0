import type { PixelWindow } from './plane.ts';
import type { TileSource } from './tile-source.ts';

/** The pixels that are averaged. */
export type BlockSource = Pick<TileSource, 'widthPix' | 'heightPix' | 'scale' | 'readWindow'>;

/** Pixels read at once [pixel]: 4 MB, so that averaging them holds nobody up for longer than a few milliseconds. */
const BAND_PIXELS = 1e6;

/** Rows of blocks whose few rows are read at once: one after the other, they would wait for the disk most of the time. */
const SPARSE_BLOCK_ROWS = 16;

type Pixels = Float32Array | Float64Array;

/**
 * The means of blocks of `factor` × `factor` pixels of a mosaic, for a window counted in blocks: NaN where fewer than
 * half of a block's pixels are finite, and outside the image.
 * @param rowsPerBlock evenly spaced rows that stand for a block; `factor` or more for all of its rows. Rows closer than
 *   half a beam lose no flux, since a beam-sized source is then still fully sampled; farther apart they are an unbiased
 *   estimate that may miss a source.
 */
export async function blockMeans(
  source: BlockSource,
  factor: number,
  window: PixelWindow,
  rowsPerBlock: number,
): Promise<Float32Array> {
  const result = new Float32Array(window.width * window.height).fill(NaN);
  const x = Math.max(0, window.x * factor);
  const columns = Math.min(source.widthPix, (window.x + window.width) * factor) - x;
  const firstRow = Math.max(0, window.y);
  const endRow = Math.min(Math.ceil(source.heightPix / factor), window.y + window.height);
  if (columns <= 0 || firstRow >= endRow) return result;

  const isDense = rowsPerBlock >= factor;
  const rowsPerBand = isDense ? Math.max(1, Math.floor(BAND_PIXELS / (columns * factor))) : SPARSE_BLOCK_ROWS;
  const readBand = (row: number, into: Pixels | undefined): Promise<Band> =>
    isDense
      ? readDense(source, { x, columns, factor, row, count: Math.min(rowsPerBand, endRow - row) }, into)
      : readSparse(source, { x, columns, factor, row, rowsPerBlock, count: Math.min(rowsPerBand, endRow - row) });

  const blockCount = Math.ceil(columns / factor);
  let next = readBand(firstRow, undefined);
  let spare: Pixels | undefined;
  for (let row = firstRow; row < endRow; row += rowsPerBand) {
    const band = await next;
    // One band is averaged while the next is being read into the memory of the one before.
    if (row + rowsPerBand < endRow) {
      next = readBand(row + rowsPerBand, spare);
      next.catch(() => undefined);
    }
    spare = band.pixels;
    for (let block = 0; block * band.rowsPerBlock < band.rows; block++) {
      const rows = Math.min(band.rowsPerBlock, band.rows - block * band.rowsPerBlock);
      const start = block * band.rowsPerBlock * columns;
      const at = (row + block - window.y) * window.width + x / factor - window.x;
      for (let column = 0; column < blockCount; column++) {
        const first = start + column * factor;
        const width = Math.min(factor, columns - column * factor);
        result[at + column] = meanOf(band.pixels, first, width, rows, columns) * source.scale;
      }
    }
  }
  return result;
}

/** Rows of pixels, those of one block after those of the block before. */
interface Band {
  readonly pixels: Pixels;
  readonly rows: number;
  readonly rowsPerBlock: number;
}

async function readDense(
  source: BlockSource,
  { x, columns, factor, row, count }: { x: number; columns: number; factor: number; row: number; count: number },
  into: Pixels | undefined,
): Promise<Band> {
  const y = row * factor;
  const rows = Math.min(count * factor, source.heightPix - y);
  const pixels = await source.readWindow({ x, y, width: columns, height: rows }, into);
  return { pixels, rows, rowsPerBlock: factor };
}

async function readSparse(
  source: BlockSource,
  {
    x,
    columns,
    factor,
    row,
    rowsPerBlock,
    count,
  }: { x: number; columns: number; factor: number; row: number; rowsPerBlock: number; count: number },
): Promise<Band> {
  const places: number[] = [];
  for (let block = row; block < row + count; block++) {
    const first = block * factor;
    // The last block of the image may have fewer rows than stand for one.
    const inside = Math.min(factor, source.heightPix - first);
    const rows = Math.min(rowsPerBlock, inside);
    for (let k = 0; k < rows; k++) places.push(first + Math.floor(((k + 0.5) * inside) / rows));
  }
  const read = await Promise.all(places.map((y) => source.readWindow({ x, y, width: columns, height: 1 })));
  const pixels = new Float32Array(places.length * columns);
  read.forEach((values, k) => pixels.set(values, k * columns));
  return { pixels, rows: places.length, rowsPerBlock };
}

/** The mean of a block's finite pixels; NaN where they are fewer than half. `stride` is the length of a row. */
function meanOf(pixels: Pixels, first: number, width: number, height: number, stride: number): number {
  let sum = 0;
  if (width === 2 && height === 2) {
    // The first halving touches every pixel of the file: written out, it takes a third of the time of the loops.
    const below = first + stride;
    sum = pixels[first]! + pixels[first + 1]! + pixels[below]! + pixels[below + 1]!;
    return sum === sum ? sum / 4 : meanOfFinite(pixels, first, width, height, stride);
  }
  for (let row = 0, start = first; row < height; row++, start += stride) {
    for (let k = start; k < start + width; k++) sum += pixels[k]!;
  }
  // NaN is rare, and counting costs more than adding.
  return sum === sum ? sum / (width * height) : meanOfFinite(pixels, first, width, height, stride);
}

function meanOfFinite(pixels: Pixels, first: number, width: number, height: number, stride: number): number {
  let [sum, finite] = [0, 0];
  for (let row = 0, start = first; row < height; row++, start += stride) {
    for (let k = start; k < start + width; k++) {
      const value = pixels[k]!;
      if (value !== value) continue;
      sum += value;
      finite++;
    }
  }
  return finite > 0 && 2 * finite >= width * height ? sum / finite : NaN;
}
