import type { SkyPosition } from '../../core/sky/position.ts';
import type { Corners, TileAccumulator } from './level-sampler.ts';
import { LevelSampler } from './level-sampler.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import type { GridSquare, TileGrid } from './tile-grid.ts';
import { GRID_STEP_PIX } from './tile-grid.ts';
import type { PixelWindow } from './plane.ts';

/**
 * Largest displacement of a square's centre by interpolation [pixel of the level]; above it the square is quartered, down
 * to single pixels that go through the WCS. It bounds the error of positions far below the 0.1 pixel promised. Squares of
 * wide tiles need it, and those on the border of HEALPix's polar caps (|dec| = 41.8°), where the grid lines have a kink.
 */
const MAX_INTERPOLATION_ERROR_PIX = 0.02;
/** Room around a square for the curvature of its sides [pixel of the level]. */
const SQUARE_MARGIN_PIX = 2;
/** Half a level, less a little: a level is used up to the point where its pixels are about as large as the tile's. */
const LEVEL_ROUNDING = 0.35;

/** The coarsest level whose pixels are not larger than the tile's. */
export function levelFor(pyramid: MosaicPyramid, pixelArcsec: number): number {
  const ratio = pixelArcsec / pyramid.source.wcs.pixelScaleArcsec;
  return Math.max(0, Math.min(pyramid.levelCount - 1, Math.floor(Math.log2(ratio) + LEVEL_ROUNDING)));
}

interface LevelPoint {
  readonly x: number;
  readonly y: number;
}

interface PlacedSquare extends GridSquare {
  readonly corners: readonly [LevelPoint, LevelPoint, LevelPoint, LevelPoint];
}

/**
 * Adds one mosaic to a tile. Returns whether it contributed anything.
 * @param read where the level's pixels come from
 */
export async function addMosaicInPlace(
  tile: TileAccumulator,
  pyramid: MosaicPyramid,
  grid: TileGrid,
  read: MosaicPyramid['read'] = (level, window) => pyramid.read(level, window),
): Promise<boolean> {
  const level = levelFor(pyramid, grid.pixelArcsec);
  const size = pyramid.levelSize(level);
  const { wcs } = pyramid.source;
  const perPixel = 1 / 2 ** level;
  const placeOf = (position: SkyPosition): LevelPoint => {
    const pixel = wcs.skyToPixel(position);
    if (pixel === undefined) return { x: NaN, y: NaN };
    return { x: (pixel.x + 0.5) * perPixel - 0.5, y: (pixel.y + 0.5) * perPixel - 0.5 };
  };
  const squares = placedSquares(grid, pyramid, placeOf);
  const window = windowOf(squares, size.width, size.height);
  if (window === undefined) return false;
  const values = await read(level, window);
  const sampler = new LevelSampler(tile, values, window, { ...size, factor: 2 ** level });

  const fill = (row: number, column: number, side: number, corners: PlacedSquare['corners']): void => {
    const [a, b, c, d] = corners;
    const x: Corners = [a.x, b.x, c.x, d.x];
    const y: Corners = [a.y, b.y, c.y, d.y];
    if (liesOutside(x, size.width) || liesOutside(y, size.height)) return;
    const half = side / 2;
    const middle = placeOf(grid.positionAt(row + half, column + half));
    // NaN, where the square leaves the projection, is quartered too.
    if (Math.hypot(mean(x) - middle.x, mean(y) - middle.y) <= MAX_INTERPOLATION_ERROR_PIX) {
      sampler.addSquare(row, column, side, x, y);
      return;
    }
    if (side === 1) {
      sampler.addPixel(row, column, middle.x, middle.y);
      return;
    }
    const first = placeOf(grid.positionAt(row, column + half));
    const left = placeOf(grid.positionAt(row + half, column));
    const right = placeOf(grid.positionAt(row + half, column + side));
    const last = placeOf(grid.positionAt(row + side, column + half));
    fill(row, column, half, [a, first, left, middle]);
    fill(row, column + half, half, [first, b, middle, right]);
    fill(row + half, column, half, [left, middle, c, last]);
    fill(row + half, column + half, half, [middle, right, last, d]);
  };
  for (const { row, column, corners } of squares) {
    fill(row * GRID_STEP_PIX, column * GRID_STEP_PIX, GRID_STEP_PIX, corners);
  }
  return sampler.hasContributed;
}

/** The squares of the tile where the mosaic may be, with their corners' places in one of its levels; NaN off the projection. */
function placedSquares(
  grid: TileGrid,
  { cap }: MosaicPyramid,
  placeOf: (position: SkyPosition) => LevelPoint,
): readonly PlacedSquare[] {
  const places = new Map<SkyPosition, LevelPoint>();
  const cornerAt = (row: number, column: number): LevelPoint => {
    const point = grid.pointAt(row, column);
    const place = places.get(point) ?? placeOf(point);
    places.set(point, place);
    return place;
  };
  return grid.squaresNear(cap).map(({ row, column }) => ({
    row,
    column,
    corners: [
      cornerAt(row, column),
      cornerAt(row, column + 1),
      cornerAt(row + 1, column),
      cornerAt(row + 1, column + 1),
    ],
  }));
}

/** The part of the level that the squares need, or undefined where they do not meet. */
function windowOf(squares: readonly PlacedSquare[], width: number, height: number): PixelWindow | undefined {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { corners } of squares) {
    for (const { x, y } of corners) {
      if (x !== x) continue;
      minX = Math.min(minX, x);
      maxX = Math.max(maxX, x);
      minY = Math.min(minY, y);
      maxY = Math.max(maxY, y);
    }
  }
  const margin = SQUARE_MARGIN_PIX + 1;
  const x = Math.max(-1, Math.floor(minX) - margin);
  const y = Math.max(-1, Math.floor(minY) - margin);
  const endX = Math.min(width + 1, Math.ceil(maxX) + margin + 1);
  const endY = Math.min(height + 1, Math.ceil(maxY) + margin + 1);
  return endX > x && endY > y ? { x, y, width: endX - x, height: endY - y } : undefined;
}

const mean = (corners: Corners): number => (corners[0] + corners[1] + corners[2] + corners[3]) / 4;

function liesOutside([a, b, c, d]: Corners, size: number): boolean {
  if (a !== a && b !== b && c !== c && d !== d) return true;
  // Comparisons with NaN are false: a square partly off the projection counts as inside.
  return Math.max(a, b, c, d) < -SQUARE_MARGIN_PIX || Math.min(a, b, c, d) > size - 1 + SQUARE_MARGIN_PIX;
}
