/** What a pixel value is multiplied by to become mJy/beam, and what should be said about how that was found. */
export interface BrightnessScale {
  /** Undefined where the unit is missing, unknown, or no brightness per beam. */
  readonly toMjyPerBeam: number | undefined;
  readonly warning: string | undefined;
}

const MILLIJANSKY_PER_PREFIX: Readonly<Record<string, number>> = {
  '': 1000,
  m: 1,
  u: 1e-3,
  µ: 1e-3,
  μ: 1e-3,
  n: 1e-6,
  k: 1e6,
};

/**
 * Understands BUNIT as radio software spells it: `JY/BEAM`, `Jy beam-1`, `beam-1 mJy`, `mJy/bm`, `uJy*beam^-1` …
 * Capital letters alone say nothing about the prefix: `MJY/BEAM` is read as mJy/beam, with a warning.
 */
export function brightnessScaleOf(unit: string | undefined): BrightnessScale {
  if (unit === undefined || unit.trim() === '') {
    return { toMjyPerBeam: undefined, warning: 'It has no BUNIT: pixel values are shown as they are.' };
  }
  const compact = unit.replace(/[\s*.·()]/g, '').replace(/\^/g, '');
  const match =
    /^(.*?)(?:jy|jansky)(?:\/(?:beam|bm)|(?:beam|bm)-1)$/i.exec(compact) ??
    /^(?:beam|bm)-1(.*?)(?:jy|jansky)$/i.exec(compact);
  const prefix = match?.[1];
  const factor = prefix === undefined ? undefined : MILLIJANSKY_PER_PREFIX[prefix];
  if (factor !== undefined) return { toMjyPerBeam: factor, warning: undefined };
  if (prefix === 'M') {
    const isShouted = compact === compact.toUpperCase();
    if (isShouted) return { toMjyPerBeam: 1, warning: `Its unit "${unit.trim()}" is taken for mJy/beam.` };
    return { toMjyPerBeam: 1e9, warning: undefined };
  }
  return {
    toMjyPerBeam: undefined,
    warning: `Its unit "${unit.trim()}" is unknown: pixel values are shown as they are.`,
  };
}
