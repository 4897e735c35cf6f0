import { countText } from '../../core/units/count-text.ts';

/** Numbers and units as the window writes them: real minus signs, quiet thousands, digits that the data carry. */

const MINUS = '−';
const NONE = '–';

/** `value` with a fixed number of decimals and a real minus sign; an en dash where there is no value. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

/** A count with thousands separated by a comma: 9,412. */
export const count = countText;

/** `digits` significant digits, plain up to 10⁶ and with × 10ⁿ beyond: 0.00123, 12.3, 1.0 × 10⁻¹³⁵. */
export function significant(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return fixed(value, 0);
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  if (exponent < -4 || exponent > 5) {
    return `${fixed(value / 10 ** exponent, digits - 1)} × 10${superscript(exponent)}`;
  }
  return fixed(value, Math.max(0, digits - 1 - exponent));
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number): string =>
  (exponent < 0 ? '⁻' : '') +
  Math.abs(exponent)
    .toString()
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);

/** P(MC) to three decimals; never rounded up to 1.000 or down to 0.000 while something is left. */
export function probability(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (value > 0.9995 && value < 1) return '>0.999';
  if (value < 0.0005 && value > 0) return '<0.001';
  return value.toFixed(3);
}

/** A difference of two P(MC) with its sign, to three decimals; what is less than they show is said to be. */
export function probabilityChange(value: number): string {
  if (Number.isNaN(value)) return NONE;
  if (value !== 0 && Math.abs(value) < 0.0005) return `${value < 0 ? MINUS : '+'}<0.001`;
  return `${value > 0 ? '+' : ''}${fixed(value, 3)}`;
}

export interface Quantity {
  readonly number: string;
  readonly unit: string;
}

/** Flux density [mJy] in the unit that keeps it readable. `perBeam` makes it a surface brightness. */
export function flux(valueMjy: number | null | undefined, perBeam = false): Quantity {
  const per = perBeam ? '/beam' : '';
  if (valueMjy === null || valueMjy === undefined || Number.isNaN(valueMjy)) return { number: NONE, unit: '' };
  const size = Math.abs(valueMjy);
  if (size >= 1000) return { number: significant(valueMjy / 1000), unit: `Jy${per}` };
  if (size < 0.1 && size > 0) return { number: significant(valueMjy * 1000), unit: `µJy${per}` };
  return { number: significant(valueMjy), unit: `mJy${per}` };
}

/** An angle on the sky [arcsec]: ″ below 1′, then ′, then °. */
export function angle(valueArcsec: number | null | undefined): Quantity {
  if (valueArcsec === null || valueArcsec === undefined || Number.isNaN(valueArcsec)) return { number: NONE, unit: '' };
  if (valueArcsec < 60) return { number: fixed(valueArcsec, 1), unit: '″' };
  if (valueArcsec < 3600) return { number: fixed(valueArcsec / 60, 2), unit: '′' };
  return { number: fixed(valueArcsec / 3600, 2), unit: '°' };
}

/** Whole-minute duration in words: 45 s, 12 min, 1 h 10 min, 3 d 4 h. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 0.5) return 'under 1 s';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** File size in decimal units: 324 MB. */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 99.5 ? size.toFixed(0) : size.toPrecision(2)} ${units[unit]!}`;
}

/** Share of a whole in percent, never rounded to 100 % or 0 % while something is left. */
export function percent(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined || Number.isNaN(fraction)) return NONE;
  if (fraction > 0.999 && fraction < 1) return '> 99.9 %';
  if (fraction < 0.001 && fraction > 0) return '< 0.1 %';
  return `${fixed(fraction * 100, fraction === 1 || fraction === 0 ? 0 : 1)} %`;
}

/** Time left is worth saying from here on [s]; what ends before needs no promise. */
const FEWEST_SECONDS_LEFT = 2;

/** How far a task is and how long it still takes: "42 % · 12 s"; nothing where neither is known. */
export function progressText(fraction: number | null, secondsLeft: number | null): string {
  if (fraction === null) return '';
  const left = secondsLeft === null || secondsLeft < FEWEST_SECONDS_LEFT ? '' : ` · ${duration(secondsLeft)}`;
  return `${Math.floor(fraction * 100)} %${left}`;
}
