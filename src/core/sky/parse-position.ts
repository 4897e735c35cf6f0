import { galacticToIcrs } from './galactic.ts';

/** A typed position, ICRS [deg]: 0 ≤ ra < 360, −90 ≤ dec ≤ 90. */
export interface ParsedPosition {
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
const DECIMAL = new RegExp(`^(${NUMBER})\\s*[d°]?\\s*[,\\s]\\s*(${SIGN}?)(${NUMBER})\\s*[d°]?$`, 'i');
const DESIGNATION = /J(\d{2})(\d{2})(\d{2}(?:\.\d*)?)([+\-−])(\d{2})(\d{2})(\d{2}(?:\.\d*)?)$/i;
const GALACTIC = new RegExp(`^(?:G|GAL|l\\s*b)\\s+(${NUMBER})\\s*°?\\s*[,\\s]\\s*(${SIGN}?)(${NUMBER})\\s*°?$`, 'i');
const GALACTIC_NAME = new RegExp(`^G(\\d{1,3}\\.\\d+)([+\\-−])(\\d{1,2}\\.\\d+)$`, 'i');
/** Words that other programs copy before a position, and brackets about it. */
const PREFIX = /^(?:icrs|icrsd|fk5|j2000)\s*[:(]?\s*/i;

/**
 * Reads a typed position: sexagesimal with colons, letters or blanks, decimal degrees, a `J…` designation as in
 * `ILTJ104622.10+550311.0`, or galactic `G l b` and `G150.20+53.10`; `icrs`, `fk5` or `J2000` may stand before it.
 * Undefined where the text is none of them or leaves the sphere.
 */
export function parsePosition(text: string): ParsedPosition | undefined {
  const typed = text
    .trim()
    .replace(PREFIX, '')
    .replace(/^\((.*)\)$|\)$/, '$1')
    .trim();
  const sexagesimal = SEXAGESIMAL.exec(typed) ?? DESIGNATION.exec(typed);
  if (sexagesimal !== null) return fromSexagesimal(sexagesimal.slice(1).map((part) => part || ''));
  const galactic = GALACTIC.exec(typed) ?? GALACTIC_NAME.exec(typed);
  if (galactic !== null) return fromGalactic(Number(galactic[1]), signed(galactic[2]!, Number(galactic[3])));
  const decimal = DECIMAL.exec(typed);
  if (decimal === null) return undefined;
  return onSphere(Number(decimal[1]), signed(decimal[2]!, Number(decimal[3])));
}

const signed = (sign: string, size: number): number => (sign !== '' && sign !== '+' ? -size : size);

function fromSexagesimal(found: readonly string[]): ParsedPosition | undefined {
  const [hour, minute, second, sign, degree, arcminute, arcsecond] = found;
  const sixties = [minute, second, arcminute, arcsecond].map(Number);
  if (sixties.some((value) => value >= 60) || Number(hour) >= 24) return undefined;
  const raDeg = 15 * (Number(hour) + sixties[0]! / 60 + sixties[1]! / 3600);
  return onSphere(raDeg, signed(sign ?? '', Number(degree) + sixties[2]! / 60 + sixties[3]! / 3600));
}

function fromGalactic(longitudeDeg: number, latitudeDeg: number): ParsedPosition | undefined {
  if (Math.abs(latitudeDeg) > 90 || longitudeDeg > 360) return undefined;
  return galacticToIcrs(longitudeDeg, latitudeDeg);
}

const onSphere = (raDeg: number, decDeg: number): ParsedPosition | undefined =>
  raDeg >= 0 && raDeg <= 360 && Math.abs(decDeg) <= 90 ? { raDeg: raDeg % 360, decDeg } : undefined;
