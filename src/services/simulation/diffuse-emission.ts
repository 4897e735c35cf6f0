import { BEAM_VARIANCE_PIX2, FWHM_PER_SIGMA, PIXEL_ARCSEC } from './beam.ts';
import { determinant } from './ellipse.ts';
import { fitIsland } from './fit-island.ts';
import type { FittedGaussian } from './gaussian-fit.ts';
import type { Island } from './islands.ts';
import { findIslands } from './islands.ts';
import { addGaussianInPlace } from './render.ts';
import type { SkyImage } from './render.ts';
import { measureRmsMap } from './rms-map.ts';
import { smoothed } from './smooth-image.ts';
import type { SmoothMap } from './smooth-map.ts';

/** An island with its Gaussians. */
export interface FittedIsland {
  readonly island: Island;
  readonly gaussians: readonly FittedGaussian[];
}

/** A search of the residual at one scale: it stands for wavelet planes of PyBDSF. */
export interface WaveletPlane {
  /** FWHM of the smoothing [arcsec]. */
  readonly scaleArcsec: number;
  /** Thresholds over those of the first search: a plane has less noise than the image smoothed to its scale. */
  readonly thresholdShare: number;
  /** How much of a source's light a plane holds; what is found in it is stated fainter by that. */
  readonly lightShare: number;
}

/**
 * The planes, which LoTSS switches on (`atrous_do`, `atrous_jmax = 4`). Of the real rows 12 % have peaks of 3 to 4σ, with
 * few at 4 to 5σ: sources just too faint for the first search, found and stated too faint in the finest plane.
 */
export const WAVELET_PLANES: readonly WaveletPlane[] = [
  { scaleArcsec: 4, thresholdShare: 0.92, lightShare: 0.78 },
  { scaleArcsec: 9, thresholdShare: 1, lightShare: 1 },
  { scaleArcsec: 20, thresholdShare: 1, lightShare: 1 },
];

/** A diffuse Gaussian keeps at least this share of the smoothing's variance: noise makes some narrower than that. */
const SMALLEST_KEPT_SHARE = 0.3;

/**
 * Finds emission too faint per beam for the first search: the residual, smoothed, is searched with the same thresholds,
 * and what is found is subtracted from it.
 *
 * @param residual image less the Gaussians known so far; less the new ones afterwards
 * @param rms noise of the original image, stated for the new islands
 */
export function findDiffuseInPlace(residual: SkyImage, rms: SmoothMap, plane: WaveletPlane): FittedIsland[] {
  const { scaleArcsec, thresholdShare, lightShare } = plane;
  const { side } = residual;
  const kernelSigma = scaleArcsec / FWHM_PER_SIGMA / PIXEL_ARCSEC;
  const kernelVariance = kernelSigma * kernelSigma;
  const image = smoothed(residual, kernelSigma);
  const found = findIslands(image, measureRmsMap(image), thresholdShare);
  return found.map((smoothIsland) => {
    const gaussians = fitIsland(image, smoothIsland, BEAM_VARIANCE_PIX2 + kernelVariance).map((gaussian) =>
      withoutSmoothing(gaussian, kernelVariance),
    );
    for (const gaussian of gaussians) addGaussianInPlace(residual, { ...gaussian, peak: -gaussian.peak });
    let sum = 0;
    for (const index of smoothIsland.pixels) sum += rms.at(index % side, Math.floor(index / side));
    return {
      island: { pixels: smoothIsland.pixels, rms: sum / smoothIsland.pixels.length },
      gaussians: gaussians.map((gaussian) => ({ ...gaussian, peak: lightShare * gaussian.peak })),
    };
  });
}

/** The Gaussian before smoothing: same flux, smaller, higher. */
function withoutSmoothing(gaussian: FittedGaussian, kernelVariance: number): FittedGaussian {
  const { xx, xy, yy } = gaussian.shape;
  const smallest = (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
  const removed = Math.min(kernelVariance, smallest - BEAM_VARIANCE_PIX2 * SMALLEST_KEPT_SHARE);
  const shape = { xx: xx - removed, xy, yy: yy - removed };
  return { ...gaussian, shape, peak: gaussian.peak * Math.sqrt(determinant(gaussian.shape) / determinant(shape)) };
}
