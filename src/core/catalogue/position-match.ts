import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE } from '../units/quantities.ts';

/** Squared chord on the unit sphere between two directions [deg]. */
function chordSquared(raA: number, decA: number, raB: number, decB: number): number {
  const cosA = Math.cos(decA * RADIANS_PER_DEGREE);
  const cosB = Math.cos(decB * RADIANS_PER_DEGREE);
  const x = cosA * Math.cos(raA * RADIANS_PER_DEGREE) - cosB * Math.cos(raB * RADIANS_PER_DEGREE);
  const y = cosA * Math.sin(raA * RADIANS_PER_DEGREE) - cosB * Math.sin(raB * RADIANS_PER_DEGREE);
  const z = Math.sin(decA * RADIANS_PER_DEGREE) - Math.sin(decB * RADIANS_PER_DEGREE);
  return x * x + y * y + z * z;
}

/**
 * For joining two tables of the same sources: a function from a position [deg] to the nearest row within
 * `radiusArcsec` (equality included; ties: the first row), or −1. Rows are sorted into strips of declination, which
 * is exact everywhere, RA 0/360 and poles included, and quick for radii of a fraction of an arcsecond.
 */
export function nearestWithin(
  raDeg: Float64Array,
  decDeg: Float64Array,
  radiusArcsec: number,
): (raDeg: number, decDeg: number) => number {
  const stripDeg = radiusArcsec / ARCSEC_PER_DEGREE;
  const stripOf = (dec: number): number => Math.floor(dec / stripDeg);
  const rowsOfStrip = new Map<number, number[]>();
  for (let row = 0; row < raDeg.length; row++) {
    if (!Number.isFinite(raDeg[row]!) || !Number.isFinite(decDeg[row]!)) continue;
    const strip = stripOf(decDeg[row]!);
    const rows = rowsOfStrip.get(strip);
    if (rows === undefined) rowsOfStrip.set(strip, [row]);
    else rows.push(row);
  }
  const reach = 2 * Math.sin((stripDeg * RADIANS_PER_DEGREE) / 2);

  return (ra, dec) => {
    if (!Number.isFinite(ra) || !Number.isFinite(dec)) return -1;
    let best = -1;
    let bestSquared = reach * reach;
    const strip = stripOf(dec);
    for (let near = strip - 1; near <= strip + 1; near++) {
      for (const row of rowsOfStrip.get(near) ?? []) {
        const squared = chordSquared(ra, dec, raDeg[row]!, decDeg[row]!);
        if (squared < bestSquared || (squared === bestSquared && (best === -1 || row < best))) {
          best = row;
          bestSquared = squared;
        }
      }
    }
    return best;
  };
}
