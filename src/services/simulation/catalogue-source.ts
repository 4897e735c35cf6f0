import { BEAM_FWHM_ARCSEC, BEAM_VARIANCE_PIX2, FWHM_PER_SIGMA } from './beam.ts';
import type { Covariance, Ellipse } from './ellipse.ts';
import { determinant, ellipseOf } from './ellipse.ts';
import type { FittedGaussian } from './gaussian-fit.ts';
import { brightnessAt } from './gaussian-fit.ts';
import type { Island } from './islands.ts';
import { BEAM_COVARIANCE } from './render.ts';

/** What a source finder states about a Gaussian or a source, except where on the sky it is. */
export interface Measurement {
  readonly xPix: number;
  readonly yPix: number;
  readonly peakMjyPerBeam: number;
  readonly totalMjy: number;
  readonly shape: Covariance;
  readonly ellipse: Ellipse;
  readonly deconvolved: Ellipse;
  readonly rmsMjyPerBeam: number;
  readonly errors: MeasurementErrors;
}

/** 1σ errors of the fit. */
export interface MeasurementErrors {
  readonly xArcsec: number;
  readonly yArcsec: number;
  readonly peakMjyPerBeam: number;
  readonly totalMjy: number;
  readonly majArcsec: number;
  readonly minArcsec: number;
  readonly paDeg: number;
}

/** A row of the source catalogue with its Gaussians. */
export interface CatalogueSource {
  readonly measurement: Measurement;
  readonly gaussians: readonly Measurement[];
  /** S: the only source of its island, one Gaussian; C: one Gaussian beside other sources; M: several Gaussians. */
  readonly code: 'S' | 'C' | 'M';
  /** Number of the island within the field. */
  readonly islandNumber: number;
}

export const totalFluxOf = ({ peak, shape }: FittedGaussian): number =>
  (peak * Math.sqrt(determinant(shape))) / BEAM_VARIANCE_PIX2;

/** Size before the beam. Unresolved, both axes 0, where the minor axis is narrower than the beam (AIPS, as PyBDSF). */
function deconvolve(shape: Covariance, fitted: Ellipse): Ellipse {
  const intrinsic = { xx: shape.xx - BEAM_COVARIANCE.xx, xy: shape.xy, yy: shape.yy - BEAM_COVARIANCE.yy };
  const ellipse = ellipseOf(intrinsic);
  const isResolved = fitted.minArcsec > BEAM_FWHM_ARCSEC;
  return isResolved ? ellipse : { majArcsec: 0, minArcsec: 0, paDeg: 0 };
}

/**
 * Errors of a Gaussian fit in noise correlated like the beam. Source: Condon 1997, PASP 109, 166, Eqs. 21, 41 and 42
 * with its effective signal-to-noise ratios ρ (exponents 3/2 and 3/2 for amplitude, 5/2 and 1/2 for the major axis, 1/2
 * and 5/2 for the minor axis and the angle).
 */
function condonErrors(ellipse: Ellipse, peak: number, total: number, rms: number): MeasurementErrors {
  const { majArcsec: maj, minArcsec: min, paDeg } = ellipse;
  const areaTerm = (maj * min) / (4 * BEAM_FWHM_ARCSEC ** 2);
  const majTerm = 1 + (BEAM_FWHM_ARCSEC / maj) ** 2;
  const minTerm = 1 + (BEAM_FWHM_ARCSEC / min) ** 2;
  const snr = peak / rms;
  const rho = (alpha: number, beta: number): number => Math.sqrt(areaTerm * majTerm ** alpha * minTerm ** beta) * snr;
  const [rhoAmplitude, rhoMaj, rhoMin] = [rho(1.5, 1.5), rho(2.5, 0.5), rho(0.5, 2.5)];
  const relativePeak = Math.SQRT2 / rhoAmplitude;
  const relativeMaj = Math.SQRT2 / rhoMaj;
  const relativeMin = Math.SQRT2 / rhoMin;
  const beamToSize = BEAM_FWHM_ARCSEC ** 2 / (maj * min);
  const relativeTotal = Math.sqrt(relativePeak ** 2 + beamToSize * (relativeMaj ** 2 + relativeMin ** 2));
  const alongMaj = (relativeMaj * maj) / FWHM_PER_SIGMA;
  const alongMin = (relativeMin * min) / FWHM_PER_SIGMA;
  const [sin, cos] = [Math.sin((paDeg * Math.PI) / 180), Math.cos((paDeg * Math.PI) / 180)];
  const roundness = (maj * min) / Math.max(maj * maj - min * min, 1e-9);
  return {
    xArcsec: Math.hypot(alongMaj * sin, alongMin * cos),
    yArcsec: Math.hypot(alongMaj * cos, alongMin * sin),
    peakMjyPerBeam: relativePeak * peak,
    totalMjy: relativeTotal * total,
    majArcsec: relativeMaj * maj,
    minArcsec: relativeMin * min,
    paDeg: Math.min(90, (Math.SQRT2 * relativeMin * roundness * 180) / Math.PI),
  };
}

function measure(
  position: { readonly xPix: number; readonly yPix: number },
  peak: number,
  total: number,
  shape: Covariance,
  rms: number,
): Measurement {
  const ellipse = ellipseOf(shape);
  return {
    xPix: position.xPix,
    yPix: position.yPix,
    peakMjyPerBeam: peak,
    totalMjy: total,
    shape,
    ellipse,
    deconvolved: deconvolve(shape, ellipse),
    rmsMjyPerBeam: rms,
    errors: condonErrors(ellipse, peak, total, rms),
  };
}

/** The catalogue row of one group of Gaussians: their own values for one, flux-weighted moments for several. */
export function catalogueSource(
  gaussians: readonly FittedGaussian[],
  island: Island,
  islandNumber: number,
  sourcesInIsland: number,
): CatalogueSource {
  const measured = gaussians.map((gaussian) =>
    measure(gaussian, gaussian.peak, totalFluxOf(gaussian), gaussian.shape, island.rms),
  );
  const [only] = measured;
  if (measured.length === 1 && only !== undefined) {
    return { measurement: only, gaussians: measured, code: sourcesInIsland === 1 ? 'S' : 'C', islandNumber };
  }
  let [total, x, y] = [0, 0, 0];
  for (const { totalMjy, xPix, yPix } of measured) {
    total += totalMjy;
    x += totalMjy * xPix;
    y += totalMjy * yPix;
  }
  const centre = { xPix: x / total, yPix: y / total };
  let [xx, xy, yy] = [0, 0, 0];
  for (const { totalMjy, xPix, yPix, shape } of measured) {
    const [dx, dy] = [xPix - centre.xPix, yPix - centre.yPix];
    xx += (totalMjy / total) * (shape.xx + dx * dx);
    xy += (totalMjy / total) * (shape.xy + dx * dy);
    yy += (totalMjy / total) * (shape.yy + dy * dy);
  }
  const peak = Math.max(...gaussians.map(({ xPix, yPix }) => brightnessAt(gaussians, xPix, yPix)));
  return {
    measurement: measure(centre, peak, total, { xx, xy, yy }, island.rms),
    gaussians: measured,
    code: 'M',
    islandNumber,
  };
}
