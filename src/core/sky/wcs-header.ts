import { DomainFailure } from '../result/failure.ts';
import { RADIANS_PER_DEGREE } from '../units/quantities.ts';
import type { CelestialFrame } from './celestial-frame.ts';
import { fk4Frame, fk5Frame, galacticFrame } from './celestial-frame.ts';
import { cosDeg, sinDeg } from './native-rotation.ts';

/** What coordinates need of a FITS header; `core/fits` has the real one. */
export interface WcsHeader {
  has(keyword: string): boolean;
  number(keyword: string): number | undefined;
  text(keyword: string): string | undefined;
}

/** The celestial axes of an image, with everything in degrees. Axis numbers are the header's, from 1. */
export interface CelestialAxes {
  /** The system of the coordinates; undefined for ICRS. */
  readonly frame: CelestialFrame | undefined;
  readonly projection: string;
  readonly longitudeAxis: 1 | 2;
  readonly latitudeAxis: 1 | 2;
  /** 1-based pixel of the reference point along axes 1 and 2. */
  readonly referencePixel: readonly [number, number];
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** [longitude by axis 1, longitude by axis 2, latitude by axis 1, latitude by axis 2] [deg/pixel]. */
  readonly matrix: readonly [number, number, number, number];
}

/** Distortions that live outside CTYPE; following only the undistorted part would misplace sources. */
const DISTORTION_KEYWORDS = ['A_ORDER', 'B_ORDER', 'CPDIS1', 'CPDIS2', 'CQDIS1', 'CQDIS2', 'D2IMDIS1', 'D2IMDIS2'];

/** @throws DomainFailure 'wcs-missing', 'wcs-unsupported' */
export function celestialAxesOf(header: WcsHeader, path: string): CelestialAxes {
  const unsupported = (what: string): DomainFailure => new DomainFailure({ kind: 'wcs-unsupported', path, what });
  const axisCount = Math.max(header.number('WCSAXES') ?? 0, header.number('NAXIS') ?? 2);
  let longitude: { readonly axis: number; readonly type: string } | undefined;
  let latitude: { readonly axis: number; readonly type: string } | undefined;
  for (let axis = 1; axis <= axisCount; axis++) {
    const type = header.text(`CTYPE${axis}`)?.trim().toUpperCase() ?? '';
    if (/^(?:RA--|.LON|..LN)-/.test(type)) longitude ??= { axis, type };
    if (/^(?:DEC-|.LAT|..LT)-/.test(type)) latitude ??= { axis, type };
  }
  if (longitude === undefined || latitude === undefined) throw new DomainFailure({ kind: 'wcs-missing', path });

  const projection = latitude.type.slice(5, 8);
  if (longitude.type.slice(5) !== latitude.type.slice(5)) throw unsupported(`${longitude.type} with ${latitude.type}`);
  if (latitude.type.length > 8) throw unsupported(`the distortion ${latitude.type.slice(9)} of ${latitude.type}`);
  for (const keyword of DISTORTION_KEYWORDS) if (header.has(keyword)) throw unsupported(`the distortion ${keyword}`);
  const [lon, lat] = [longitude.axis, latitude.axis];
  if (lon > 2 || lat > 2) throw unsupported('celestial coordinates on another axis than the first two');
  for (const celestial of [lon, lat]) {
    for (let other = 3; other <= axisCount; other++) {
      for (const term of [`${celestial}_${other}`, `${other}_${celestial}`]) {
        if ((header.number(`CD${term}`) ?? header.number(`PC${term}`) ?? 0) !== 0) {
          throw unsupported(`celestial axes that turn into axis ${other}`);
        }
      }
    }
  }
  const degreesPerUnit = (axis: number): number => {
    const unit = header.text(`CUNIT${axis}`)?.trim() ?? '';
    const factor = unitInDegrees(unit);
    if (factor === undefined) throw unsupported(`CUNIT${axis} = '${unit}'`);
    return factor;
  };
  const scale: Readonly<Record<number, number>> = { [lon]: degreesPerUnit(lon), [lat]: degreesPerUnit(lat) };
  const matrix = matrixOf(header, lon, lat).map((term, i) => term * scale[i < 2 ? lon : lat]!);
  return {
    frame: frameOf(header, longitude.type, unsupported),
    projection,
    longitudeAxis: lon as 1 | 2,
    latitudeAxis: lat as 1 | 2,
    referencePixel: [header.number('CRPIX1') ?? 0, header.number('CRPIX2') ?? 0],
    longitudeDeg: (header.number(`CRVAL${lon}`) ?? 0) * scale[lon]!,
    latitudeDeg: (header.number(`CRVAL${lat}`) ?? 0) * scale[lat]!,
    matrix: [matrix[0]!, matrix[1]!, matrix[2]!, matrix[3]!],
  };
}

