import { RADIANS_PER_DEGREE } from '../units/quantities.ts';
import { galacticFrame } from './celestial-frame.ts';

/** Galactic longitude and latitude as ICRS right ascension (0 ≤ ra < 360) and declination [deg]; NaN where either is. */
export function galacticToIcrs(
  longitudeDeg: number,
  latitudeDeg: number,
): { readonly raDeg: number; readonly decDeg: number } {
  const [lon, lat] = [longitudeDeg * RADIANS_PER_DEGREE, latitudeDeg * RADIANS_PER_DEGREE];
  const [x, y, z] = galacticFrame.toIcrs([Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)]);
  const raDeg = Math.atan2(y, x) / RADIANS_PER_DEGREE;
  return {
    raDeg: raDeg < 0 ? (raDeg + 360) % 360 : raDeg,
    decDeg: Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE,
  };
}
