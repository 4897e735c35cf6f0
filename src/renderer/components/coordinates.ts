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

export interface SkyPosition {
  readonly raDeg: number;
  readonly decDeg: number;
}

const NUMBER = String.raw`\d+(?:\.\d*)?`;
const SIGN = '[+\\-−–]';
const SEXAGESIMAL = new RegExp(
  String.raw`^(\d{1,2})(?:\s*h\s*|\s*:\s*|\s+)(\d{1,2})(?:\s*m\s*|\s*:\s*|\s+)(${NUMBER})\s*s?\s*,?\s*` +
    String.raw`(${SIGN}?)(\d{1,2})(?:\s*[d°]\s*|\s*:\s*|\s+)(\d{1,2})(?:\s*[m'′]\s*|\s*:\s*|\s+)(${NUMBER})\s*[s"″]?$`,
  'i',
);
const DECIMAL = new RegExp(`^(${NUMBER})\\s*°?\\s*[,\\s]\\s*(${SIGN}?)(${NUMBER})\\s*°?$`);
const DESIGNATION = /J(\d{2})(\d{2})(\d{2}(?:\.\d*)?)([+\-−])(\d{2})(\d{2})(\d{2}(?:\.\d*)?)$/i;
const GALACTIC = new RegExp(`^(?:G|GAL|l\\s*b)\\s+(${NUMBER})\\s*[,\\s]\\s*(${SIGN}?)(${NUMBER})$`, 'i');

/**
 * Reads a typed position: sexagesimal with colons, letters or blanks, decimal degrees, a `J…` designation, or galactic
 * `G l b`. Undefined where the text is none of them or leaves the sphere.
 */
export function parsePosition(text: string): SkyPosition | undefined {
  const typed = text.trim();
  const sexagesimal = SEXAGESIMAL.exec(typed) ?? DESIGNATION.exec(typed);
  if (sexagesimal !== null) return fromSexagesimal(sexagesimal.slice(1).map((part) => part || ''));
  const galactic = GALACTIC.exec(typed);
  if (galactic !== null) return fromGalactic(Number(galactic[1]), signed(galactic[2]!, Number(galactic[3])));
  const decimal = DECIMAL.exec(typed);
  if (decimal === null) return undefined;
  return onSphere(Number(decimal[1]), signed(decimal[2]!, Number(decimal[3])));
}

const signed = (sign: string, size: number): number => (sign !== '' && sign !== '+' ? -size : size);

function fromSexagesimal(found: readonly string[]): SkyPosition | undefined {
  const [hour, minute, second, sign, degree, arcminute, arcsecond] = found;
  const sixties = [minute, second, arcminute, arcsecond].map(Number);
  if (sixties.some((value) => value >= 60) || Number(hour) >= 24) return undefined;
  const raDeg = 15 * (Number(hour) + sixties[0]! / 60 + sixties[1]! / 3600);
  return onSphere(raDeg, signed(sign ?? '', Number(degree) + sixties[2]! / 60 + sixties[3]! / 3600));
}

const onSphere = (raDeg: number, decDeg: number): SkyPosition | undefined =>
  raDeg >= 0 && raDeg <= 360 && Math.abs(decDeg) <= 90 ? { raDeg: raDeg % 360, decDeg } : undefined;

/** North galactic pole and the galactic longitude of the north celestial pole, J2000 [deg] (Liu, Zhu & Zhang 2011, §2). */
const POLE_RA_DEG = 192.85948;
const POLE_DEC_DEG = 27.12825;
const POLE_LONGITUDE_DEG = 122.93192;

function fromGalactic(lDeg: number, bDeg: number): SkyPosition | undefined {
  if (Math.abs(bDeg) > 90 || lDeg < 0 || lDeg > 360) return undefined;
  const radians = Math.PI / 180;
  const [b, pole, turn] = [bDeg * radians, POLE_DEC_DEG * radians, (POLE_LONGITUDE_DEG - lDeg) * radians];
  const sinDec = Math.sin(pole) * Math.sin(b) + Math.cos(pole) * Math.cos(b) * Math.cos(turn);
  const y = Math.cos(b) * Math.sin(turn);
  const x = Math.cos(pole) * Math.sin(b) - Math.sin(pole) * Math.cos(b) * Math.cos(turn);
  const raDeg = POLE_RA_DEG + Math.atan2(y, x) / radians;
  return { raDeg: ((raDeg % 360) + 360) % 360, decDeg: Math.asin(sinDec) / radians };
}
