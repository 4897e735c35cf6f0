import { BEAM_VARIANCE_PIX2 } from './beam.ts';
import type { Covariance } from './ellipse.ts';
import { determinant, sumOf } from './ellipse.ts';
import type { FittedGaussian } from './gaussian-fit.ts';
import type { Blob } from './physical-source.ts';

/** A square image, row 0 the southernmost, NaN where there are no data [mJy/beam]. */
export interface SkyImage {
  readonly side: number;
  readonly pixels: Float32Array;
}

export const BEAM_COVARIANCE: Covariance = { xx: BEAM_VARIANCE_PIX2, xy: 0, yy: BEAM_VARIANCE_PIX2 };

/** Brightness at the centre of a blob once seen with the beam [mJy/beam]. */
export const peakOf = (fluxMjy: number, observed: Covariance): number =>
  (fluxMjy * BEAM_VARIANCE_PIX2) / Math.sqrt(determinant(observed));

/** A blob is drawn out to where it falls below this [mJy/beam]: a hundredth of the noise. */
const FAINTEST_DRAWN_MJY_PER_BEAM = 0.0006;

/** Adds a blob, convolved with the beam, to the image. NaN pixels stay NaN. */
export function addBlobInPlace(image: SkyImage, { xPix, yPix, fluxMjy, shape }: Blob): void {
  const observed = sumOf(shape, BEAM_COVARIANCE);
  addGaussianInPlace(image, { xPix, yPix, peak: peakOf(fluxMjy, observed), shape: observed });
}

/** Adds a Gaussian as the image shows it (beam included); a negative peak subtracts. NaN pixels stay NaN. */
export function addGaussianInPlace(image: SkyImage, gaussian: FittedGaussian): void {
  const { side, pixels } = image;
  const { peak, xPix, yPix, shape } = gaussian;
  const reach2 = 2 * Math.log(Math.abs(peak) / FAINTEST_DRAWN_MJY_PER_BEAM);
  if (!(reach2 > 0)) return;
  const det = determinant(shape);
  const [a, b, c] = [shape.yy / det, -shape.xy / det, shape.xx / det];
  const halfHeight = Math.sqrt(reach2 * shape.yy);
  const lowY = Math.max(0, Math.ceil(yPix - halfHeight));
  const highY = Math.min(side - 1, Math.floor(yPix + halfHeight));
  for (let y = lowY; y <= highY; y++) {
    const dy = y - yPix;
    // Solve a dx² + 2 b dx dy + c dy² = reach² for the row's ends.
    const discriminant = (b * dy) ** 2 - a * (c * dy * dy - reach2);
    if (discriminant <= 0) continue;
    const root = Math.sqrt(discriminant);
    const lowX = Math.max(0, Math.ceil(xPix + (-b * dy - root) / a));
    const highX = Math.min(side - 1, Math.floor(xPix + (-b * dy + root) / a));
    for (let x = lowX; x <= highX; x++) {
      const dx = x - xPix;
      const index = y * side + x;
      pixels[index] = pixels[index]! + peak * Math.exp(-0.5 * (a * dx * dx + 2 * b * dx * dy + c * dy * dy));
    }
  }
}
