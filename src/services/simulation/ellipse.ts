import { FWHM_PER_SIGMA, PIXEL_ARCSEC } from './beam.ts';

/**
 * Second moments of a Gaussian on the image [pixel²]; x grows to the west, y to the north. Convolving two Gaussians adds
 * them, so model, beam and fit are all written this way.
 */
export interface Covariance {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** An ellipse as catalogues give it: full widths at half maximum [arcsec], position angle [deg, north through east]. */
export interface Ellipse {
  readonly majArcsec: number;
  readonly minArcsec: number;
  readonly paDeg: number;
}

/** @param paRad position angle of the major axis [rad, north through east] */
export function covarianceOf(majFwhmArcsec: number, minFwhmArcsec: number, paRad: number): Covariance {
  const major = (majFwhmArcsec / PIXEL_ARCSEC / FWHM_PER_SIGMA) ** 2;
  const minor = (minFwhmArcsec / PIXEL_ARCSEC / FWHM_PER_SIGMA) ** 2;
  // East is to the left: the major axis points along (−sin PA, cos PA).
  const sin = Math.sin(paRad);
  const cos = Math.cos(paRad);
  return {
    xx: major * sin * sin + minor * cos * cos,
    xy: (minor - major) * sin * cos,
    yy: major * cos * cos + minor * sin * sin,
  };
}

/** The ellipse of a covariance; an axis whose variance is not positive gets width 0. `paDeg` in 0 ≤ PA < 180. */
export function ellipseOf({ xx, xy, yy }: Covariance): Ellipse {
  const mean = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const toFwhmArcsec = (variance: number): number => Math.sqrt(Math.max(0, variance)) * FWHM_PER_SIGMA * PIXEL_ARCSEC;
  const angleDeg = ((0.5 * Math.atan2(-2 * xy, yy - xx)) / Math.PI) * 180;
  return {
    majArcsec: toFwhmArcsec(mean + spread),
    minArcsec: toFwhmArcsec(mean - spread),
    paDeg: (angleDeg + 180) % 180,
  };
}

export const determinant = ({ xx, xy, yy }: Covariance): number => xx * yy - xy * xy;

export const sumOf = (a: Covariance, b: Covariance): Covariance => ({
  xx: a.xx + b.xx,
  xy: a.xy + b.xy,
  yy: a.yy + b.yy,
});

/** Standard deviation along a direction (unit vector) of the ellipse's profile through its centre [pixel]. */
export function sigmaAlong(covariance: Covariance, directionX: number, directionY: number): number {
  const { xx, xy, yy } = covariance;
  const quadratic = yy * directionX * directionX - 2 * xy * directionX * directionY + xx * directionY * directionY;
  return Math.sqrt(determinant(covariance) / quadratic);
}
