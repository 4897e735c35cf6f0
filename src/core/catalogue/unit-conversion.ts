/** What a column measures; each has one unit inside Lobate, named after the stroke. */
export type QuantityKind = 'position/deg' | 'angle/deg' | 'size/arcsec' | 'flux/mJy' | 'brightness/mJy per beam';

const DEGREES_PER_RADIAN = 180 / Math.PI;

/** Degrees in one of each unit of angle, by its spellings in lower case (FITS, VOTable, CDS and handwritten tables). */
const DEGREES_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ['deg', 1],
  ['degs', 1],
  ['degree', 1],
  ['degrees', 1],
  ['°', 1],
  ['arcmin', 1 / 60],
  ['arcmins', 1 / 60],
  ['arcminute', 1 / 60],
  ['arcminutes', 1 / 60],
  ['amin', 1 / 60],
  ['arcsec', 1 / 3600],
  ['arcsecs', 1 / 3600],
  ['arcsecond', 1 / 3600],
  ['arcseconds', 1 / 3600],
  ['asec', 1 / 3600],
  ['"', 1 / 3600],
  ["''", 1 / 3600],
  ['″', 1 / 3600],
  ['mas', 1 / 3_600_000],
  ['rad', DEGREES_PER_RADIAN],
  ['radian', DEGREES_PER_RADIAN],
  ['radians', DEGREES_PER_RADIAN],
]);

/** Millijansky in one of each prefix. Capital `M` is missing on purpose: mega and shouted milli cannot be told apart. */
const MILLIJANSKY_PER_PREFIX: ReadonlyMap<string, number> = new Map([
  ['', 1000],
  ['m', 1],
  ['milli', 1],
  ['u', 1e-3],
  ['µ', 1e-3],
  ['μ', 1e-3],
  ['micro', 1e-3],
  ['n', 1e-6],
]);

const PER_BEAM = /(?:\/|\bper\b)\s*(?:beam|bm)\b|\b(?:beam|bm)\s*(?:\*\*|\^)?\s*[({]?\s*-\s*1\s*[)}]?/i;

/** Factor from `unit` to mJy, or undefined where it is not a flux density. */
function millijanskyPer(unit: string): number | undefined {
  const match = /^(.*?)(?:jy|jansky|janskys)$/i.exec(unit);
  if (match === null) return undefined;
  const prefix = match[1]!.trim();
  // "MJY": the whole unit is in capitals, as old FITS writers do, so its M is a shouted m.
  const isShouted = prefix === 'M' && unit === unit.toUpperCase();
  return MILLIJANSKY_PER_PREFIX.get(isShouted || prefix !== 'M' ? prefix.toLowerCase() : prefix);
}

/**
 * The factor that turns values in `unit` into Lobate's unit for that kind of quantity, or undefined where the unit is
 * unknown or measures something else. Spelling is taken liberally: `deg` and `Degrees`, `JY/BEAM`, `mJy beam-1` and
 * astropy's `beam-1 mJy`.
 */
export function conversionFactor(unit: string, kind: QuantityKind): number | undefined {
  const bare = unit
    .trim()
    .replace(/^[[(](.*)[\])]$/, '$1')
    .trim();
  switch (kind) {
    case 'position/deg':
    case 'angle/deg':
      return DEGREES_PER_UNIT.get(bare.toLowerCase());
    case 'size/arcsec': {
      const inDegrees = DEGREES_PER_UNIT.get(bare.toLowerCase());
      // Exactly 1 for arcsec, so that values pass unchanged.
      if (inDegrees === 1 / 3600) return 1;
      return inDegrees === undefined ? undefined : inDegrees * 3600;
    }
    case 'flux/mJy':
      return millijanskyPer(bare);
    case 'brightness/mJy per beam': {
      const flux = bare
        .replace(PER_BEAM, ' ')
        .replace(/[.·*\s]+/g, ' ')
        .trim();
      return millijanskyPer(flux);
    }
  }
}
