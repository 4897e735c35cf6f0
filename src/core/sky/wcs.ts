import { DomainFailure } from '../result/failure.ts';
import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE, degrees } from '../units/quantities.ts';
import type { Rotation } from './native-rotation.ts';
import { cosDeg, nativeToCelestial, sinDeg } from './native-rotation.ts';
import type { PixelPosition, SkyPosition } from './position.ts';
import type { Projection } from './projections.ts';
import { projectionOf, slantOrthographic } from './projections.ts';
import type { CelestialAxes, WcsHeader } from './wcs-header.ts';
import { celestialAxesOf } from './wcs-header.ts';
import type { Wcs } from './wcs-types.ts';

/**
 * ICRS → galactic, row by row (ERFA's eraIcrs2g: the 1958 IAU system with the pole and node of the Hipparcos catalogue,
 * ESA SP-1200 vol. 1 §1.5.3).
 */
const ICRS_TO_GALACTIC: Rotation = [
  -0.05487556041621537, -0.873437090234885, -0.4838350155487132, 0.49410942787558365, -0.4448296299600112,
  0.7469822444972188, -0.8676661490190047, -0.19807637343120152, 0.4559837761750669,
];

/**
 * The celestial coordinates of a header, in ICRS (galactic images are turned). Reads SIN (slant too), NCP, TAN, ZEA, ARC,
 * STG, CAR, SFL, MER, CEA and AIT with CD, PC or CROTA; agrees with wcslib to 1e-6 pixel.
 * @param path file name for messages
 * @throws DomainFailure 'wcs-missing' without celestial axes; 'wcs-unsupported' for what cannot be followed exactly: other
 *   projections, distortions (SIP, TPV, tables), other equinoxes than J2000
 */
export function wcsOf(header: WcsHeader, path: string): Wcs {
  const unsupported = (what: string): DomainFailure => new DomainFailure({ kind: 'wcs-unsupported', path, what });
  const axes = celestialAxesOf(header, path);
  const projection = chooseProjection(header, axes, unsupported);
  const [a, b, c, d] = axes.matrix;
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 0) || ![a, b, c, d, ...axes.referencePixel].every(Number.isFinite)) {
    throw unsupported('a singular pixel matrix');
  }
  const rotation = rotationOf(header, axes, projection, unsupported);
  const [referenceX, referenceY] = [axes.referencePixel[0] - 1, axes.referencePixel[1] - 1];

  return {
    projection: axes.projection,
    pixelScaleArcsec: Math.sqrt(Math.abs(determinant)) * ARCSEC_PER_DEGREE,
    pixelToSky: (x, y) => {
      const dx = x - referenceX;
      const dy = y - referenceY;
      const native = projection.toNative(
        (a * dx + b * dy) * RADIANS_PER_DEGREE,
        (c * dx + d * dy) * RADIANS_PER_DEGREE,
      );
      return native === undefined ? undefined : directionOf(rotation, native);
    },
    skyToPixel: (position) => {
      const point = projection.toPlane(...nativeOf(rotation, position));
      if (point === undefined) return undefined;
      const x = point[0] / RADIANS_PER_DEGREE / determinant;
      const y = point[1] / RADIANS_PER_DEGREE / determinant;
      const pixel: PixelPosition = { x: d * x - b * y + referenceX, y: a * y - c * x + referenceY };
      return Number.isFinite(pixel.x) && Number.isFinite(pixel.y) ? pixel : undefined;
    },
  };
}

