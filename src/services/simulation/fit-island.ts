import { BEAM_VARIANCE_PIX2 } from './beam.ts';
import type { FitPixels, FittedGaussian, ShapeLimits } from './gaussian-fit.ts';
import { fitGaussians, residualOf } from './gaussian-fit.ts';
import type { Island } from './islands.ts';
import type { SkyImage } from './render.ts';

/** A residual peak this many times the noise asks for one more Gaussian. */
const RESIDUAL_PEAK_SIGMA = 3;
/** … and this share of the island's brightest pixel: beam errors of bright sources are not structure. */
const RESIDUAL_PEAK_SHARE = 0.015;
/** Gaussians weaker than this are not kept (PyBDSF flags them). */
const FAINTEST_GAUSSIAN_SIGMA = 2.5;
const MOST_GAUSSIANS = 14;
/** Island area that a further Gaussian needs [resolution areas]. */
const AREA_PER_GAUSSIAN = 0.8;
/** Smallest variance of a fit relative to the resolution's: half its width, since noise narrows some fits. */
const SMALLEST_VARIANCE_SHARE = 0.25;
/** Largest variance of a fit to a small island, relative to the resolution's: pixels above 4σ alone do not bound it. */
const LARGEST_VARIANCE_SHARE = 5;

function pixelsOf(image: SkyImage, island: Island): FitPixels {
  const count = island.pixels.length;
  const pixels = { x: new Float64Array(count), y: new Float64Array(count), value: new Float64Array(count) };
  island.pixels.forEach((index, i) => {
    pixels.x[i] = index % image.side;
    pixels.y[i] = Math.floor(index / image.side);
    pixels.value[i] = image.pixels[index]!;
  });
  return pixels;
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** A beam at a pixel of the island, as high as the residual there. */
const beamAt = (pixels: FitPixels, i: number, peak: number, variance: number): FittedGaussian => ({
  peak,
  xPix: pixels.x[i]!,
  yPix: pixels.y[i]!,
  shape: { xx: variance, xy: 0, yy: variance },
});

/** Second moments of an island's extent [pixel²], the scale that limits its Gaussians. */
function largestVarianceOf(pixels: FitPixels): number {
  const count = pixels.x.length;
  let [sx, sy, sxx, syy] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    sx += pixels.x[i]!;
    sy += pixels.y[i]!;
    sxx += pixels.x[i]! ** 2;
    syy += pixels.y[i]! ** 2;
  }
  return sxx / count - (sx / count) ** 2 + (syy / count - (sy / count) ** 2);
}

/**
 * The Gaussians of an island, brightest first: one at the peak, then one more at the highest residual as long as the
 * residual stands out, all fitted together each time.
 *
 * @param resolutionVariance variance of the image's resolution along an axis [pixel²]: the beam's, or more if smoothed
 */
export function fitIsland(
  image: SkyImage,
  island: Island,
  resolutionVariance: number = BEAM_VARIANCE_PIX2,
): FittedGaussian[] {
  const pixels = pixelsOf(image, island);
  const brightest = indexOfLargest(pixels.value);
  const limits: ShapeLimits = {
    smallestVariance: SMALLEST_VARIANCE_SHARE * resolutionVariance,
    largestVariance: Math.max(LARGEST_VARIANCE_SHARE * resolutionVariance, 1.5 * largestVarianceOf(pixels)),
  };
  const areaPerGaussian = AREA_PER_GAUSSIAN * 2 * Math.PI * resolutionVariance;
  const most = Math.min(MOST_GAUSSIANS, Math.max(1, Math.floor(pixels.x.length / areaPerGaussian)));
  const threshold = Math.max(RESIDUAL_PEAK_SIGMA * island.rms, RESIDUAL_PEAK_SHARE * pixels.value[brightest]!);
  let gaussians = fitGaussians(
    pixels,
    [beamAt(pixels, brightest, pixels.value[brightest]!, resolutionVariance)],
    limits,
  );
  while (gaussians.length < most) {
    const residual = residualOf(pixels, gaussians);
    const worst = indexOfLargest(residual);
    if (residual[worst]! < threshold) break;
    const next = fitGaussians(
      pixels,
      [...gaussians, beamAt(pixels, worst, residual[worst]!, resolutionVariance)],
      limits,
    );
    gaussians = next;
  }
  const kept = gaussians.filter((gaussian) => isUsable(gaussian, pixels, island.rms));
  return (kept.length > 0 ? kept : gaussians.slice(0, 1)).sort((a, b) => b.peak - a.peak);
}

/** Bright enough, and centred within the island's bounding box. */
function isUsable(gaussian: FittedGaussian, pixels: FitPixels, rms: number): boolean {
  if (gaussian.peak < FAINTEST_GAUSSIAN_SIGMA * rms) return false;
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < pixels.x.length; i++) {
    lowX = Math.min(lowX, pixels.x[i]!);
    highX = Math.max(highX, pixels.x[i]!);
    lowY = Math.min(lowY, pixels.y[i]!);
    highY = Math.max(highY, pixels.y[i]!);
  }
  return (
    gaussian.xPix >= lowX - 1 && gaussian.xPix <= highX + 1 && gaussian.yPix >= lowY - 1 && gaussian.yPix <= highY + 1
  );
}
