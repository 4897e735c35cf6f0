import type { HealpixCell } from '../../core/sky/healpix.ts';
import { healpixSideArcsec, positionInCell } from '../../core/sky/healpix.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import type { PixelWindow } from './tile-source.ts';

/** Side of a tile [pixel]; the HiPS standard's recommendation. */
export const TILE_SIDE_PIX = 512;

/** Pixels between the points whose place in the mosaic is computed through the WCS. */
const GRID_STEP_PIX = 16;
const GRID_CELLS = TILE_SIDE_PIX / GRID_STEP_PIX;
const GRID_POINTS = GRID_CELLS + 1;

/**
 * Largest displacement of a grid cell's centre by interpolation [mosaic pixel]; above it each pixel of the cell goes
 * through the WCS. It bounds the error of positions far below the 0.1 pixel promised. Cells on the border of HEALPix's
 * polar caps (|dec| = 41.8°), where the grid lines have a kink of up to a pixel, are the ones that need it.
 */
const MAX_INTERPOLATION_ERROR_PIX = 0.02;
/** Room around a grid cell for the curvature of its sides [mosaic pixel]. */
const CELL_MARGIN_PIX = 2;
/** Half a level, less a little: a level is used up to the point where its pixels are about as large as the tile's. */
const LEVEL_ROUNDING = 0.35;

/** Sums of the mosaics' values in a tile, weighted by the distance from the mosaic's edge. */
export interface TileAccumulator {
  readonly weightedSum: Float32Array;
  readonly weight: Float32Array;
}

export const emptyTile = (): TileAccumulator => ({
  weightedSum: new Float32Array(TILE_SIDE_PIX ** 2),
  weight: new Float32Array(TILE_SIDE_PIX ** 2),
});

/** The tile's values, first row at the bottom of the FITS image; NaN where no mosaic has a value. */
export function tileValues({ weightedSum, weight }: TileAccumulator): Float32Array {
  return weightedSum.map((sum, i) => (weight[i]! > 0 ? sum / weight[i]! : NaN));
}

/** The coarsest level whose pixels are not larger than the tile's. */
export function levelFor(pyramid: MosaicPyramid, order: number): number {
  const tilePixelArcsec = healpixSideArcsec(order) / TILE_SIDE_PIX;
  const ratio = tilePixelArcsec / pyramid.source.wcs.pixelScaleArcsec;
  return Math.max(0, Math.min(pyramid.levelCount - 1, Math.floor(Math.log2(ratio) + LEVEL_ROUNDING)));
}

/** Where the tile's grid points lie in one level of a mosaic [pixel of that level]; NaN off the projection. */
interface TileGrid {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Place of any point of the tile, u and v in 0 … 1 along the cell's sides. */
  at(u: number, v: number): { readonly x: number; readonly y: number };
}

function gridOf(pyramid: MosaicPyramid, level: number, cell: HealpixCell): TileGrid {
  const { wcs } = pyramid.source;
  const perPixel = 1 / 2 ** level;
  const at = (u: number, v: number): { x: number; y: number } => {
    const pixel = wcs.skyToPixel(positionInCell(cell, u, v));
    if (pixel === undefined) return { x: NaN, y: NaN };
    return { x: (pixel.x + 0.5) * perPixel - 0.5, y: (pixel.y + 0.5) * perPixel - 0.5 };
  };
  const x = new Float64Array(GRID_POINTS ** 2);
  const y = new Float64Array(GRID_POINTS ** 2);
  for (let row = 0; row < GRID_POINTS; row++) {
    for (let column = 0; column < GRID_POINTS; column++) {
      // A tile's rows run against the cell's north-east side, its columns along the north-west side.
      const point = at(1 - row / GRID_CELLS, column / GRID_CELLS);
      x[row * GRID_POINTS + column] = point.x;
      y[row * GRID_POINTS + column] = point.y;
    }
  }
  return { x, y, at };
}

/** The part of the level that the tile needs, or undefined where they do not meet. */
function windowOf(grid: TileGrid, width: number, height: number): PixelWindow | undefined {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < grid.x.length; i++) {
    const x = grid.x[i]!;
    const y = grid.y[i]!;
    if (x !== x) continue;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const margin = CELL_MARGIN_PIX + 1;
  const x = Math.max(-1, Math.floor(minX) - margin);
  const y = Math.max(-1, Math.floor(minY) - margin);
  const endX = Math.min(width + 1, Math.ceil(maxX) + margin + 1);
  const endY = Math.min(height + 1, Math.ceil(maxY) + margin + 1);
  return endX > x && endY > y ? { x, y, width: endX - x, height: endY - y } : undefined;
}

