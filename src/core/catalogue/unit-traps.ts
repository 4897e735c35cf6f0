import type { CatalogueNotice } from './catalogue.ts';

/** The quantities of a catalogue in Lobate's units, as its columns' units say. */
export interface MeasuredColumns {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  readonly majArcsec: Float64Array;
  readonly paDeg: Float64Array;
  readonly totalFluxMjy: Float64Array;
  readonly peakFluxMjyPerBeam: Float64Array;
  readonly islandRmsMjyPerBeam: Float64Array;
}

/** Rows from which on a distribution says something about its unit. */
const FEWEST_ROWS = 10;

/** No survey of components has beams below 0.1″, and half its sources above half a degree. */
const SMALLEST_MEDIAN_MAJ_ARCSEC = 0.1;
const LARGEST_MEDIAN_MAJ_ARCSEC = 1800;

/** Half the sources of the deepest radio surveys lie above 5 µJy; half of those of the shallowest below 50 Jy. */
const SMALLEST_MEDIAN_FLUX_MJY = 0.005;
const LARGEST_MEDIAN_FLUX_MJY = 50_000;

/** Total and peak flux of half the sources agree within this, and the peak lies between the noise and 10⁵ of it. */
const LARGEST_FLUX_RATIO = 100;
const LARGEST_PEAK_TO_NOISE = 100_000;

/**
 * Units that the values betray: sizes in degrees called arcsec, fluxes in Jy called mJy, right ascensions in hours,
 * position angles in radians. Nothing is corrected: each notice says what was found and what it would be.
 */
export function unitTraps(columns: MeasuredColumns): readonly CatalogueNotice[] {
  return [...sizeTraps(columns), ...fluxTraps(columns), ...positionTraps(columns), ...angleTraps(columns)].map(
    (message) => ({ level: 'warning', topic: 'unit-trap', message }),
  );
}

interface Range {
  readonly count: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Values that are looked at first: a median has to be right within a factor of two, and a survey has millions of rows. */
const SAMPLE_SIZE = 10_000;

/** Finite values of evenly spaced rows, of all where there are few: within the range of all, about their median. */
function sampleOf(values: Float64Array): Range {
  const step = Math.max(1, Math.floor(values.length / SAMPLE_SIZE));
  const sampled = Float64Array.from({ length: Math.ceil(values.length / step) }, (_, k) => values[k * step]!)
    .filter(Number.isFinite)
    .sort();
  const [low = Number.NaN, high = Number.NaN] = [sampled[0], sampled.at(-1)];
  return { count: sampled.length, low, median: sampled[sampled.length >> 1] ?? Number.NaN, high };
}

/** Smallest and largest finite value. */
function extremesOf(values: Float64Array): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    // Neither NaN nor infinite.
    if (value - value !== 0) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** `1.2e-3 … 0.04`, three digits each. */
function spanOf(values: Float64Array): string {
  const { low, high } = extremesOf(values);
  return `${Number(low.toPrecision(3))} … ${Number(high.toPrecision(3))}`;
}

function sizeTraps({ majArcsec }: MeasuredColumns): string[] {
  const range = sampleOf(majArcsec);
  if (range.median < SMALLEST_MEDIAN_MAJ_ARCSEC) {
    return [
      `Check the unit of Maj: its values, ${spanOf(majArcsec)}, are read as arcsec and look like degrees. ` +
        'Nothing was changed; correct the unit in the file, or use --units pybdsf where it names none.',
    ];
  }
  if (range.median > LARGEST_MEDIAN_MAJ_ARCSEC) {
    return [
      `Check the unit of Maj: read as the file says it is ${spanOf(majArcsec)} arcsec; before the conversion from degrees ` +
        'it looks like arcsec. Nothing was changed; correct the unit in the file.',
    ];
  }
  return [];
}

function fluxTraps(columns: MeasuredColumns): string[] {
  const traps: string[] = [];
  const total = sampleOf(columns.totalFluxMjy);
  const peak = sampleOf(columns.peakFluxMjyPerBeam);
  const noise = sampleOf(columns.islandRmsMjyPerBeam);
  for (const [name, range, values] of [
    ['Total_flux', total, columns.totalFluxMjy],
    ['Peak_flux', peak, columns.peakFluxMjyPerBeam],
  ] as const) {
    if (range.count < FEWEST_ROWS) continue;
    if (Math.abs(range.median) < SMALLEST_MEDIAN_FLUX_MJY) {
      traps.push(
        `Check the unit of ${name}: its values, ${spanOf(values)}, are read as mJy and look like Jy. Nothing was changed.`,
      );
    } else if (range.median > LARGEST_MEDIAN_FLUX_MJY) {
      traps.push(
        `Check the unit of ${name}: read as the file says it is ${spanOf(values)} mJy; before the conversion from Jy it ` +
          'looks like mJy. Nothing was changed.',
      );
    }
  }
  if (traps.length > 0) return traps;
  const ratio = total.median / peak.median;
  if (ratio > LARGEST_FLUX_RATIO || ratio < 1 / LARGEST_FLUX_RATIO) {
    traps.push(
      `Check the units of Total_flux and Peak_flux: their medians, ${Number(total.median.toPrecision(3))} mJy and ` +
        `${Number(peak.median.toPrecision(3))} mJy/beam, are too far apart for one survey. Nothing was changed.`,
    );
  }
  const significance = peak.median / noise.median;
  if (noise.median > 0 && (significance < 1 || significance > LARGEST_PEAK_TO_NOISE)) {
    traps.push(
      `Check the units of Peak_flux and Isl_rms: their medians are ${Number(peak.median.toPrecision(3))} and ` +
        `${Number(noise.median.toPrecision(3))} mJy/beam, ${Number(significance.toPrecision(2))} times the noise. ` +
        'Nothing was changed.',
    );
  }
  return traps;
}

/** Right ascensions up to 24 that are three times closer together than the declinations: a field seen in hours. */
function positionTraps({ raDeg, decDeg }: MeasuredColumns): string[] {
  const sample = sampleOf(raDeg);
  if (sample.count < FEWEST_ROWS || sample.high > 24) return [];
  const ra = extremesOf(raDeg);
  const dec = extremesOf(decDeg);
  if (ra.high > 24) return [];
  const width = (ra.high - ra.low) * Math.cos((sampleOf(decDeg).median * Math.PI) / 180);
  if (!(width > 0) || width * 3 > dec.high - dec.low) return [];
  return [
    `Check the unit of RA: its values, ${spanOf(raDeg)}, are read as degrees and look like hours (DEC spans ` +
      `${spanOf(decDeg)}). Nothing was changed.`,
  ];
}

/** Position angles that fill a half turn of π but never leave it. */
function angleTraps({ paDeg }: MeasuredColumns): string[] {
  const sample = sampleOf(paDeg);
  if (sample.count < FEWEST_ROWS || sample.high - sample.low > Math.PI + 0.01) return [];
  const range = extremesOf(paDeg);
  const span = range.high - range.low;
  if (!(span > 2 && span <= Math.PI + 0.01) || Math.abs(range.high) > Math.PI + 0.01) return [];
  return [
    `Check the unit of PA: its values, ${spanOf(paDeg)}, are read as degrees and look like radians. Nothing was changed.`,
  ];
}
