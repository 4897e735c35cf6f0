import { RADIANS_PER_DEGREE, ARCSEC_PER_DEGREE } from '../units/quantities.ts';
import { SkyTree } from './sky-tree.ts';
import type { SkyPosition } from './position.ts';
import { separationArcsec } from './separation.ts';

/** Rows near a position, nearest first, and how far they are [arcsec]. Shorter than asked where there are fewer rows. */
export interface SkyNeighbours {
  readonly rows: Int32Array;
  readonly distanceArcsec: Float64Array;
}

/**
 * Finds catalogue rows by position, right at RA 0/360 and at the poles. Rows at the same position are neighbours at
 * distance 0; only the row itself is left out. A row without a finite position is nobody's neighbour and has none.
 */
export interface SkyIndex {
  readonly rowCount: number;
  /** The `k` rows nearest to a position. Of rows at equal distance the lower number comes first. */
  nearest(position: SkyPosition, k: number, excludeRow?: number): SkyNeighbours;
  /** The `k` other rows nearest to a row. */
  nearestOfRow(row: number, k: number): SkyNeighbours;
  /** How many other rows lie within the radius, equality included. */
  countWithinOfRow(row: number, radiusArcsec: number): number;
  /** The rows within the radius of a position, equality included, nearest first. */
  rowsWithin(position: SkyPosition, radiusArcsec: number): SkyNeighbours;
}

/**
 * What "equal" means for a radius [arcsec]. Degrees stored as doubles are rounded to 2e-10″ near RA 360, so two sources
 * that are 45″ apart as published may come out at 45 + 2e-10″; ten times that is still a millionth of any astrometry.
 */
const EQUALITY_TOLERANCE_ARCSEC = 2e-9;

/** Chords of unit vectors are rounded too (≤ 4e-16); the search takes in a little more and separations decide. */
const CHORD_MARGIN = 1e-14;

const EMPTY: SkyNeighbours = { rows: new Int32Array(0), distanceArcsec: new Float64Array(0) };

/**
 * Builds the index of a catalogue: a k-d tree on unit vectors; about 0.1 s for 325,694 rows.
 * @param raDeg right ascension [deg]; both arrays are kept, not copied
 */
export function buildSkyIndex(raDeg: Float64Array, decDeg: Float64Array): SkyIndex {
  const tree = new SkyTree(raDeg, decDeg);
  const isUsable = (ra: number, dec: number): boolean => Number.isFinite(ra) && Number.isFinite(dec);

  const distanceTo = (row: number, ra: number, dec: number): number =>
    separationArcsec(ra, dec, raDeg[row]!, decDeg[row]!);

  const nearest = (ra: number, dec: number, k: number, excludeRow: number): SkyNeighbours =>
    isUsable(ra, dec) && k > 0
      ? insertInOrder(tree.nearest(unitVector(ra, dec), k, excludeRow), (row) => distanceTo(row, ra, dec))
      : EMPTY;

  const forEachWithin = (ra: number, dec: number, radius: number, visit: (row: number) => void): void => {
    if (!isUsable(ra, dec) || !(radius >= 0)) return;
    const limit = radius + EQUALITY_TOLERANCE_ARCSEC;
    const halfAngle = (Math.min(limit / ARCSEC_PER_DEGREE, 180) * RADIANS_PER_DEGREE) / 2;
    tree.within(unitVector(ra, dec), 2 * Math.sin(halfAngle) + CHORD_MARGIN, (row) => {
      if (distanceTo(row, ra, dec) <= limit) visit(row);
    });
  };

  return {
    rowCount: raDeg.length,
    nearest: (position, k, excludeRow = -1) => nearest(position.ra, position.dec, k, excludeRow),
    nearestOfRow: (row, k) => nearest(raDeg[row]!, decDeg[row]!, k, row),
    countWithinOfRow: (row, radiusArcsec) => {
      let count = 0;
      forEachWithin(raDeg[row]!, decDeg[row]!, radiusArcsec, (other) => {
        if (other !== row) count++;
      });
      return count;
    },
    rowsWithin: ({ ra, dec }, radiusArcsec) => {
      const rows: number[] = [];
      forEachWithin(ra, dec, radiusArcsec, (row) => rows.push(row));
      const found = rows.map((row) => ({ row, distance: distanceTo(row, ra, dec) }));
      found.sort((a, b) => a.distance - b.distance || a.row - b.row);
      return {
        rows: Int32Array.from(found, ({ row }) => row),
        distanceArcsec: Float64Array.from(found, ({ distance }) => distance),
      };
    },
  };
}

/** Rows by distance, then by number. The tree hands over a few rows almost in order, so insertion is the quickest. */
function insertInOrder(found: readonly number[], distanceTo: (row: number) => number): SkyNeighbours {
  const rows = new Int32Array(found.length);
  const distanceArcsec = new Float64Array(found.length);
  found.forEach((row, index) => {
    const distance = distanceTo(row);
    let slot = index;
    for (; slot > 0; slot--) {
      const before = distanceArcsec[slot - 1]!;
      if (before < distance || (before === distance && rows[slot - 1]! < row)) break;
      distanceArcsec[slot] = before;
      rows[slot] = rows[slot - 1]!;
    }
    distanceArcsec[slot] = distance;
    rows[slot] = row;
  });
  return { rows, distanceArcsec };
}

/** A direction as a vector of length 1: x to RA 0, z to the north pole. */
export function unitVector(raDeg: number, decDeg: number): readonly [number, number, number] {
  const ra = raDeg * RADIANS_PER_DEGREE;
  const dec = decDeg * RADIANS_PER_DEGREE;
  return [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)];
}
