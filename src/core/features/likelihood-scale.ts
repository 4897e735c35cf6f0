import type { FeatureRecipe } from './feature-recipe.ts';

/** L_thr of LoTSS DR1 (Williams et al. 2019; Alegre et al. 2024, Table 1). */
export const DR1_LR_THRESHOLD = 0.639;

/** Declination that parts the two thresholds of DR2's 13-hour field [deg] (Hardcastle et al. 2023). */
const DR2_13H_BOUNDARY_DEC_DEG = 32.375;
const DR2_13H_NORTH_LR_THRESHOLD = 0.309;
const DR2_13H_SOUTH_LR_THRESHOLD = 0.328;
const DR2_0H_LR_THRESHOLD = 0.394;

/** L_thr of LoTSS DR2 by region: its 13h field is 90° ≤ RA < 270°, the rest is its 0h field. */
export function dr2LrThreshold(raDeg: number, decDeg: number): number {
  if (raDeg < 90 || raDeg >= 270) return DR2_0H_LR_THRESHOLD;
  return decDeg >= DR2_13H_BOUNDARY_DEC_DEG ? DR2_13H_NORTH_LR_THRESHOLD : DR2_13H_SOUTH_LR_THRESHOLD;
}

/** L_thr of the recipe at a position. */
export function lrThresholdAt(recipe: FeatureRecipe, raDeg: number, decDeg: number): number {
  return recipe.lrThreshold === 'lotss-dr2-by-region' ? dr2LrThreshold(raDeg, decDeg) : recipe.lrThreshold;
}

/**
 * The logarithm of LR / L_thr as the recipe takes it; NaN for a NaN ratio. A ratio below the recipe's stand-in (LRs
 * underflow to 0) counts as the stand-in, so the result is finite.
 */
export function logLr(recipe: FeatureRecipe, lr: number, threshold: number): number {
  const ratio = lr < recipe.missingLr ? recipe.missingLr : lr;
  // The authors' public code (LOFAR_LR_VS_LGZ) multiplies by DR1's threshold and takes the natural logarithm.
  return recipe.lrLogarithm === 'gbc-code'
    ? Math.log((ratio * DR1_LR_THRESHOLD) / threshold)
    : Math.log10(ratio / threshold);
}
