import type { CutoutRecipe } from './cutout-recipe.ts';
import type { CountedFloats } from './percentiles.ts';
import { percentilesInPlace, percentilesOfCounted } from './percentiles.ts';

/** Where the cuts are counted from, in the unit of the pixels. Both are NaN when there is no finite pixel. */
export interface NoiseScale {
  readonly centre: number;
  /** Population standard deviation equivalent of the noise; 0 when all pixels are equal. */
  readonly sigma: number;
}

const CLIP_SIGMA = 3;
const CLIP_ROUNDS = 5;

/** Percentiles of a normal distribution at −1σ, 0 and +1σ, as Montage rounds them [%]. */
const SCALE_PERCENTILES: readonly number[] = [16, 50, 84];

/**
 * Noise of a window from its finite pixels; order does not matter and `finite` is reordered (scratch of the caller).
 * `montage` is what Montage's viewer does with "Nσ" ranges (montageViewer.c, mViewer_getRange): centre = median,
 * σ = (P84 − P16)/2, here from exact percentiles with linear interpolation; Montage is what Alegre et al. 2024 made their
 * pictures with (§3.1.2). `clipped`, for those who read "sigma clipping" there otherwise, is the mean and the population σ
 * after clipping at 3σ about the mean, at most 5 rounds or until nothing changes.
 */
export function noiseScaleInPlace(finite: Float64Array, method: CutoutRecipe['noise']): NoiseScale {
  if (finite.length === 0) return { centre: Number.NaN, sigma: Number.NaN };
  switch (method) {
    case 'montage':
      return scaleOf(percentilesInPlace(finite, SCALE_PERCENTILES));
    case 'clipped':
      return clippedScale(finite);
  }
}

/** `montage` noise of a window whose finite values are counted: the same numbers, found faster. */
export function montageScaleOf(counted: CountedFloats): NoiseScale {
  return scaleOf(percentilesOfCounted(counted, SCALE_PERCENTILES));
}

function scaleOf([lower, median, upper]: readonly number[]): NoiseScale {
  return { centre: median!, sigma: (upper! - lower!) / 2 };
}

function clippedScale(values: Float64Array): NoiseScale {
  let low = -Infinity;
  let high = Infinity;
  let previousCount = -1;
  let centre = Number.NaN;
  let sigma = Number.NaN;
  // Sums run on differences from one of the values: a large common offset would otherwise eat the digits of σ.
  const shift = values[0]!;
  for (let round = 0; round <= CLIP_ROUNDS; round++) {
    let count = 0;
    let sum = 0;
    let sumOfSquares = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low || value > high) continue;
      const difference = value - shift;
      count++;
      sum += difference;
      sumOfSquares += difference * difference;
    }
    if (count === previousCount) break;
    const mean = sum / count;
    centre = mean + shift;
    sigma = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
    previousCount = count;
    low = centre - CLIP_SIGMA * sigma;
    high = centre + CLIP_SIGMA * sigma;
  }
  return { centre, sigma };
}
