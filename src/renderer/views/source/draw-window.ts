import type { WindowColumns } from '../../../contract/column-sets.ts';
import type { ViewColours, ViewCut, ViewStretch } from '../../state/source-view.ts';

/** Softening of the asinh stretch [σ]: linear in the noise, logarithmic above. */
const SOFTENING_SIGMA = 3;
/** Lower end of the shown range, and the least upper end with the cut `peak` [σ about the centre]. */
export const LOW_SIGMA = -2;
const LEAST_HIGH_SIGMA = 30;
/** Half the side of the square about the source whose brightest pixel sets the upper end [pixel]. */
const PEAK_REACH_PIX = 32;
/** DS9's constant of the log stretch. */
const LOG_CONSTANT = 1000;

/** Centre and σ of the cutout [mJy/beam]; null where the cutout is blank. */
export interface CutoutNoise {
  readonly centreMjyPerBeam: number | null;
  readonly sigmaMjyPerBeam: number | null;
}

/**
 * Upper end of the shown range [σ]. `peak`: the brightest pixel within 48″ of the source, at least 30σ, so that neither a
 * core saturates nor a faint source drowns.
 */
export function highSigmaOf(
  { window, windowSidePix: side }: WindowColumns,
  { centreMjyPerBeam: centre, sigmaMjyPerBeam: sigma }: CutoutNoise,
  cut: ViewCut,
): number {
  if (cut !== 'peak') return Number(cut);
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

/** Brightness 0..1 of a value that lies so many σ about the centre, between −2σ and `highSigma`. */
function brightnessOf(stretch: ViewStretch, highSigma: number): (sigmas: number) => number {
  const share = (sigmas: number): number => Math.min(1, Math.max(0, (sigmas - LOW_SIGMA) / (highSigma - LOW_SIGMA)));
  switch (stretch) {
    case 'asinh': {
      const bend = (sigmas: number): number => Math.asinh(sigmas / SOFTENING_SIGMA);
      const [low, high] = [bend(LOW_SIGMA), bend(highSigma)];
      return (sigmas) => Math.min(1, Math.max(0, (bend(sigmas) - low) / (high - low)));
    }
    case 'log':
      return (sigmas) => Math.log(1 + LOG_CONSTANT * share(sigmas)) / Math.log(1 + LOG_CONSTANT);
    case 'sqrt':
      return (sigmas) => Math.sqrt(share(sigmas));
    case 'linear':
      return share;
  }
}

/** Steps of brightness that are told apart: four times the 256 of a screen. */
const COLOUR_STEPS = 1024;

/** sRGB 0..255, three numbers for each step of brightness. `heat` is DS9's: red first, then green, then blue. */
function colourTable(colours: ViewColours): Uint8ClampedArray {
  const table = new Uint8ClampedArray(3 * (COLOUR_STEPS + 1));
  for (let step = 0; step <= COLOUR_STEPS; step += 1) {
    const b = step / COLOUR_STEPS;
    const grey = colours === 'inverted' ? 1 - b : b;
    const [red, green, blue] = colours === 'heat' ? [b / 0.34, b, (b - 0.65) / 0.33] : [grey, grey, grey];
    table.set([255 * red, 255 * green, 255 * blue], 3 * step);
  }
  return table;
}

/** Paints the mosaic's own pixels; those outside it are hatched. */
export function paintWindow(
  context: CanvasRenderingContext2D,
  columns: WindowColumns,
  noise: CutoutNoise,
  view: { readonly highSigma: number; readonly stretch: ViewStretch; readonly colours: ViewColours },
): void {
  const { window, windowSidePix: side } = columns;
  const [centre, sigma] = [noise.centreMjyPerBeam ?? 0, noise.sigmaMjyPerBeam ?? 1];
  const brightness = brightnessOf(view.stretch, view.highSigma);
  const table = colourTable(view.colours);
  const image = context.createImageData(side, side);
  const { data } = image;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const value = window[y * side + x]!;
      const at = ((side - 1 - y) * side + x) * 4;
      if (Number.isNaN(value)) {
        data.set(hatchOf(x, y), at);
        continue;
      }
      const step = 3 * Math.round(COLOUR_STEPS * brightness((value - centre) / sigma));
      data[at] = table[step]!;
      data[at + 1] = table[step + 1]!;
      data[at + 2] = table[step + 2]!;
      data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** RGBA of a pixel without a value: diagonal lines, so that it is told from any brightness. */
export function hatchOf(x: number, y: number): readonly [number, number, number, number] {
  const grey = (x + y) % 8 < 2 ? 120 : 72;
  return [grey, grey, grey, 255];
}
