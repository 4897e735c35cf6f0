import type { HealpixCell } from '../../core/sky/healpix.ts';
import { healpixSideArcsec, positionInCell } from '../../core/sky/healpix.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { RADIANS_PER_DEGREE } from '../../core/units/quantities.ts';
import type { Cap, UnitVector } from '../fits-files/footprint-index.ts';
import { unitVector } from '../fits-files/footprint-index.ts';

/** Side of a tile [pixel]; the HiPS standard's recommendation. */
export const TILE_SIDE_PIX = 512;
/** Pixels between the points whose place in a mosaic is computed through the WCS. */
export const GRID_STEP_PIX = 16;
const GRID_CELLS = TILE_SIDE_PIX / GRID_STEP_PIX;
/** No point of a grid cell is farther from its middle, in distances of its farthest corner: its sides bend. */
const CELL_BULGE = 1.25;

/** A tile's net of points on the sky, worked out once for all mosaics in it. */
export interface TileGrid {
  readonly pixelArcsec: number;
  /** @param row edge of a pixel [0 … 512], from the first row of the FITS image; columns alike */
  positionAt(row: number, column: number): SkyPosition;
  /** The grid's own points, computed once. @param row in steps of the grid */
  pointAt(row: number, column: number): SkyPosition;
  /** Squares of the grid that a cap may touch, by their first corner in steps of the grid. */
  squaresNear(cap: Cap | undefined): readonly GridSquare[];
}

export interface GridSquare {
  readonly row: number;
  readonly column: number;
}

interface PlacedSquare extends GridSquare {
  readonly middle: UnitVector;
  /** From the middle to farther than any point of the square, through the unit sphere. */
  readonly chord: number;
}

/** Side of a pixel of the HiPS's tiles. */
export const tilePixelArcsec = (order: HealpixCell['order']): number => healpixSideArcsec(order) / TILE_SIDE_PIX;

export function tileGrid(cell: HealpixCell): TileGrid {
  // A tile's rows run against the cell's north-east side, its columns along the north-west side.
  return gridOf(tilePixelArcsec(cell.order), (row, column) =>
    positionInCell(cell, 1 - row / TILE_SIDE_PIX, column / TILE_SIDE_PIX),
  );
}

/**
 * The grid of any 512 × 512 pixels on the sky.
 * @param isWanted whether anybody will look at a square, by its first corner in steps of the grid
 */
export function gridOf(
  pixelArcsec: number,
  positionAt: TileGrid['positionAt'],
  isWanted: (square: GridSquare) => boolean = () => true,
): TileGrid {
  const points = Array.from({ length: (GRID_CELLS + 1) ** 2 }, (_, i) =>
    positionAt(Math.floor(i / (GRID_CELLS + 1)) * GRID_STEP_PIX, (i % (GRID_CELLS + 1)) * GRID_STEP_PIX),
  );
  const pointAt = (row: number, column: number): SkyPosition => points[row * (GRID_CELLS + 1) + column]!;
  let placed: readonly PlacedSquare[] | undefined;

  function place(row: number, column: number): PlacedSquare {
    const { ra, dec } = positionAt((row + 0.5) * GRID_STEP_PIX, (column + 0.5) * GRID_STEP_PIX);
    const middle = unitVector(ra, dec);
    const corners = [
      pointAt(row, column),
      pointAt(row, column + 1),
      pointAt(row + 1, column),
      pointAt(row + 1, column + 1),
    ];
    const farthest = Math.sqrt(Math.max(...corners.map((at) => squaredChord(middle, unitVector(at.ra, at.dec)))));
    return { row, column, middle, chord: farthest * CELL_BULGE };
  }

  return {
    pixelArcsec,
    positionAt,
    pointAt,
    squaresNear(cap) {
      placed ??= Array.from({ length: GRID_CELLS ** 2 }, (_, i) =>
        place(Math.floor(i / GRID_CELLS), i % GRID_CELLS),
      ).filter(isWanted);
      if (cap === undefined) return placed;
      const { centre } = cap;
      // The chord of a sum of angles is not longer than the sum of their chords.
      const capChord = chordOf(cap.radiusDeg);
      return placed.filter(({ middle, chord }) => squaredChord(middle, centre) <= (chord + capChord) ** 2);
    },
  };
}

const chordOf = (angleDeg: number): number => 2 * Math.sin((angleDeg / 2) * RADIANS_PER_DEGREE);

const squaredChord = (a: UnitVector, b: UnitVector): number =>
  (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
