import type { CutoutColumns } from '../../../contract/column-sets.ts';

/** Softening of the asinh stretch [σ]: linear in the noise, logarithmic above. */
const SOFTENING_SIGMA = 3;
/** Lower end of the shown range, and the least upper end [σ about the centre]. */
const LOW_SIGMA = -2;
const LEAST_HIGH_SIGMA = 30;
/** Half the side of the square about the source whose brightest pixel sets the upper end [pixel]. */
const PEAK_REACH_PIX = 32;

/**
 * Upper end of the shown range [σ]: the brightest pixel within 48″ of the source, at least 30σ, so that neither a core
 * saturates nor a faint source drowns.
 */
export function highSigmaOf(cutout: CutoutColumns): number {
  const { windowSidePix: side, window, centreMjyPerBeam: centre, sigmaMjyPerBeam: sigma } = cutout;
  if (centre === null || sigma === null) return LEAST_HIGH_SIGMA;
  let high = LEAST_HIGH_SIGMA;
  for (let y = side / 2 - PEAK_REACH_PIX; y < side / 2 + PEAK_REACH_PIX; y += 1) {
    for (let x = side / 2 - PEAK_REACH_PIX; x < side / 2 + PEAK_REACH_PIX; x += 1) {
      const value = (window[y * side + x]! - centre) / sigma;
      if (value > high) high = value;
    }
  }
  return high;
}

/** Paints the mosaic's own pixels with an asinh stretch from −2σ to `highSigma`; pixels outside the mosaic are hatched grey. */
export function paintWindow(
  context: CanvasRenderingContext2D,
  cutout: CutoutColumns,
  highSigma: number,
  isInverted: boolean,
): void {
  const side = cutout.windowSidePix;
  const centre = cutout.centreMjyPerBeam ?? 0;
  const sigma = cutout.sigmaMjyPerBeam ?? 1;
  const stretch = (value: number): number => Math.asinh(value / SOFTENING_SIGMA);
  const [low, high] = [stretch(LOW_SIGMA), stretch(highSigma)];
  const image = context.createImageData(side, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const value = cutout.window[y * side + x]!;
      const share = Math.min(1, Math.max(0, (stretch((value - centre) / sigma) - low) / (high - low)));
      const isBlank = Number.isNaN(value);
      const blankGrey = (x + y) % 8 < 1 ? 96 : 72;
      const grey = isBlank ? blankGrey : 255 * (isInverted ? 1 - share : share);
      const at = ((side - 1 - y) * side + x) * 4;
      image.data[at] = grey;
      image.data[at + 1] = grey;
      image.data[at + 2] = grey;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
