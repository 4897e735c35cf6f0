import { wrapDegrees } from './separation.ts';

/**
 * Right ascension as `hh:mm:ss.ss`, rounded to `decimals` places of a second; 24h never appears.
 * @param raDeg any angle [deg]
 */
export function formatRightAscension(raDeg: number, decimals = 2): string {
  const unitsPerDay = 86_400 * 10 ** decimals;
  const units = Math.round((wrapDegrees(raDeg) / 360) * unitsPerDay) % unitsPerDay;
  return Number.isFinite(units) ? spell(units, decimals) : '';
}

/**
 * Declination as `±dd:mm:ss.s`, rounded to `decimals` places of an arcsecond. A missing one is the empty text.
 * @param decDeg −90 … 90 [deg]
 */
export function formatDeclination(decDeg: number, decimals = 1): string {
  const units = Math.round(Math.abs(decDeg) * 3600 * 10 ** decimals);
  if (!Number.isFinite(units)) return '';
  // What rounds to zero has no sign.
  return (decDeg < 0 && units > 0 ? '-' : '+') + spell(units, decimals);
}

/** `units` of 10^−decimals seconds as three fields; rounding was done before, so that no field shows 60. */
function spell(units: number, decimals: number): string {
  const perSecond = 10 ** decimals;
  const wholeSeconds = Math.floor(units / perSecond);
  const fields = [Math.floor(wholeSeconds / 3600), Math.floor(wholeSeconds / 60) % 60, wholeSeconds % 60];
  const fraction = decimals > 0 ? `.${String(units % perSecond).padStart(decimals, '0')}` : '';
  return fields.map((field) => String(field).padStart(2, '0')).join(':') + fraction;
}
