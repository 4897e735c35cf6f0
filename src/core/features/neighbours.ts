import { buildSkyIndex } from '../sky/sky-index.ts';
import { NEIGHBOURS_PER_ROW } from './feature-definitions.ts';
import type { Neighbours } from './feature-table.ts';

/** Radius of the neighbour count, equality included [arcsec] (Alegre et al. 2022). */
export const NEIGHBOUR_COUNT_RADIUS_ARCSEC = 45;

const ROWS_BETWEEN_NEWS = 20_000;

/**
 * The nearest other sources of every source. Two rows at one position are neighbours at distance 0. Rows without a
 * finite position have no neighbours and are nobody's.
 * @param onProgress told the share of rows that are done, now and then
 */
export function findNeighbours(
  raDeg: Float64Array,
  decDeg: Float64Array,
  onProgress?: (fraction: number) => void,
): Neighbours {
  const rowCount = raDeg.length;
  const perRow = NEIGHBOURS_PER_ROW;
  const rows = new Int32Array(rowCount * perRow).fill(-1);
  const distanceArcsec = new Float64Array(rowCount * perRow).fill(Number.NaN);
  const within45 = new Int32Array(rowCount);
  const index = buildSkyIndex(raDeg, decDeg);
  for (let row = 0; row < rowCount; row++) {
    const nearest = index.nearestOfRow(row, perRow);
    rows.set(nearest.rows, row * perRow);
    distanceArcsec.set(nearest.distanceArcsec, row * perRow);
    within45[row] = index.countWithinOfRow(row, NEIGHBOUR_COUNT_RADIUS_ARCSEC);
    if (row % ROWS_BETWEEN_NEWS === 0) onProgress?.(row / rowCount);
  }
  return { perRow, rows, distanceArcsec, within45 };
}

/**
 * The neighbours as `row` would have them without some of them; those of other rows stay. The places that become free at
 * the end are empty: who would move up from beyond the kept ones is not looked for.
 */
export function withoutNeighbours(neighbours: Neighbours, row: number, dropped: readonly number[]): Neighbours {
  const { perRow } = neighbours;
  const rows = Int32Array.from(neighbours.rows);
  const distanceArcsec = Float64Array.from(neighbours.distanceArcsec);
  const within45 = Int32Array.from(neighbours.within45);
  const first = row * perRow;
  let kept = first;
  for (let slot = first; slot < first + perRow; slot++) {
    const neighbour = neighbours.rows[slot]!;
    if (neighbour >= 0 && dropped.includes(neighbour)) {
      if (neighbours.distanceArcsec[slot]! <= NEIGHBOUR_COUNT_RADIUS_ARCSEC) within45[row]!--;
      continue;
    }
    rows[kept] = neighbour;
    distanceArcsec[kept] = neighbours.distanceArcsec[slot]!;
    kept++;
  }
  rows.fill(-1, kept, first + perRow);
  distanceArcsec.fill(Number.NaN, kept, first + perRow);
  return { perRow, rows, distanceArcsec, within45 };
}
