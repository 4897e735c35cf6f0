import type { ChannelRecipe, CutoutRecipe } from '../../../src/core/cutout/cutout-recipe.ts';
import type { NoiseScale } from '../../../src/core/cutout/noise-scale.ts';

/**
 * The images of the science notes §4 as one would write them down: sorted percentiles, one closure per stretch, a copy
 * at each step. The tight loops of core/cutout must give the same bits.
 */
export interface ReferenceCutout {
  readonly channels: Float32Array;
  readonly noise: NoiseScale;
  readonly validFraction: number;
}

export function referenceCutout(window: ArrayLike<number>, recipe: CutoutRecipe): ReferenceCutout {
  const finite = Float64Array.from(window).filter((value) => Number.isFinite(value));
  const validFraction = finite.length / window.length;
  const side = recipe.sidePix;
  const channels = new Float32Array(recipe.channels.length * side * side);
  if (validFraction < 0.01) return { channels, noise: { centre: Number.NaN, sigma: Number.NaN }, validFraction };
  const noise = recipe.noise === 'montage' ? percentileScale(finite) : clippedScale(finite);
  if (noise.sigma > 0) {
    recipe.channels.forEach((channel, index) => {
      const first = (recipe.windowSidePix - side) / 2;
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const value = window[(row + first) * recipe.windowSidePix + first + column]!;
          const level = levelOf(value, noise, channel, recipe);
          channels[(index * side + row) * side + column] =
            recipe.quantisation === 'uint8' ? Math.floor(level * 255 + 0.5) / 255 : level;
        }
      }
    });
  }
  return { channels, noise, validFraction };
}

function levelOf(
  value: number,
  { centre, sigma }: NoiseScale,
  { stretch, lowSigma, highSigma }: ChannelRecipe,
  { logStretch }: CutoutRecipe,
): number {
  const low = centre + lowSigma * sigma;
  const high = centre + highSigma * sigma;
  if (stretch === 'cut') return value >= low ? 1 : 0;
  if (!(value > low)) return 0;
  const x = value < high ? (value - low) / (high - low) : 1;
  if (stretch === 'linear') return x;
  return logStretch === 'montage' ? Math.min(Math.log(9 * x + 1), 1) : Math.log10(9 * x + 1);
}

function percentileScale(finite: Float64Array): NoiseScale {
  const sorted = finite.sort();
  const percentile = (percent: number): number => {
    const rank = (percent / 100) * (sorted.length - 1);
    const below = Math.floor(rank);
    const fraction = rank - below;
    return fraction === 0 ? sorted[below]! : sorted[below]! + fraction * (sorted[below + 1]! - sorted[below]!);
  };
  return { centre: percentile(50), sigma: (percentile(84) - percentile(16)) / 2 };
}

function clippedScale(values: Float64Array): NoiseScale {
  let [low, high, previousCount] = [-Infinity, Infinity, -1];
  let [centre, sigma] = [Number.NaN, Number.NaN];
  const shift = values[0]!;
  for (let round = 0; round <= 5; round++) {
    let [count, sum, sumOfSquares] = [0, 0, 0];
    for (const value of values) {
      if (value < low || value > high) continue;
      count++;
      sum += value - shift;
      sumOfSquares += (value - shift) * (value - shift);
    }
    if (count === previousCount) break;
    const mean = sum / count;
    centre = mean + shift;
    sigma = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
    previousCount = count;
    [low, high] = [centre - 3 * sigma, centre + 3 * sigma];
  }
  return { centre, sigma };
}
