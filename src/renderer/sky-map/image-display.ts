import type { ImageLevels, LimitsChoice } from '../../core/display/image-levels.ts';
import { limitsOf } from '../../core/display/image-levels.ts';
import type { Transfer, TransferName } from '../../core/display/transfer.ts';
import { channelDisplay, histogramTransfer, transferOf, withContrast } from '../../core/display/transfer.ts';
import type { ChannelRecipe, CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import type { ColourMap } from './colour-maps.ts';
import { colourOf } from './colour-maps.ts';
import type { SkyTheme } from './screen.ts';

/** A transfer function by name, or `channel-0` …: the image as the model gets that channel. */
export type Stretch = TransferName | `channel-${number}`;

/** What the astronomer chose for the image. */
export interface DisplayChoice {
  readonly stretch: Stretch;
  readonly limits: LimitsChoice;
  readonly colourMap: ColourMap;
  readonly isInverted: boolean;
  /** DS9's; 1 and 0.5 change nothing. */
  readonly contrast: number;
  readonly bias: number;
}

/** How a field is shown until somebody chooses otherwise. */
export const FIRST_DISPLAY: DisplayChoice = {
  stretch: 'asinh',
  limits: { kind: 'auto' },
  colourMap: 'grey',
  isInverted: false,
  contrast: 1,
  bias: 0.5,
};

/** What is known of the image and the model; undefined until the engine has told. */
export interface DisplayFacts {
  readonly levels: ImageLevels | undefined;
  readonly channels: Pick<CutoutRecipe, 'logStretch'> & { readonly channels: readonly ChannelRecipe[] };
}

/** Aladin Lite's own functions, applied to each pixel; the colours carry what is left to the chosen one. */
export type NativeStretch = 'linear' | 'sqrt' | 'log' | 'asinh' | 'pow2';

/** The image's display, ready for drawing. */
export interface ImageDisplay {
  /** In the unit of the tiles; undefined takes those of the tiles' properties. */
  readonly limits: { readonly low: number; readonly high: number } | undefined;
  /** Brightness of a share of the way between the limits, before contrast and bias: places on the colour bar. */
  readonly transfer: Transfer;
  readonly native: NativeStretch;
  /** Colours of evenly spaced values of `native`, `#rrggbb`. */
  readonly colours: readonly string[];
  /** Colours of evenly spaced brightnesses: the colour bar. */
  readonly barColours: readonly string[];
}

/** How the image is shown. */
export interface ImageLook {
  readonly display: ImageDisplay;
  /** Ground on which an image without pixels lies. */
  readonly theme: SkyTheme;
}

/** The ground that goes with a choice: an inverted sky is a light one. */
export const themeOf = ({ isInverted }: DisplayChoice): SkyTheme => (isInverted ? 'light' : 'dark');

/** As many as Aladin Lite keeps. */
const COLOURS = 256;
const BAR_COLOURS = 33;

/** The one of Aladin's functions that is closest where the function is steepest: 256 colours then show no steps. */
const NATIVE: Readonly<Record<TransferName, NativeStretch>> = {
  linear: 'linear',
  log: 'log',
  sqrt: 'sqrt',
  squared: 'pow2',
  power: 'pow2',
  asinh: 'asinh',
  sinh: 'pow2',
  histogram: 'log',
};

/** Share between the limits at which each of Aladin's functions (stretch.glsl) has a value. */
const INVERSE_OF_NATIVE: Readonly<Record<NativeStretch, (value: number) => number>> = {
  linear: (value) => value,
  sqrt: (value) => value * value,
  log: (value) => (1000 ** value - 1) / 1000,
  asinh: (value) => Math.sinh(3 * value) / 10,
  pow2: (value) => Math.sqrt(value),
};

/** Aladin's function by its name. */
export const nativeTransfer = (native: NativeStretch): Transfer => transferOf(native === 'pow2' ? 'squared' : native);

/** Everything that drawing needs, from what was chosen and what is known. */
export function imageDisplay(choice: DisplayChoice, facts: DisplayFacts): ImageDisplay {
  const { limits, transfer, native } = stretched(choice, facts);
  const colourAt = (brightness: number): string => {
    const shown = withContrast(brightness, choice.contrast, choice.bias);
    return colourOf(choice.colourMap, choice.isInverted ? 1 - shown : shown);
  };
  return {
    limits,
    transfer,
    native,
    colours: Array.from({ length: COLOURS }, (_, k) =>
      colourAt(transfer(INVERSE_OF_NATIVE[native](k / (COLOURS - 1)))),
    ),
    barColours: Array.from({ length: BAR_COLOURS }, (_, k) => colourAt(k / (BAR_COLOURS - 1))),
  };
}

function stretched(
  { stretch, limits: choice }: DisplayChoice,
  { levels, channels }: DisplayFacts,
): Pick<ImageDisplay, 'limits' | 'transfer' | 'native'> {
  const channel = channelOf(stretch, channels.channels);
  if (channel !== undefined) {
    const { lowSigma, highSigma, transfer } = channelDisplay(channel, channels.logStretch);
    const limits =
      levels === undefined
        ? undefined
        : { low: levels.centre + lowSigma * levels.sigma, high: levels.centre + highSigma * levels.sigma };
    return { limits, transfer, native: channel.stretch === 'log' ? 'log' : 'linear' };
  }
  const limits = levels === undefined ? undefined : limitsOf(choice, levels);
  const name = isTransferName(stretch) ? stretch : 'linear';
  if (name !== 'histogram') return { limits, transfer: transferOf(name), native: NATIVE[name] };
  return {
    limits,
    transfer:
      levels === undefined || limits === undefined
        ? transferOf('log')
        : histogramTransfer(levels.quantiles, limits.low, limits.high),
    native: NATIVE.histogram,
  };
}

function channelOf(stretch: Stretch, channels: readonly ChannelRecipe[]): ChannelRecipe | undefined {
  const number = /^channel-(\d+)$/.exec(stretch)?.[1];
  return number === undefined ? undefined : channels[Number(number)];
}

const isTransferName = (stretch: Stretch): stretch is TransferName => Object.hasOwn(NATIVE, stretch);

/** Ticks of a colour bar: round values between the limits with their place, 0 … 1, at least `gap` apart. */
export function barTicks(
  { limits, transfer }: ImageDisplay,
  gap: number,
): readonly { readonly value: number; readonly place: number }[] {
  if (limits === undefined) return [];
  const { low, high } = limits;
  const ticks: { value: number; place: number }[] = [];
  // Rounder values first: a less round one takes a place only where there is room.
  for (const value of roundValues(low, high)) {
    const place = transfer((value - low) / (high - low));
    if (place < 0 || place > 1 || ticks.some((tick) => Math.abs(tick.place - place) < gap)) continue;
    ticks.push({ value, place });
  }
  return ticks.sort((a, b) => a.place - b.place);
}

/** Zero, then 1, 2 and 5 times powers of ten on either side, the largest first; inside the limits. */
function roundValues(low: number, high: number): number[] {
  const values = low <= 0 && high >= 0 ? [0] : [];
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  for (let exponent = largest; exponent > largest - 5; exponent--) {
    for (const factor of [5, 2, 1]) {
      // Written so that 3 × 10⁻¹ reads 0.3.
      const value = Number(`${factor}e${exponent}`);
      for (const signed of [value, -value]) if (signed >= low && signed <= high) values.push(signed);
    }
  }
  // Narrow limits far from zero hold no such number.
  if (values.length < 2) values.push(...[low, (low + high) / 2, high].map((value) => Number(value.toPrecision(4))));
  return values;
}
