import type { RandomStream } from '../../core/random/philox.ts';

/**
 * Euclidean-normalised differential source counts at 144–150 MHz: log10(S^2.5 dN/dS [Jy^1.5 sr⁻¹]) as a polynomial in
 * log10(S [mJy]), valid 0.25 mJy … 10 Jy. Source: Mandal et al. 2021, A&A 648, A5, Eq. 13 and Table 4.
 */
const COUNTS_POLYNOMIAL = [1.655, -0.115, 0.2272, 0.51788, -0.449661, 0.160265, -0.028541, 0.002041] as const;

const STERADIAN_PER_DEG2 = (Math.PI / 180) ** 2;

/** Below the fit's range the counts are continued flat in Euclidean normalisation [log10 mJy]. */
const FLATTEN_BELOW_LOG_MJY = Math.log10(0.25);
const FLATTEN_ABOVE_LOG_MJY = 4;

/** Sources per deg² and mJy at a flux density [mJy]. */
export function differentialCountsPerDeg2(fluxMjy: number): number {
  const x = Math.min(Math.max(Math.log10(fluxMjy), FLATTEN_BELOW_LOG_MJY), FLATTEN_ABOVE_LOG_MJY);
  const logNormalised = COUNTS_POLYNOMIAL.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
  const perJyAndSteradian = 10 ** logNormalised * (fluxMjy / 1000) ** -2.5;
  return (perJyAndSteradian / 1000) * STERADIAN_PER_DEG2;
}

/** How the counts are thinned towards faint sources, to the number that a real catalogue of this depth shows. */
export interface Thinning {
  /** Where it begins [mJy]; brighter sources are all kept. */
  readonly belowMjy: number;
  /** Share kept ∝ S^exponent below that. */
  readonly exponent: number;
}

const shareKept = ({ belowMjy, exponent }: Thinning, fluxMjy: number): number =>
  Math.min(1, fluxMjy / belowMjy) ** exponent;

/** Draws flux densities that follow the counts. */
export interface FluxDistribution {
  /** Sources per deg² above the lower limit. */
  readonly densityPerDeg2: number;
  /** One flux density [mJy]. */
  draw(random: RandomStream): number;
}

const STEPS = 600;

/** The counts between two flux densities [mJy], tabulated evenly in the logarithm. */
export function fluxDistribution(lowMjy: number, highMjy: number, thinning: Thinning): FluxDistribution {
  const logLow = Math.log(lowMjy);
  const step = (Math.log(highMjy) - logLow) / STEPS;
  const cumulative = new Float64Array(STEPS + 1);
  for (let i = 0; i < STEPS; i++) {
    const middle = Math.exp(logLow + (i + 0.5) * step);
    cumulative[i + 1] =
      cumulative[i]! + differentialCountsPerDeg2(middle) * shareKept(thinning, middle) * middle * step;
  }
  const densityPerDeg2 = cumulative[STEPS]!;

  function draw(random: RandomStream): number {
    const wanted = random.uniform() * densityPerDeg2;
    let low = 0;
    let high = STEPS;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! <= wanted) low = middle;
      else high = middle;
    }
    const within = (wanted - cumulative[low]!) / (cumulative[high]! - cumulative[low]!);
    return Math.exp(logLow + (low + within) * step);
  }
  return { densityPerDeg2, draw };
}