/** Adds one mosaic to a tile. Returns whether it contributed anything. */
export async function addMosaicInPlace(
  tile: TileAccumulator,
  pyramid: MosaicPyramid,
  cell: HealpixCell,
): Promise<boolean> {
  const level = levelFor(pyramid, cell.order);
  const { width, height } = pyramid.levelSize(level);
  const grid = gridOf(pyramid, level, cell);
  const window = windowOf(grid, width, height);
  if (window === undefined) return false;
  const values = await pyramid.read(level, window);
  const sampler = new LevelSampler(tile, values, window, { width, height, factor: 2 ** level });

  for (let row = 0; row < GRID_CELLS; row++) {
    for (let column = 0; column < GRID_CELLS; column++) {
      const corner = row * GRID_POINTS + column;
      const x = [
        grid.x[corner]!,
        grid.x[corner + 1]!,
        grid.x[corner + GRID_POINTS]!,
        grid.x[corner + GRID_POINTS + 1]!,
      ];
      const y = [
        grid.y[corner]!,
        grid.y[corner + 1]!,
        grid.y[corner + GRID_POINTS]!,
        grid.y[corner + GRID_POINTS + 1]!,
      ];
      if (liesOutside(x, width) || liesOutside(y, height)) continue;
      const centre = grid.at(1 - (row + 0.5) / GRID_CELLS, (column + 0.5) / GRID_CELLS);
      const error = Math.hypot(mean(x) - centre.x, mean(y) - centre.y);
      // NaN, where the cell leaves the projection, takes the exact way too.
      if (error <= MAX_INTERPOLATION_ERROR_PIX) sampler.addInterpolated(row, column, x, y);
      else sampler.addExact(row, column, grid);
    }
  }
  return sampler.hasContributed;
}

const mean = (corners: readonly number[]): number => (corners[0]! + corners[1]! + corners[2]! + corners[3]!) / 4;

function liesOutside(corners: readonly number[], size: number): boolean {
  const [a, b, c, d] = corners as [number, number, number, number];
  if (a !== a && b !== b && c !== c && d !== d) return true;
  // Comparisons with NaN are false: a cell partly off the projection counts as inside.
  return Math.max(a, b, c, d) < -CELL_MARGIN_PIX || Math.min(a, b, c, d) > size - 1 + CELL_MARGIN_PIX;
}

/** Bilinear sampling of one level into a tile, NaN-aware. */
class LevelSampler {
  hasContributed = false;
  readonly #tile: TileAccumulator;
  readonly #values: Float32Array;
  readonly #window: PixelWindow;
  readonly #level: { readonly width: number; readonly height: number; readonly factor: number };

  constructor(
    tile: TileAccumulator,
    values: Float32Array,
    window: PixelWindow,
    level: { readonly width: number; readonly height: number; readonly factor: number },
  ) {
    this.#tile = tile;
    this.#values = values;
    this.#window = window;
    this.#level = level;
  }

  addInterpolated(gridRow: number, gridColumn: number, x: readonly number[], y: readonly number[]): void {
    for (let row = 0; row < GRID_STEP_PIX; row++) {
      const share = (row + 0.5) / GRID_STEP_PIX;
      const startX = x[0]! + (x[2]! - x[0]!) * share;
      const startY = y[0]! + (y[2]! - y[0]!) * share;
      const stepX = (x[1]! + (x[3]! - x[1]!) * share - startX) / GRID_STEP_PIX;
      const stepY = (y[1]! + (y[3]! - y[1]!) * share - startY) / GRID_STEP_PIX;
      const first = (gridRow * GRID_STEP_PIX + row) * TILE_SIDE_PIX + gridColumn * GRID_STEP_PIX;
      for (let column = 0; column < GRID_STEP_PIX; column++) {
        this.#add(first + column, startX + (column + 0.5) * stepX, startY + (column + 0.5) * stepY);
      }
    }
  }

  addExact(gridRow: number, gridColumn: number, grid: TileGrid): void {
    for (let row = gridRow * GRID_STEP_PIX; row < (gridRow + 1) * GRID_STEP_PIX; row++) {
      for (let column = gridColumn * GRID_STEP_PIX; column < (gridColumn + 1) * GRID_STEP_PIX; column++) {
        const { x, y } = grid.at(1 - (row + 0.5) / TILE_SIDE_PIX, (column + 0.5) / TILE_SIDE_PIX);
        this.#add(row * TILE_SIDE_PIX + column, x, y);
      }
    }
  }

  #add(index: number, x: number, y: number): void {
    const { width } = this.#window;
    const left = Math.floor(x);
    const bottom = Math.floor(y);
    const windowX = left - this.#window.x;
    const windowY = bottom - this.#window.y;
    // Written so that NaN fails too.
    if (!(windowX >= 0 && windowY >= 0 && windowX < width - 1 && windowY < this.#window.height - 1)) return;
    const right = x - left;
    const top = y - bottom;
    const at = windowY * width + windowX;
    const values = this.#values;
    const lower = values[at]! + (values[at + 1]! - values[at]!) * right;
    const upper = values[at + width]! + (values[at + width + 1]! - values[at + width]!) * right;
    let value = lower + (upper - lower) * top;
    if (value !== value) value = finiteMean(values, at, width, right, top);
    if (value !== value) return;
    const { width: levelWidth, height: levelHeight, factor } = this.#level;
    const fromEdge = Math.min(x, y, levelWidth - 1 - x, levelHeight - 1 - y) + 1;
    const weight = Math.max(fromEdge, 0.25) * factor;
    this.#tile.weightedSum[index]! += value * weight;
    this.#tile.weight[index]! += weight;
    this.hasContributed = true;
  }
}

/** The bilinear mean of those of four pixels that are finite; NaN where they carry less than half of the weight. */
function finiteMean(values: Float32Array, at: number, width: number, right: number, top: number): number {
  const corners = [values[at]!, values[at + 1]!, values[at + width]!, values[at + width + 1]!];
  const weights = [(1 - right) * (1 - top), right * (1 - top), (1 - right) * top, right * top];
  let sum = 0;
  let total = 0;
  corners.forEach((value, i) => {
    if (value !== value) return;
    sum += value * weights[i]!;
    total += weights[i]!;
  });
  return total >= 0.5 ? sum / total : NaN;
}