function chooseProjection(
  header: WcsHeader,
  axes: CelestialAxes,
  unsupported: (what: string) => DomainFailure,
): Projection {
  const { projection: code, longitudeAxis, latitudeAxis } = axes;
  const parameter = (axis: number, m: number): number | undefined => header.number(`PV${axis}_${m}`);
  if (code !== 'NCP' && projectionOf(code) === undefined)
    throw unsupported(`projection ${code === '' ? '(none)' : code}`);
  // Parameters that would change the projection and are not followed: another fiducial point (PVlon_0 … 2), and the
  // polynomial that some writers put on TAN.
  const followed = code === 'SIN' ? 2 : code === 'CEA' ? 1 : 0;
  for (let m = 0; m <= 39; m++) {
    const isFollowed = m >= 1 && m <= followed;
    if (!isFollowed && (parameter(latitudeAxis, m) ?? 0) !== 0 && !(m === 3 || m === 4) && code !== 'NCP') {
      throw unsupported(`PV${latitudeAxis}_${m} with projection ${code}`);
    }
    if (m !== 3 && m !== 4 && (parameter(longitudeAxis, m) ?? 0) !== 0) {
      throw unsupported(`PV${longitudeAxis}_${m} with projection ${code}`);
    }
  }
  if (code === 'NCP') {
    // Old radio images: SIN projected along the pole (paper II §6.1.2).
    if (axes.latitudeDeg === 0) throw unsupported('NCP at declination 0');
    return slantOrthographic(0, cosDeg(axes.latitudeDeg) / sinDeg(axes.latitudeDeg));
  }
  const chosen = projectionOf(code, parameter(latitudeAxis, 1), parameter(latitudeAxis, 2));
  if (chosen === undefined) throw unsupported(`projection ${code}`);
  return chosen;
}

function rotationOf(
  header: WcsHeader,
  axes: CelestialAxes,
  projection: Projection,
  unsupported: (what: string) => DomainFailure,
): Rotation {
  const { longitudeAxis, latitudeDeg } = axes;
  const { referenceLatitudeDeg } = projection;
  const toCelestial = nativeToCelestial({
    longitudeDeg: axes.longitudeDeg,
    latitudeDeg,
    referenceLatitudeDeg,
    lonpoleDeg:
      header.number(`PV${longitudeAxis}_3`) ??
      header.number('LONPOLE') ??
      (latitudeDeg >= referenceLatitudeDeg ? 0 : 180),
    latpoleDeg: header.number(`PV${longitudeAxis}_4`) ?? header.number('LATPOLE') ?? 90,
  });
  if (toCelestial === undefined) throw unsupported('a LONPOLE that no pole fits');
  return axes.system === 'galactic' ? multiply(transpose(ICRS_TO_GALACTIC), toCelestial) : toCelestial;
}

function directionOf(r: Rotation, [l, m, n]: readonly [number, number, number]): SkyPosition {
  const x = r[0] * l + r[1] * m + r[2] * n;
  const y = r[3] * l + r[4] * m + r[5] * n;
  const z = r[6] * l + r[7] * m + r[8] * n;
  const ra = Math.atan2(y, x) / RADIANS_PER_DEGREE;
  const positive = ra < 0 ? ra + 360 : ra;
  // −1e-15 + 360 rounds to 360, which is 0. The arc tangent keeps its digits at the poles, where asin loses them.
  return {
    ra: degrees(positive >= 360 ? 0 : positive),
    dec: degrees(Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE),
  };
}

function nativeOf(r: Rotation, position: SkyPosition): [number, number, number] {
  const ra = position.ra * RADIANS_PER_DEGREE;
  const dec = position.dec * RADIANS_PER_DEGREE;
  const x = Math.cos(dec) * Math.cos(ra);
  const y = Math.cos(dec) * Math.sin(ra);
  const z = Math.sin(dec);
  // The inverse of a rotation is its transpose.
  return [r[0] * x + r[3] * y + r[6] * z, r[1] * x + r[4] * y + r[7] * z, r[2] * x + r[5] * y + r[8] * z];
}

const transpose = (r: Rotation): Rotation => [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]];

function multiply(p: Rotation, q: Rotation): Rotation {
  const term = (row: 0 | 3 | 6, column: 0 | 1 | 2): number =>
    p[row] * q[column] +
    p[(row + 1) as 1 | 4 | 7] * q[(column + 3) as 3 | 4 | 5] +
    p[(row + 2) as 2 | 5 | 8] * q[(column + 6) as 6 | 7 | 8];
  const line = (row: 0 | 3 | 6): [number, number, number] => [term(row, 0), term(row, 1), term(row, 2)];
  return [...line(0), ...line(3), ...line(6)];
}