function unitInDegrees(unit: string): number | undefined {
  switch (unit.toLowerCase()) {
    case '':
    case 'deg':
    case 'degree':
    case 'degrees':
      return 1;
    case 'arcmin':
      return 1 / 60;
    case 'arcsec':
      return 1 / 3600;
    case 'mas':
      return 1 / 3_600_000;
    case 'rad':
      return 1 / RADIANS_PER_DEGREE;
    default:
      return undefined;
  }
}

/**
 * RADESYS and EQUINOX as the standard reads them (paper II §3.1): without RADESYS an equinox before 1984 is FK4, a later
 * one FK5, none at all ICRS. Undefined for ICRS itself.
 */
function frameOf(
  header: WcsHeader,
  type: string,
  unsupported: (what: string) => DomainFailure,
): CelestialFrame | undefined {
  if (type.startsWith('GLON')) return galacticFrame;
  if (!type.startsWith('RA--')) throw unsupported(`the coordinates ${type.slice(0, 4)}`);
  const named = (header.text('RADESYS') ?? header.text('RADECSYS') ?? '').trim().toUpperCase();
  const equinox = equinoxOf(header, unsupported);
  const system = named !== '' ? named : equinox === undefined ? 'ICRS' : equinox < 1984 ? 'FK4' : 'FK5';
  switch (system) {
    case 'ICRS':
      return undefined;
    case 'FK5':
      return fk5Frame(equinox);
    case 'FK4':
      return fk4Frame(equinox);
    case 'FK4-NO-E':
      return fk4Frame(equinox, false);
    default:
      throw unsupported(`the system ${system}`);
  }
}

/** EQUINOX, or EPOCH as old files say it [years]; some write B1950 or J2000. */
function equinoxOf(header: WcsHeader, unsupported: (what: string) => DomainFailure): number | undefined {
  const keyword = ['EQUINOX', 'EPOCH'].find((name) => header.has(name));
  if (keyword === undefined) return undefined;
  const text = header.text(keyword)?.trim() ?? '';
  const equinox =
    header.number(keyword) ?? (/^[BJ]?\d{4}(?:\.\d*)?$/i.test(text) ? Number(text.replace(/^[BJ]/i, '')) : undefined);
  if (equinox !== undefined && equinox > 1500 && equinox < 2500) return equinox;
  if (equinox === undefined && text === '') return undefined;
  throw unsupported(`${keyword} = ${equinox ?? text}`);
}

/** CD; else CDELT × PC; else CDELT with CROTA. Order as `CelestialAxes.matrix`, in the units of the axes. */
function matrixOf(header: WcsHeader, lon: number, lat: number): readonly number[] {
  const terms = [`${lon}_1`, `${lon}_2`, `${lat}_1`, `${lat}_2`];
  if (terms.some((term) => header.has(`CD${term}`))) return terms.map((term) => header.number(`CD${term}`) ?? 0);
  const increment = (axis: number): number => header.number(`CDELT${axis}`) ?? 1;
  if (terms.some((term) => header.has(`PC${term}`))) {
    const identity = [lon === 1 ? 1 : 0, lon === 2 ? 1 : 0, lat === 1 ? 1 : 0, lat === 2 ? 1 : 0];
    return terms.map((term, i) => increment(i < 2 ? lon : lat) * (header.number(`PC${term}`) ?? identity[i]!));
  }
  // AIPS convention (paper II §6.1): the rotation turns the plane, the increments stretch the pixels before it.
  const rotation = header.number(`CROTA${lat}`) ?? header.number(`CROTA${lon}`) ?? 0;
  const lonByLon = increment(lon) * cosDeg(rotation);
  const lonByLat = -increment(lat) * sinDeg(rotation);
  const latByLon = increment(lon) * sinDeg(rotation);
  const latByLat = increment(lat) * cosDeg(rotation);
  return lon === 1 ? [lonByLon, lonByLat, latByLon, latByLat] : [lonByLat, lonByLon, latByLat, latByLon];
}
