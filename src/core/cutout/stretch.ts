import type { ChannelRecipe, CutoutRecipe } from './cutout-recipe.ts';
import type { NoiseScale } from './noise-scale.ts';

/** Levels of an 8-bit picture above black. */
const UINT8_LEVELS = 255;

/** A little above e: whose logarithm and those of all larger numbers Montage cuts off at 1. */
const CERTAINLY_WHITE = 2.7183;

/**
 * One channel of a window: every pixel mapped to 0..1 by the channel's cuts and stretch, NaN to 0. Writes
 * `target[targetOffset …]`, as many values as `pixels` has. One loop per stretch, and most pixels of a window lie below
 * the lower cut and are done after one comparison: this runs over every pixel of every source.
 */
export function stretchInto(
  pixels: ArrayLike<number>,
  noise: NoiseScale,
  channel: ChannelRecipe,
  recipe: CutoutRecipe,
  target: Float32Array,
  targetOffset: number,
): void {
  const low = noise.centre + channel.lowSigma * noise.sigma;
  const high = noise.centre + channel.highSigma * noise.sigma;
  const part = target.subarray(targetOffset, targetOffset + pixels.length);
  part.fill(0);
  if (channel.stretch === 'cut') cutInto(pixels, low, part);
  else if (recipe.quantisation === 'uint8') levelsInto(pixels, low, high, stretchOf(channel, recipe), part);
  else if (channel.stretch === 'linear') linearInto(pixels, low, high, part);
  else if (recipe.logStretch === 'montage') montageLogInto(pixels, low, high, part);
  else log10Into(pixels, low, high, part);
}

function cutInto(pixels: ArrayLike<number>, low: number, target: Float32Array): void {
  for (let i = 0; i < target.length; i++) if (pixels[i]! >= low) target[i] = 1;
}

// NaN fails every comparison with a cut and stays 0.

function linearInto(pixels: ArrayLike<number>, low: number, high: number, target: Float32Array): void {
  const range = high - low;
  for (let i = 0; i < target.length; i++) {
    const value = pixels[i]!;
    if (value > low) target[i] = value < high ? (value - low) / range : 1;
  }
}

/** Montage's "log": y = ln(9x + 1) (natural, montageViewer.c), cut off at 1, so it saturates at x = (e − 1)/9. */
function montageLogInto(pixels: ArrayLike<number>, low: number, high: number, target: Float32Array): void {
  const range = high - low;
  for (let i = 0; i < target.length; i++) {
    const value = pixels[i]!;
    if (value > low) target[i] = montageLog(value < high ? (value - low) / range : 1);
  }
}

function montageLog(x: number): number {
  const argument = 9 * x + 1;
  return argument > CERTAINLY_WHITE ? 1 : Math.min(Math.log(argument), 1);
}

/** Reaches 1 at x = 1. */
function log10Into(pixels: ArrayLike<number>, low: number, high: number, target: Float32Array): void {
  const range = high - low;
  for (let i = 0; i < target.length; i++) {
    const value = pixels[i]!;
    if (value > low) target[i] = Math.log10(9 * (value < high ? (value - low) / range : 1) + 1);
  }
}

function stretchOf({ stretch }: ChannelRecipe, { logStretch }: CutoutRecipe): (x: number) => number {
  if (stretch === 'linear') return (x) => x;
  return logStretch === 'montage' ? montageLog : (x) => Math.log10(9 * x + 1);
}

/** The 256 levels of a PNG, as Montage rounds them. */
function levelsInto(
  pixels: ArrayLike<number>,
  low: number,
  high: number,
  stretch: (x: number) => number,
  target: Float32Array,
): void {
  for (let i = 0; i < target.length; i++) {
    const value = pixels[i]!;
    if (!(value > low)) continue;
    const x = value < high ? (value - low) / (high - low) : 1;
    target[i] = Math.floor(stretch(x) * UINT8_LEVELS + 0.5) / UINT8_LEVELS;
  }
}
