/** Two neighbouring contours differ by this factor, as in the LoTSS overlays. */
const STEP = Math.SQRT2;
/** The last is √2²⁸ = 2¹⁴ times the first, where the overlays end. */
const MOST_LEVELS = 29;

/**
 * Contour levels first·rms·(√2)ᵏ up to the brightest pixel, and the same below zero down to the faintest.
 * @param rms local noise, in the unit of the image; > 0
 * @param first first level in units of it
 */
export function contourLevels(
  rms: number,
  first: number,
  lowest: number,
  highest: number,
): { readonly positive: readonly number[]; readonly negative: readonly number[] } {
  const steps = Array.from({ length: MOST_LEVELS }, (_, k) => first * rms * STEP ** k);
  return {
    positive: steps.filter((level) => level <= highest),
    negative: steps.filter((level) => level <= -lowest).map((level) => -level),
  };
}
