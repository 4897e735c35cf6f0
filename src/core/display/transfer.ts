import type { ChannelRecipe, CutoutRecipe } from '../cutout/cutout-recipe.ts';

/** Brightness transfer functions by DS9's names. `squared` is x²; `power` DS9's (aˣ − 1)/a. */
export const TRANSFERS = ['linear', 'log', 'sqrt', 'squared', 'power', 'asinh', 'sinh', 'histogram'] as const;
export type TransferName = (typeof TRANSFERS)[number];

/** Maps the share of the way from the lower to the upper limit, 0 … 1, to brightness, 0 … 1. */
export type Transfer = (share: number) => number;

/** DS9's exponent of `log` and `power` (frscale.C). */
const EXPONENT = 1000;
const LN_EXPONENT = Math.log(EXPONENT);

const clamped = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * The functions that need no pixels, as DS9 writes them (tksao/frame/colorscale.C); `log` and `asinh` are also Aladin
 * Lite's. Each is 0 at 0 and reaches 1 at 1 to two parts in a thousand, as there.
 */
const FORMULAE: Readonly<Record<Exclude<TransferName, 'histogram'>, Transfer>> = {
  linear: (x) => x,
  log: (x) => Math.log(EXPONENT * x + 1) / LN_EXPONENT,
  sqrt: (x) => Math.sqrt(x),
  squared: (x) => x * x,
  power: (x) => (EXPONENT ** x - 1) / EXPONENT,
  asinh: (x) => Math.asinh(10 * x) / 3,
  sinh: (x) => Math.sinh(3 * x) / 10,
};

/** The transfer function of a name; input and output are clamped to 0 … 1. */
export function transferOf(name: Exclude<TransferName, 'histogram'>): Transfer {
  const formula = FORMULAE[name];
  return (share) => clamped(formula(clamped(share)));
}

/**
 * Histogram equalisation: every brightness is as frequent as any other among the pixels between the limits.
 * @param quantiles values of the image at evenly spaced probabilities, ascending
 * @returns the linear function where no pixel lies between the limits, or all are equal
 */
export function histogramTransfer(quantiles: readonly number[], low: number, high: number): Transfer {
  const [atLow, atHigh] = [probabilityOf(quantiles, low), probabilityOf(quantiles, high)];
  if (!(atHigh > atLow) || quantiles[0] === quantiles.at(-1)) return transferOf('linear');
  return (share) => clamped((probabilityOf(quantiles, low + clamped(share) * (high - low)) - atLow) / (atHigh - atLow));
}

/** Share of the pixels below a value, linear between the quantiles. */
function probabilityOf(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  if (last < 1 || value <= quantiles[0]!) return 0;
  if (value >= quantiles[last]!) return 1;
  let [below, above] = [0, last];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (quantiles[middle]! <= value) below = middle;
    else above = middle;
  }
  const step = quantiles[above]! - quantiles[below]!;
  return (below + (step > 0 ? (value - quantiles[below]!) / step : 0)) / last;
}

/** How one channel of the network's input is shown: its limits [σ about the centre] and its function between them. */
export interface ChannelDisplay {
  readonly lowSigma: number;
  readonly highSigma: number;
  readonly transfer: Transfer;
}

/**
 * A channel as the network gets it, but for its noise: that is measured on each window, and on the sky for the field.
 * A cut at Nσ is shown as a step in the middle of limits from 0 to 2N.
 */
export function channelDisplay(
  { stretch, lowSigma, highSigma }: ChannelRecipe,
  logStretch: CutoutRecipe['logStretch'],
): ChannelDisplay {
  if (stretch === 'cut') {
    return { lowSigma: 0, highSigma: 2 * lowSigma, transfer: (x) => (x >= 0.5 ? 1 : 0) };
  }
  if (stretch === 'linear') return { lowSigma, highSigma, transfer: clamped };
  const formula: Transfer = logStretch === 'montage' ? (x) => Math.log(9 * x + 1) : (x) => Math.log10(9 * x + 1);
  return { lowSigma, highSigma, transfer: (x) => clamped(formula(clamped(x))) };
}

/**
 * DS9's contrast and bias on a brightness, 0 … 1. Bias 0.5 and contrast 1 change nothing; a larger contrast steepens
 * about the bias.
 */
export function withContrast(brightness: number, contrast: number, bias: number): number {
  return clamped((brightness - bias) * contrast + 0.5);
}
