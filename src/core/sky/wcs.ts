import { DomainFailure } from '../result/failure.ts';
import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE, degrees } from '../units/quantities.ts';
import type { Vector } from './celestial-frame.ts';
import { apply, transpose } from './celestial-frame.ts';
import type { Rotation } from './native-rotation.ts';
import { cosDeg, nativeToCelestial, sinDeg } from './native-rotation.ts';
import type { PixelPosition, SkyPosition } from './position.ts';
import type { Projection } from './projections.ts';
import { projectionOf, shiftedSansonFlamsteed, slantOrthographic } from './projections.ts';
import type { CelestialAxes, WcsHeader } from './wcs-header.ts';
import { celestialAxesOf } from './wcs-header.ts';
import type { Wcs } from './wcs-types.ts';

/**
 * The celestial coordinates of a header, in ICRS: FK5 and FK4 of any equinox and galactic ones are converted. Reads SIN
 * (slant too), NCP, TAN, ZEA, ARC, STG, CAR, SFL, GLS, MER, CEA and AIT with CD, PC or CROTA; agrees with astropy (wcslib)
 * to 1e-6 pixel.
 * @param path file name for messages
 * @throws DomainFailure 'wcs-missing' without celestial axes; 'wcs-unsupported' for what cannot be followed exactly: other
 *   projections, distortions (SIP, TPV, tables), other systems (ecliptic, GAPPT)
 */
export function wcsOf(header: WcsHeader, path: string): Wcs {
  const unsupported = (what: string): DomainFailure => new DomainFailure({ kind: 'wcs-unsupported', path, what });
  const axes = celestialAxesOf(header, path);
  const projection = chooseProjection(header, axes, unsupported);
  const [a, b, c, d] = axes.matrix;
  const determinant = a * d - b * c;
  if (
    !(Math.abs(determinant) > 0 && Number.isFinite(determinant)) ||
    ![a, b, c, d, ...axes.referencePixel].every(Number.isFinite)
  ) {
    throw unsupported('a singular pixel matrix');
  }
  const { frame } = axes;
  const rotation = rotationOf(header, axes, projection, unsupported);
  // The inverse of a rotation is its transpose.
  const inverse = transpose(rotation);
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
      if (native === undefined) return undefined;
      const direction = apply(rotation, native);
      return positionOf(frame === undefined ? direction : frame.toIcrs(direction));
    },
    skyToPixel: (position) => {
      const direction = directionOf(position);
      const native = apply(inverse, frame === undefined ? direction : frame.fromIcrs(direction));
      const point = projection.toPlane(...native);
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
  if (code !== 'NCP' && code !== 'GLS' && projectionOf(code) === undefined)
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
  if (code === 'GLS') {
    // AIPS's sinusoidal: its reference latitude only shifts the plane, where SFL's turns the sky.
    if ((header.number('LONPOLE') ?? 0) !== 0) throw unsupported('LONPOLE with projection GLS');
    return shiftedSansonFlamsteed(axes.latitudeDeg * RADIANS_PER_DEGREE);
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
  const { longitudeAxis } = axes;
  const latitudeDeg = axes.projection === 'GLS' ? 0 : axes.latitudeDeg;
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
  return toCelestial;
}

/** Undefined for what is no direction: the pixel of a header with numbers beyond reason. */
function positionOf([x, y, z]: Vector): SkyPosition | undefined {
  const ra = Math.atan2(y, x) / RADIANS_PER_DEGREE;
  if (!Number.isFinite(ra + z)) return undefined;
  const positive = ra < 0 ? ra + 360 : ra;
  // −1e-15 + 360 rounds to 360, which is 0. The arc tangent keeps its digits at the poles, where asin loses them.
  return {
    ra: degrees(positive >= 360 ? 0 : positive),
    dec: degrees(Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE),
  };
}

function directionOf(position: SkyPosition): Vector {
  const ra = position.ra * RADIANS_PER_DEGREE;
  const dec = position.dec * RADIANS_PER_DEGREE;
  return [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)];
}
