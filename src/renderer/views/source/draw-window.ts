import type { CutoutColumns } from '../../../contract/column-sets.ts';

/** Softening of the asinh stretch [σ]: linear in the noise, logarithmic above. */
const SOFTENING_SIGMA = 3;
/** Shown range [σ about the centre]. */
const LOW_SIGMA = -2;
const HIGH_SIGMA = 150;

/** Paints the mosaic's own pixels with an asinh stretch between −2σ and 150σ; pixels outside the mosaic stay hatched grey. */
export function paintWindow(context: CanvasRenderingContext2D, cutout: CutoutColumns, isInverted: boolean): void {
  const side = cutout.windowSidePix;
  const centre = cutout.centreMjyPerBeam ?? 0;
  const sigma = cutout.sigmaMjyPerBeam ?? 1;
  const stretch = (value: number): number => Math.asinh(value / SOFTENING_SIGMA);
  const [low, high] = [stretch(LOW_SIGMA), stretch(HIGH_SIGMA)];
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
