import { buildSkyIndex } from '../sky/sky-index.ts';
import { degrees } from '../units/quantities.ts';

/** Positions of one source in two tables of the same survey differ by rounding only [arcsec]. */
export const SAME_POSITION_ARCSEC = 0.1;

export interface Positions {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
}

/**
 * For each position the row of `target` that lies nearest to it, −1 where none is near enough.
 * @param reachArcsec how far a row of the target reaches
 * @param isWanted positions that are looked for; all where absent
 */
export function nearestRows(
  positions: Positions,
  target: Positions,
  reachArcsec: (targetRow: number) => number,
  isWanted: (row: number) => boolean = () => true,
): Int32Array {
  const index = buildSkyIndex(target.raDeg, target.decDeg);
  return Int32Array.from(positions.raDeg, (ra, row) => {
    if (!isWanted(row)) return -1;
    const { rows, distanceArcsec } = index.nearest({ ra: degrees(ra), dec: degrees(positions.decDeg[row]!) }, 1);
    const [found] = rows;
    return found !== undefined && distanceArcsec[0]! <= reachArcsec(found) ? found : -1;
  });
}
