import type { FitsHeader } from './header.ts';

/** An axis that numbers the planes of a cube, as people choose from it. */
export interface PlaneAxis {
  /** `Frequency`, `Stokes`, or the name that the file gives it. */
  readonly title: string;
  /** Length of the axis. */
  readonly length: number;
  /** What each place on it is, in its unit: `144.627 MHz`, `I`. The plain number, from 1, where the header does not say. */
  readonly labels: readonly string[];
}

/** A header may promise any length; nobody chooses from more. */
const MOST_LABELS = 1 << 16;

const TITLES: Readonly<Record<string, string>> = {
  FREQ: 'Frequency',
  STOKES: 'Stokes',
  VELO: 'Velocity',
  VRAD: 'Velocity (radio)',
  VOPT: 'Velocity (optical)',
  FELO: 'Velocity (optical)',
  WAVE: 'Wavelength',
  AWAV: 'Wavelength in air',
  FARADAY: 'Faraday depth',
  FDEP: 'Faraday depth',
};

/** Units of axes that name none (FITS standard, table 25). */
const DEFAULT_UNITS: Readonly<Record<string, string>> = {
  FREQ: 'Hz',
  VELO: 'm/s',
  VRAD: 'm/s',
  VOPT: 'm/s',
  WAVE: 'm',
};

/** FITS standard, table 29. */
const STOKES: Readonly<Record<number, string>> = {
  1: 'I',
  2: 'Q',
  3: 'U',
  4: 'V',
  [-1]: 'RR',
  [-2]: 'LL',
  [-3]: 'RL',
  [-4]: 'LR',
  [-5]: 'XX',
  [-6]: 'YY',
  [-7]: 'XY',
  [-8]: 'YX',
};

/** Units that are read more easily in another: the first whose factor is not above the value. */
const READABLE_UNITS: Readonly<Record<string, readonly (readonly [factor: number, unit: string])[]>> = {
  hz: [
    [1e9, 'GHz'],
    [1e6, 'MHz'],
    [1e3, 'kHz'],
  ],
  'm/s': [[1e3, 'km/s']],
  'm s-1': [[1e3, 'km/s']],
};

const MOST_DECIMALS = 9;

/**
 * The axes from the third on that have more than one place. Plane k of the image, from 0, lies at place `k mod length` of
 * the first of them, and so on.
 * @param axes lengths, NAXIS1 first
 */
export function planeAxesOf(header: FitsHeader, axes: readonly number[]): readonly PlaneAxis[] {
  return axes.flatMap((length, index) => (index < 2 || length <= 1 ? [] : [planeAxis(header, index + 1, length)]));
}

/** The place of a plane [0 … planeCount − 1] on each axis of planes, from 0. */
export function placesOf(plane: number, lengths: readonly number[]): readonly number[] {
  let rest = plane;
  return lengths.map((length) => {
    const place = rest % length;
    rest = Math.floor(rest / length);
    return place;
  });
}

/** The plane at a place on each axis of planes: `placesOf` turned round. */
export const planeAt = (places: readonly number[], lengths: readonly number[]): number =>
  places.reduceRight((plane, place, axis) => plane * lengths[axis]! + place, 0);

function planeAxis(header: FitsHeader, axis: number, length: number): PlaneAxis {
  const type = header.word(`CTYPE${axis}`)?.toUpperCase() ?? '';
  const [kind = ''] = type.split(/[- ]/);
  const title = TITLES[kind] ?? (type === '' ? `Axis ${axis}` : type);
  const scale = linearScale(header, axis, type);
  const count = Math.min(length, MOST_LABELS);
  const numbers = Array.from({ length: count }, (_, place) => `${place + 1}`);
  if (scale === undefined) return { title, length, labels: numbers };
  const values = numbers.map((_, place) => scale.start + scale.step * place);
  if (kind === 'STOKES')
    return { title, length, labels: values.map((value, place) => STOKES[value] ?? numbers[place]!) };
  const unit = header.word(`CUNIT${axis}`) ?? DEFAULT_UNITS[kind] ?? '';
  return { title, length, labels: valueTexts(values, scale.step, unit) };
}

/**
 * Value at the first place and the step to the next one; undefined where the axis is not linear or not independent of
 * the others.
 */
function linearScale(
  header: FitsHeader,
  axis: number,
  type: string,
): { readonly start: number; readonly step: number } | undefined {
  // `WAVE-F2W`, `FREQ-LOG`, `FELO-HEL`: equal steps in something else. AIPS' frames (`VELO-LSR`) change nothing.
  if (/^....-/.test(type) && !/^(?:FREQ|VELO)-(?:LSR|HEL|OBS)/.test(type)) return undefined;
  const value = header.number(`CRVAL${axis}`);
  const step = stepOf(header, axis);
  if (value === undefined || step === undefined) return undefined;
  return { start: value + (1 - (header.number(`CRPIX${axis}`) ?? 0)) * step, step };
}

function stepOf(header: FitsHeader, axis: number): number | undefined {
  const own = new RegExp(`^(?:CD|PC)(?:${axis}_\\d+|\\d+_${axis})$`);
  const isMixed = header.cards.some(
    ({ keyword, value }) => own.test(keyword) && !keyword.endsWith(`${axis}_${axis}`) && value !== 0,
  );
  if (isMixed) return undefined;
  const hasCd = header.cards.some(({ keyword }) => /^CD\d+_\d+$/.test(keyword));
  if (hasCd) return header.number(`CD${axis}_${axis}`);
  const step = header.number(`CDELT${axis}`);
  return step === undefined ? undefined : step * (header.number(`PC${axis}_${axis}`) ?? 1);
}

/** Values with as many decimals as tell neighbours apart, and two more. */
function valueTexts(values: readonly number[], step: number, unit: string): readonly string[] {
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values.at(-1)!));
  const [factor, readable] = READABLE_UNITS[unit.toLowerCase()]?.find(([least]) => largest >= least) ?? [1, unit];
  const size = Math.abs(step / factor);
  if (!(size > 0)) return values.map((value) => `${value / factor} ${readable}`.trim());
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return values.map((value) => `${(value / factor).toFixed(decimals)} ${readable}`.trim());
}
