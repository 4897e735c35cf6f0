/**
 * Quantities with their unit in the type: passing arcseconds where degrees are due does not compile. Brands vanish at
 * every border (files, messages, columns), where the unit stands in the name instead: `raDeg`, `majArcsec`.
 */
export type Degrees = number & { readonly unit: 'deg' };
export type Radians = number & { readonly unit: 'rad' };
export type Arcsec = number & { readonly unit: 'arcsec' };
/** Flux density [mJy]. */
export type MilliJansky = number & { readonly unit: 'mJy' };
/** Surface brightness [mJy/beam]. */
export type MilliJanskyPerBeam = number & { readonly unit: 'mJy/beam' };

export const degrees = (value: number): Degrees => value as Degrees;
export const radians = (value: number): Radians => value as Radians;
export const arcsec = (value: number): Arcsec => value as Arcsec;
export const milliJansky = (value: number): MilliJansky => value as MilliJansky;
export const milliJanskyPerBeam = (value: number): MilliJanskyPerBeam => value as MilliJanskyPerBeam;

/** Arcseconds in a degree. Exact, by definition. */
export const ARCSEC_PER_DEGREE = 3600;

/** Radians in a degree. Exact, by definition (rounded to double precision). */
export const RADIANS_PER_DEGREE = Math.PI / 180;

export const degreesToRadians = (value: Degrees): Radians => radians(value * RADIANS_PER_DEGREE);
export const radiansToDegrees = (value: Radians): Degrees => degrees(value / RADIANS_PER_DEGREE);
export const degreesToArcsec = (value: Degrees): Arcsec => arcsec(value * ARCSEC_PER_DEGREE);
export const arcsecToDegrees = (value: Arcsec): Degrees => degrees(value / ARCSEC_PER_DEGREE);
