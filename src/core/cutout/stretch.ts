import type { ChannelRecipe, CutoutRecipe } from './cutout-recipe.ts';
import type { NoiseScale } from './noise-scale.ts';

/** Levels of an 8-bit picture above black. */
const UINT8_LEVELS = 255;

/**
 * Montage's "log": y = ln(9x + 1) (natural, montageViewer.c), cut off at 1, so it saturates at x = (e − 1)/9. `log10`
 * reaches 1 at x = 1.
 */
function logStretchOf(kind: CutoutRecipe['logStretch']): (x: number) => number {
  return kind === 'montage' ? (x) => Math.min(Math.log(9 * x + 1), 1) : (x) => Math.log10(9 * x + 1);
}

/**
 * One channel of a window: every pixel mapped to 0..1 by the channel's cuts and stretch, NaN to 0. Writes
 * `target[targetOffset …]`, as many values as `pixels` has.
 */
export function stretchInto(
  pixels: ArrayLike<number>,
  noise: NoiseScale,
  channel: ChannelRecipe,
  recipe: CutoutRecipe,
  target: Float32Array,
  targetOffset: number,
): void {
  const low = noise.centre + channel.lowSigma * noise.sigma;
  const high = noise.centre + channel.highSigma * noise.sigma;
  const log = logStretchOf(recipe.logStretch);
  const count = pixels.length;
  for (let i = 0; i < count; i++) {
    const value = pixels[i]!;
    let level = 0;
    if (channel.stretch === 'cut') {
      level = value >= low ? 1 : 0;
    } else if (value > low) {
      // NaN fails the comparison above and stays 0.
      const x = value < high ? (value - low) / (high - low) : 1;
      level = channel.stretch === 'log' ? log(x) : x;
    }
    target[targetOffset + i] =
      recipe.quantisation === 'uint8' ? Math.floor(level * UINT8_LEVELS + 0.5) / UINT8_LEVELS : level;
  }
}
