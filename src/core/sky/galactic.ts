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

/** ICRS right ascension and declination as galactic longitude (0 ≤ l < 360) and latitude [deg]. */
export function icrsToGalactic(
  raDeg: number,
  decDeg: number,
): { readonly longitudeDeg: number; readonly latitudeDeg: number } {
  const [ra, dec] = [raDeg * RADIANS_PER_DEGREE, decDeg * RADIANS_PER_DEGREE];
  const [x, y, z] = galacticFrame.fromIcrs([Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)]);
  const longitudeDeg = Math.atan2(y, x) / RADIANS_PER_DEGREE;
  return {
    longitudeDeg: longitudeDeg < 0 ? (longitudeDeg + 360) % 360 : longitudeDeg,
    latitudeDeg: Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE,
  };
}
