/**
 * The one colour scale of P(MC): sky, table, bar and curves use it. Perceptually even steps of lightness from blue to
 * yellow that stay apart with any common colour-blindness, after cividis (Nuñez, Anderton & Renslow 2018, PLoS ONE
 * 13(7): e0199239), with its darkest and lightest ends lifted and lowered so that both are legible on a black and on a
 * white sky.
 */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Evenly spaced from P(MC) = 0 to 1, sRGB 0 … 255. */
export const PROBABILITY_STOPS: readonly Rgb[] = [
  [38, 88, 172],
  [70, 104, 158],
  [97, 120, 146],
  [122, 134, 136],
  [147, 148, 122],
  [173, 162, 102],
  [201, 176, 76],
  [228, 190, 44],
  [247, 206, 8],
];

/** Grey of a source without a probability, for either theme. */
export const NO_PROBABILITY_RGB: Rgb = [138, 143, 152];

/** Colour of a probability [0 … 1; clamped]; the neutral grey for NaN. sRGB 0 … 255. */
export function probabilityRgb(probability: number): Rgb {
  if (Number.isNaN(probability)) return NO_PROBABILITY_RGB;
  const last = PROBABILITY_STOPS.length - 1;
  const at = Math.min(1, Math.max(0, probability)) * last;
  const index = Math.min(last - 1, Math.floor(at));
  const share = at - index;
  const [low, high] = [PROBABILITY_STOPS[index]!, PROBABILITY_STOPS[index + 1]!];
  const mix = (channel: 0 | 1 | 2): number => Math.round(low[channel] + (high[channel] - low[channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** As `#2658ac`: the one notation of colours that browsers, PDF writers and every reader of SVG share. */
export function probabilityColour(probability: number): string {
  return `#${probabilityRgb(probability)
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** A CSS gradient from P(MC) = 0 (left) to 1 (right). */
export function probabilityGradient(): string {
  return `linear-gradient(to right, ${PROBABILITY_STOPS.map(([r, g, b]) => `rgb(${r} ${g} ${b})`).join(', ')})`;
}
