import { degrees, RADIANS_PER_DEGREE } from '../units/quantities.ts';
import type { SkyPosition } from './position.ts';
import { wrapDegrees } from './separation.ts';

/** From a place in the plane that touches the sky at a position, to the sky [radian east and north of that position]. */
export type FromTangentPlane = (east: number, north: number) => SkyPosition;

/**
 * The gnomonic projection (TAN of FITS paper II, §5.1.3) about a position, north up. The whole plane is on the sky: its
 * far ends come near the great circle 90° from the position.
 */
export function tangentPlaneAt({ ra, dec }: SkyPosition): FromTangentPlane {
  const sinDec = Math.sin(dec * RADIANS_PER_DEGREE);
  const cosDec = Math.cos(dec * RADIANS_PER_DEGREE);
  return (east, north) => {
    // In the frame of the position: along the meridian's equator, along east, along the pole.
    const outward = cosDec - north * sinDec;
    const polar = sinDec + north * cosDec;
    return {
      ra: degrees(wrapDegrees(ra + Math.atan2(east, outward) / RADIANS_PER_DEGREE)),
      dec: degrees(Math.atan2(polar, Math.hypot(outward, east)) / RADIANS_PER_DEGREE),
    };
  };
}
