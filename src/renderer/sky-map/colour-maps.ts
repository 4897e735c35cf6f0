import {
  interpolateCividis,
  interpolateCubehelixDefault,
  interpolateInferno,
  interpolateMagma,
  interpolateViridis,
} from 'd3-scale-chromatic';

/** Colour maps of the image. Inversion is separate. */
export const COLOUR_MAPS = ['grey', 'inferno', 'viridis', 'magma', 'cividis', 'cubehelix', 'heat'] as const;
export type ColourMap = (typeof COLOUR_MAPS)[number];

type Rgb = readonly [red: number, green: number, blue: number];

const share = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));

/** Reads `#rrggbb` and `rgb(r, g, b)`, as d3 writes its colours. */
function rgbOf(text: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(text);
  const parts = hex?.slice(1).map((part) => parseInt(part, 16)) ?? text.match(/[\d.]+/g)!.map(Number);
  return [parts[0]!, parts[1]!, parts[2]!];
}

/** `heat` is DS9's: red up to 0.34, green throughout, blue from 0.65 to 0.98 (colorbar/ds9.h). */
const MAPS: Readonly<Record<ColourMap, (brightness: number) => Rgb>> = {
  grey: (b) => [share(b), share(b), share(b)],
  inferno: (b) => rgbOf(interpolateInferno(b)),
  viridis: (b) => rgbOf(interpolateViridis(b)),
  magma: (b) => rgbOf(interpolateMagma(b)),
  cividis: (b) => rgbOf(interpolateCividis(b)),
  cubehelix: (b) => rgbOf(interpolateCubehelixDefault(b)),
  heat: (b) => [share(b / 0.34), share(b), share((b - 0.65) / 0.33)],
};

/** Colour of a brightness, 0 … 1, as `#rrggbb`. */
export function colourOf(map: ColourMap, brightness: number): string {
  return `#${MAPS[map](brightness)
    .map((part) => Math.round(part).toString(16).padStart(2, '0'))
    .join('')}`;
}
