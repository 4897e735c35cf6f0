import { RADIANS_PER_DEGREE } from '../units/quantities.ts';

/** Sine of an angle in degrees, exact at multiples of 90. */
export function sinDeg(angle: number): number {
  const turned = angle % 360;
  if (turned === 0 || turned === 180 || turned === -180) return 0;
  if (turned === 90 || turned === -270) return 1;
  if (turned === -90 || turned === 270) return -1;
  return Math.sin(turned * RADIANS_PER_DEGREE);
}

/** Cosine of an angle in degrees, exact at multiples of 90. */
export function cosDeg(angle: number): number {
  const turned = Math.abs(angle % 360);
  if (turned === 0) return 1;
  if (turned === 90 || turned === 270) return 0;
  if (turned === 180) return -1;
  return Math.cos(turned * RADIANS_PER_DEGREE);
}

/** A 3×3 rotation, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

export interface NativeFrame {
  /** Celestial longitude and latitude of the reference point [deg]. */
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Native latitude of the reference point [deg]. */
  readonly referenceLatitudeDeg: 90 | 0;
  /** Native longitude of the celestial pole [deg]. */
  readonly lonpoleDeg: number;
  /** Native latitude of the celestial pole [deg]: chooses between two solutions. */
  readonly latpoleDeg: number;
}

/**
 * The rotation from native to celestial vectors (paper II §2.4). Undefined where LONPOLE admits no pole.
 */
export function nativeToCelestial(frame: NativeFrame): Rotation | undefined {
  const pole = celestialLocationOfNativePole(frame);
  if (pole === undefined) return undefined;
  const cosLon = cosDeg(frame.lonpoleDeg);
  const sinLon = sinDeg(frame.lonpoleDeg);
  const cosDec = cosDeg(pole.latitudeDeg);
  const sinDec = sinDeg(pole.latitudeDeg);
  const cosRa = cosDeg(pole.longitudeDeg);
  const sinRa = sinDeg(pole.longitudeDeg);
  // Celestial vector in a frame whose x axis points to the pole's right ascension; then turned by it.
  const along = [-cosLon * sinDec, -sinLon * sinDec, cosDec] as const;
  const across = [sinLon, -cosLon, 0] as const;
  return [
    along[0] * cosRa - across[0] * sinRa,
    along[1] * cosRa - across[1] * sinRa,
    along[2] * cosRa,
    along[0] * sinRa + across[0] * cosRa,
    along[1] * sinRa + across[1] * cosRa,
    along[2] * sinRa,
    cosLon * cosDec,
    sinLon * cosDec,
    sinDec,
  ];
}

/** Rounding slack of the pole's latitude [deg]; wcslib uses the same. */
const POLE_TOLERANCE_DEG = 1e-10;

/** α_p, δ_p of paper II: equations 8 to 10, with the choices that wcslib makes where two solutions exist. */
function celestialLocationOfNativePole(
  frame: NativeFrame,
): { readonly longitudeDeg: number; readonly latitudeDeg: number } | undefined {
  const { longitudeDeg, latitudeDeg, lonpoleDeg, latpoleDeg } = frame;
  if (frame.referenceLatitudeDeg === 90) return { longitudeDeg, latitudeDeg };

  const sinLon = sinDeg(lonpoleDeg);
  const cosLon = cosDeg(lonpoleDeg);
  // cos of the angle between native equator and meridian; with a reference latitude of 0 it is |cos φ_p|.
  const tilt = Math.sqrt(1 - sinLon * sinLon);
  const poleLatitude = tilt === 0 ? latpoleDeg : solvePoleLatitude(sinDeg(latitudeDeg) / tilt, cosLon, latpoleDeg);
  if (poleLatitude === undefined) return undefined;

  const cosLat = cosDeg(latitudeDeg);
  if (Math.abs(cosLat) < 1e-10) return { longitudeDeg, latitudeDeg: poleLatitude };
  if (poleLatitude > 90 - POLE_TOLERANCE_DEG) return { longitudeDeg: longitudeDeg + lonpoleDeg - 180, latitudeDeg: 90 };
  if (poleLatitude < POLE_TOLERANCE_DEG - 90) return { longitudeDeg: longitudeDeg - lonpoleDeg, latitudeDeg: -90 };
  const east = sinLon / cosLat;
  const north = (-sinDeg(poleLatitude) * sinDeg(latitudeDeg)) / (cosDeg(poleLatitude) * cosLat);
  return { longitudeDeg: longitudeDeg - Math.atan2(east, north) / RADIANS_PER_DEGREE, latitudeDeg: poleLatitude };
}

function solvePoleLatitude(sine: number, cosLon: number, latpoleDeg: number): number | undefined {
  if (Math.abs(sine) > 1 + 1e-12) return undefined;
  const base = cosLon < 0 ? 180 : 0;
  const arc = Math.acos(Math.max(-1, Math.min(1, sine))) / RADIANS_PER_DEGREE;
  const first = toHalfTurn(base + arc);
  const second = toHalfTurn(base - arc);
  const isLatitude = (angle: number): boolean => Math.abs(angle) <= 90 + POLE_TOLERANCE_DEG;
  if (isLatitude(first) && isLatitude(second)) {
    // On a tie wcslib takes the second.
    return Math.abs(latpoleDeg - first) < Math.abs(latpoleDeg - second) ? first : second;
  }
  return isLatitude(first) ? first : second;
}

/** An angle brought to −180 ≤ angle < 180 [deg]. */
const toHalfTurn = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180;
