import type { Column, Table } from '../../core/table/table.ts';
import type { Measurement } from './catalogue-source.ts';
import type { OpticalMatch } from './likelihood-ratio.ts';

/** One row of the source or the Gaussian catalogue, with its place on the sky. */
export interface SkyMeasurement {
  readonly name: string;
  readonly raDeg: number;
  readonly decDeg: number;
  readonly measurement: Measurement;
  readonly match: OpticalMatch;
  readonly code: string;
  readonly islandNumber: number;
}

/** Systematic astrometric error that DR1's `_tot` columns hold [arcsec]. Measured on the real rows: √(tot² − fit²). */
const ASTROMETRY_ARCSEC = 0.156;
/** Flux scale error of DR1's `_tot` columns, relative. Source: Shimwell et al. 2019, §3.2; the real rows agree. */
const FLUX_SCALE_ERROR = 0.2;

/** Unit of surface brightness as DR1 spells it. */
const BRIGHTNESS_UNIT = 'beam-1 mJy';

/** A column of doubles. */
export const numberColumn = (name: string, unit: string | undefined, values: Float64Array): Column => ({
  name,
  data: values,
  repeat: 1,
  unit,
});

/** A column of texts, `width` bytes each. */
export const textColumn = (name: string, width: number, values: readonly string[]): Column => ({
  name,
  data: values,
  repeat: 1,
  textWidth: width,
});

export const integerColumn = (name: string, values: readonly number[]): Column => ({
  name,
  data: Int32Array.from(values),
  repeat: 1,
});

type Quantity = readonly [name: string, unit: string, of: (row: SkyMeasurement) => number];

const QUANTITIES: readonly Quantity[] = [
  ['RA', 'deg', (row) => row.raDeg],
  ['E_RA', 'arcsec', ({ measurement: { errors } }) => errors.xArcsec],
  ['E_RA_tot', 'arcsec', ({ measurement: { errors } }) => Math.hypot(errors.xArcsec, ASTROMETRY_ARCSEC)],
  ['DEC', 'deg', (row) => row.decDeg],
  ['E_DEC', 'arcsec', ({ measurement: { errors } }) => errors.yArcsec],
  ['E_DEC_tot', 'arcsec', ({ measurement: { errors } }) => Math.hypot(errors.yArcsec, ASTROMETRY_ARCSEC)],
  ['Peak_flux', BRIGHTNESS_UNIT, ({ measurement }) => measurement.peakMjyPerBeam],
  ['E_Peak_flux', BRIGHTNESS_UNIT, ({ measurement: { errors } }) => errors.peakMjyPerBeam],
  [
    'E_Peak_flux_tot',
    BRIGHTNESS_UNIT,
    ({ measurement }) => Math.hypot(measurement.errors.peakMjyPerBeam, FLUX_SCALE_ERROR * measurement.peakMjyPerBeam),
  ],
  ['Total_flux', 'mJy', ({ measurement }) => measurement.totalMjy],
  ['E_Total_flux', 'mJy', ({ measurement: { errors } }) => errors.totalMjy],
  [
    'E_Total_flux_tot',
    'mJy',
    ({ measurement }) => Math.hypot(measurement.errors.totalMjy, FLUX_SCALE_ERROR * measurement.totalMjy),
  ],
  ['Maj', 'arcsec', ({ measurement: { ellipse } }) => ellipse.majArcsec],
  ['E_Maj', 'arcsec', ({ measurement: { errors } }) => errors.majArcsec],
  ['Min', 'arcsec', ({ measurement: { ellipse } }) => ellipse.minArcsec],
  ['E_Min', 'arcsec', ({ measurement: { errors } }) => errors.minArcsec],
  ['DC_Maj', 'arcsec', ({ measurement: { deconvolved } }) => deconvolved.majArcsec],
  ['E_DC_Maj', 'arcsec', ({ measurement: { errors } }) => errors.majArcsec],
  ['DC_Min', 'arcsec', ({ measurement: { deconvolved } }) => deconvolved.minArcsec],
  ['E_DC_Min', 'arcsec', ({ measurement: { errors } }) => errors.minArcsec],
  ['PA', 'deg', ({ measurement: { ellipse } }) => ellipse.paDeg],
  ['E_PA', 'deg', ({ measurement: { errors } }) => errors.paDeg],
  ['DC_PA', 'deg', ({ measurement: { deconvolved } }) => deconvolved.paDeg],
  ['E_DC_PA', 'deg', ({ measurement: { errors } }) => errors.paDeg],
  ['Isl_rms', BRIGHTNESS_UNIT, ({ measurement }) => measurement.rmsMjyPerBeam],
];

/** The columns of a LoTSS DR1 catalogue, in its order, with the optical match appended. */
export function measurementTable(
  rows: readonly SkyMeasurement[],
  mosaicId: string,
  identifiers: readonly Column[] = [],
): Table {
  const columns: Column[] = [
    textColumn(
      'Source_Name',
      24,
      rows.map((row) => row.name),
    ),
    ...QUANTITIES.map(([name, unit, of]) => numberColumn(name, unit, Float64Array.from(rows, of))),
    textColumn(
      'S_Code',
      1,
      rows.map((row) => row.code),
    ),
    textColumn(
      'Mosaic_ID',
      11,
      rows.map(() => mosaicId),
    ),
    ...identifiers,
    integerColumn(
      'Isl_id',
      rows.map((row) => row.islandNumber),
    ),
    numberColumn(
      'lr',
      undefined,
      Float64Array.from(rows, (row) => row.match.lr),
    ),
    numberColumn(
      'lr_dist',
      'arcsec',
      Float64Array.from(rows, (row) => row.match.distanceArcsec),
    ),
  ];
  return { rowCount: rows.length, columns };
}
