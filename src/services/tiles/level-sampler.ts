import { TILE_SIDE_PIX } from './tile-grid.ts';
import type { PixelWindow } from './plane.ts';

/** Sums of the mosaics' values in a tile, weighted by the distance from the mosaic's edge. */
export interface TileAccumulator {
  readonly weightedSum: Float32Array;
  readonly weight: Float32Array;
}

export const emptyTile = (): TileAccumulator => ({
  weightedSum: new Float32Array(TILE_SIDE_PIX ** 2),
  weight: new Float32Array(TILE_SIDE_PIX ** 2),
});

export function clearTileInPlace({ weightedSum, weight }: TileAccumulator): void {
  weightedSum.fill(0);
  weight.fill(0);
}

/** The tile's values, first row at the bottom of the FITS image; NaN where no mosaic has a value. */
export function tileValues({ weightedSum, weight }: TileAccumulator): Float32Array {
  const values = new Float32Array(weightedSum.length);
  for (let i = 0; i < values.length; i++) values[i] = weight[i]! > 0 ? weightedSum[i]! / weight[i]! : NaN;
  return values;
}

/** Four corners of a square of the tile: of its first row from left to right, then of its last. */
export type Corners = readonly [number, number, number, number];

/** Bilinear sampling of one level of a mosaic into a tile, NaN-aware. */
export class LevelSampler {
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

  /** Pixels of a square of `side`, at places between those of its corners [pixel of the level]. */
  addSquare(firstRow: number, firstColumn: number, side: number, x: Corners, y: Corners): void {
    for (let row = 0; row < side; row++) {
      const share = (row + 0.5) / side;
      const startX = x[0] + (x[2] - x[0]) * share;
      const startY = y[0] + (y[2] - y[0]) * share;
      const stepX = (x[1] + (x[3] - x[1]) * share - startX) / side;
      const stepY = (y[1] + (y[3] - y[1]) * share - startY) / side;
      const first = (firstRow + row) * TILE_SIDE_PIX + firstColumn;
      for (let column = 0; column < side; column++) {
        this.#add(first + column, startX + (column + 0.5) * stepX, startY + (column + 0.5) * stepY);
      }
    }
  }

  /** One pixel, at its own place. */
  addPixel(row: number, column: number, x: number, y: number): void {
    this.#add(row * TILE_SIDE_PIX + column, x, y);
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
