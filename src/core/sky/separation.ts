import type { Arcsec, Degrees } from '../units/quantities.ts';
import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE, arcsec, degrees } from '../units/quantities.ts';
import type { SkyPosition } from './position.ts';

/**
 * Great-circle distance [arcsec, 0 … 648,000]. Exact to the rounding of the coordinates at every angle, at the poles and
 * across RA 0 too; NaN where a coordinate is.
 */
export const separation = (a: SkyPosition, b: SkyPosition): Arcsec =>
  arcsec(separationArcsec(a.ra, a.dec, b.ra, b.dec));

/** `separation` of plain numbers, for loops over columns [deg in, arcsec out]. */
export function separationArcsec(raDegA: number, decDegA: number, raDegB: number, decDegB: number): number {
  // Vincenty's form, written with differences of the coordinates taken in degrees, where they are still exact.
  const deltaRa = (raDegB - raDegA) * RADIANS_PER_DEGREE;
  const deltaDec = (decDegB - decDegA) * RADIANS_PER_DEGREE;
  const decA = decDegA * RADIANS_PER_DEGREE;
  const decB = decDegB * RADIANS_PER_DEGREE;
  const cosA = Math.cos(decA);
  const cosB = Math.cos(decB);
  const halfSine = Math.sin(deltaRa / 2);
  const versine = 2 * halfSine * halfSine;
  const east = cosB * Math.sin(deltaRa);
  const north = Math.sin(deltaDec) + Math.sin(decA) * cosB * versine;
  const along = Math.cos(deltaDec) - cosA * cosB * versine;
  return (Math.atan2(Math.hypot(east, north), along) / RADIANS_PER_DEGREE) * ARCSEC_PER_DEGREE;
}

/** Direction in which `b` lies from `a` [deg, 0 ≤ angle < 360, north through east]; 0 where they coincide. */
export function positionAngle(a: SkyPosition, b: SkyPosition): Degrees {
  const deltaRa = (b.ra - a.ra) * RADIANS_PER_DEGREE;
  const decA = a.dec * RADIANS_PER_DEGREE;
  const cosB = Math.cos(b.dec * RADIANS_PER_DEGREE);
  const halfSine = Math.sin(deltaRa / 2);
  const east = cosB * Math.sin(deltaRa);
  const north = Math.sin((b.dec - a.dec) * RADIANS_PER_DEGREE) + 2 * Math.sin(decA) * cosB * halfSine * halfSine;
  return degrees(wrapDegrees(Math.atan2(east, north) / RADIANS_PER_DEGREE));
}

/**
 * The position at `distance` from another one in a direction.
 * @param angle position angle [deg, north through east]; at a pole it counts from the meridian of the pole's own RA
 */
export function offsetPosition(from: SkyPosition, angle: Degrees, distance: Arcsec): SkyPosition {
  const arc = (distance / ARCSEC_PER_DEGREE) * RADIANS_PER_DEGREE;
  const theta = angle * RADIANS_PER_DEGREE;
  const dec = from.dec * RADIANS_PER_DEGREE;
  // In the frame of `from`: outward, north, east.
  const outward = Math.cos(arc);
  const north = Math.sin(arc) * Math.cos(theta);
  const east = Math.sin(arc) * Math.sin(theta);
  const equatorial = outward * Math.cos(dec) - north * Math.sin(dec);
  const polar = outward * Math.sin(dec) + north * Math.cos(dec);
  const ra = from.ra + Math.atan2(east, equatorial) / RADIANS_PER_DEGREE;
  return {
    ra: degrees(wrapDegrees(ra)),
    dec: degrees(Math.atan2(polar, Math.hypot(equatorial, east)) / RADIANS_PER_DEGREE),
  };
}

/** An angle brought to 0 ≤ angle < 360 [deg]. */
export function wrapDegrees(angle: number): number {
  const wrapped = angle % 360;
  const positive = wrapped < 0 ? wrapped + 360 : wrapped;
  // −1e-20 + 360 rounds to 360 itself.
  return positive >= 360 ? 0 : positive;
}
