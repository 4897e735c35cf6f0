import { noiseScaleInPlace } from '../cutout/noise-scale.ts';
import { percentilesInPlace } from '../cutout/percentiles.ts';
import type { Limits } from './zscale.ts';
import { zscale } from './zscale.ts';

/** Central shares of the pixels that limits can keep [%]; 100 is minimum to maximum. */
export const CENTRAL_PERCENTS = [90, 95, 99, 99.5, 99.9, 99.99, 100] as const;
export type CentralPercent = (typeof CENTRAL_PERCENTS)[number];

/** Steps of `ImageLevels.quantiles`: one brightness of 256 each. */
const QUANTILE_STEPS = 256;

/** What is known of an image's values, in the image's unit: enough to set any limits without its pixels. */
export interface ImageLevels {
  /** Pixels that this was measured on. */
  readonly sampleCount: number;
  /** Median, and (P84 − P16)/2: the noise where most of the image is empty. */
  readonly centre: number;
  readonly sigma: number;
  readonly zscale: Limits;
  /** In the order of `CENTRAL_PERCENTS`: as much is left out below as above. */
  readonly central: readonly Limits[];
  /** At evenly spaced probabilities from minimum to maximum, ascending. */
  readonly quantiles: readonly number[];
}

/** Measures the finite values of an image; undefined where there is none. `values` is reordered. */
export function imageLevelsInPlace(values: Float64Array): ImageLevels | undefined {
  if (values.length === 0) return undefined;
  // Before anything reorders: zscale takes every n-th value, over the whole image.
  const fromZscale = zscale(values);
  const { centre, sigma } = noiseScaleInPlace(values, 'montage');
  const tails = CENTRAL_PERCENTS.map((percent) => (100 - percent) / 2);
  const lows = percentilesInPlace(values, [...tails].reverse()).reverse();
  const highs = percentilesInPlace(
    values,
    tails.map((tail) => 100 - tail),
  );
  const steps = Array.from({ length: QUANTILE_STEPS + 1 }, (_, k) => (100 * k) / QUANTILE_STEPS);
  return {
    sampleCount: values.length,
    centre,
    sigma,
    zscale: fromZscale,
    central: lows.map((low, k) => ({ low, high: highs[k]! })),
    quantiles: percentilesInPlace(values, steps),
  };
}

/** How the limits of the display are chosen. */
export type LimitsChoice =
  | { readonly kind: 'auto' | 'zscale' }
  | { readonly kind: 'central'; readonly percent: CentralPercent }
  | { readonly kind: 'sigma'; readonly count: number }
  | { readonly kind: 'manual'; readonly low: number; readonly high: number };

/**
 * `auto` shows 1.5σ under the centre to 60σ above: with asinh, noise is just visible, 5σ stands out and bright lobes
 * keep their structure. Chosen by eye on a piece of LoTSS DR1.
 */
const AUTO_SIGMA = { low: -1.5, high: 60 } as const;

/** The limits that a choice means for an image; never empty. */
export function limitsOf(choice: LimitsChoice, levels: ImageLevels): Limits {
  const limits = chosenLimits(choice, levels);
  // A constant image, or limits typed the wrong way round.
  return limits.high > limits.low ? limits : { low: limits.low, high: limits.low + 1 };
}

function chosenLimits(choice: LimitsChoice, { centre, sigma, zscale: fromZscale, central }: ImageLevels): Limits {
  switch (choice.kind) {
    case 'auto':
      return { low: centre + AUTO_SIGMA.low * sigma, high: centre + AUTO_SIGMA.high * sigma };
    case 'zscale':
      return fromZscale;
    case 'central':
      return central[CENTRAL_PERCENTS.indexOf(choice.percent)]!;
    case 'sigma':
      return { low: centre - choice.count * sigma, high: centre + choice.count * sigma };
    case 'manual':
      return choice;
  }
}
