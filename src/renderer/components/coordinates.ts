import { icrsToGalactic } from '../../core/sky/galactic.ts';
import { fixed } from './format.ts';

/** Sexagesimal right ascension `13 39 46.43`, rounded as a whole so that seconds never read 60. */
export function raSexagesimal(raDeg: number, decimals = 2): readonly [string, string, string] {
  const scale = 10 ** decimals;
  const turn = ((raDeg % 360) + 360) % 360;
  const total = Math.round((turn / 15) * 3600 * scale) % (24 * 3600 * scale);
  return parts(total, scale, decimals);
}

/** Sexagesimal declination with its sign, `+54 57 53.2`. */
export function decSexagesimal(decDeg: number, decimals = 1): readonly [string, string, string] {
  const scale = 10 ** decimals;
  const [degree, minute, second] = parts(Math.round(Math.abs(decDeg) * 3600 * scale), scale, decimals);
  return [`${decDeg < 0 ? '−' : '+'}${degree}`, minute, second];
}

function parts(total: number, scale: number, decimals: number): [string, string, string] {
  const seconds = total / scale;
  const whole = Math.floor(total / (3600 * scale));
  const minute = Math.floor((total % (3600 * scale)) / (60 * scale));
  const second = seconds - whole * 3600 - minute * 60;
  const width = decimals === 0 ? 2 : decimals + 3;
  return [
    whole.toString().padStart(2, '0'),
    minute.toString().padStart(2, '0'),
    Math.max(0, second).toFixed(decimals).padStart(width, '0'),
  ];
}

/** Position as the window shows it. RA carries one more decimal than Dec: both are then good to about 0.1″. */
export function positionText(raDeg: number, decDeg: number, inDegrees = false): string {
  if (inDegrees) return `${fixed(raDeg, 5)} ${decDeg < 0 ? '' : '+'}${fixed(decDeg, 5)}`;
  return `${raSexagesimal(raDeg).join(' ')} ${decSexagesimal(decDeg).join(' ')}`;
}

/** The same for pasting elsewhere: an ASCII hyphen, colons, since no tool reads a real minus sign. */
export function positionForCopy(raDeg: number, decDeg: number, inDegrees = false): string {
  if (inDegrees) return positionText(raDeg, decDeg, true).replaceAll('−', '-');
  return `${raSexagesimal(raDeg).join(':')} ${decSexagesimal(decDeg).join(':')}`.replaceAll('−', '-');
}

/** In which system, and how, positions are written. */
export interface PositionStyle {
  readonly frame: 'icrs' | 'galactic';
  readonly inDegrees: boolean;
}

/** A position in the style that the astronomer chose; galactic ones are always in degrees. */
export function styledPosition(raDeg: number, decDeg: number, { frame, inDegrees }: PositionStyle): string {
  if (frame === 'icrs') return positionText(raDeg, decDeg, inDegrees);
  const { longitudeDeg, latitudeDeg } = icrsToGalactic(raDeg, decDeg);
  return `${fixed(longitudeDeg, 5)} ${latitudeDeg < 0 ? '' : '+'}${fixed(latitudeDeg, 5)}`;
}

/** The same for pasting elsewhere; what `parsePosition` of core/sky reads back. */
export function styledPositionForCopy(raDeg: number, decDeg: number, style: PositionStyle): string {
  if (style.frame === 'icrs') return positionForCopy(raDeg, decDeg, style.inDegrees);
  return `G ${styledPosition(raDeg, decDeg, style)}`.replaceAll('−', '-');
}
