/**
 * Data flow 2/5: the pixels of a window → the channels that the network sees.
 * Before it: core/fits/image.ts. After it: core/network/network-input.ts.
 */
import type { PixelPosition } from '../sky/position.ts';
import type { CutoutRecipe } from './cutout-recipe.ts';
import type { Cutout } from './cutout.ts';
import type { NoiseScale } from './noise-scale.ts';
import { montageScaleOf, noiseScaleInPlace } from './noise-scale.ts';
import { countFloats } from './percentiles.ts';
import { stretchInto } from './stretch.ts';

/** Fewer finite pixels than this share of the window and the cutout is blank (science notes §4.2). */
const MINIMUM_VALID_FRACTION = 0.01;

export interface WindowPlacement {
  /** 0-based column and row of the window's first pixel; may lie outside the image. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Places the square window around a source: its pixel is floor(position + 0.5), and the window runs from 128 before it
 * to 127 after it, so that the source has index 128 (for a 256-pixel window).
 */
export function placeWindow(position: PixelPosition, sidePix: number): WindowPlacement {
  return {
    x: Math.floor(position.x + 0.5) - sidePix / 2,
    y: Math.floor(position.y + 0.5) - sidePix / 2,
    width: sidePix,
    height: sidePix,
  };
}

/** A window with its noise and its stretched channels at full size: what augmentation turns before the crop. */
export interface StretchedWindow {
  /** Channels × windowSide × windowSide, 0..1. All zero where `blank` is set. */
  readonly channels: Float32Array;
  readonly noise: NoiseScale;
  readonly validFraction: number;
  readonly blank: Cutout['blank'];
}

/** Finite share of a window's pixels [0..1]. */
export function validFractionOf(window: ArrayLike<number>): number {
  if (window instanceof Float32Array) return countFloats(window).finiteCount / window.length;
  return finitePixelsOf(window).length / window.length;
}

function finitePixelsOf(window: ArrayLike<number>): Float64Array {
  const finite = new Float64Array(window.length);
  let count = 0;
  for (let i = 0; i < window.length; i++) {
    const value = window[i]!;
    if (Number.isFinite(value)) finite[count++] = value;
  }
  return finite.subarray(0, count);
}

/** Measures the noise of a window and says whether there is anything to stretch. */
function measure(window: ArrayLike<number>, recipe: CutoutRecipe): Omit<StretchedWindow, 'channels'> {
  // float32 mosaics with the published noise scale, which is nearly all of them, need no copy and little sorting.
  if (window instanceof Float32Array && recipe.noise === 'montage') {
    const counted = countFloats(window);
    return measured(counted.finiteCount / window.length, () => montageScaleOf(counted));
  }
  const finite = finitePixelsOf(window);
  return measured(finite.length / window.length, () => noiseScaleInPlace(finite, recipe.noise));
}

function measured(validFraction: number, noiseOf: () => NoiseScale): Omit<StretchedWindow, 'channels'> {
  if (validFraction < MINIMUM_VALID_FRACTION) {
    return { noise: { centre: Number.NaN, sigma: Number.NaN }, validFraction, blank: 'no-valid-pixels' };
  }
  const noise = noiseOf();
  return { noise, validFraction, blank: noise.sigma > 0 ? undefined : 'constant' };
}

/**
 * The stretched channels of a whole window [windowSide², row-major, lowest FITS y first].
 * @param window pixels in any linear unit; not changed
 */
export function stretchWindow(window: ArrayLike<number>, recipe: CutoutRecipe): StretchedWindow {
  const { noise, validFraction, blank } = measure(window, recipe);
  const channels = new Float32Array(recipe.channels.length * window.length);
  if (blank === undefined) {
    recipe.channels.forEach((channel, index) =>
      stretchInto(window, noise, channel, recipe, channels, index * window.length),
    );
  }
  return { channels, noise, validFraction, blank };
}

/**
 * The cutout of one source: noise from the whole window, channels of its central crop (source at index side / 2). A
 * constant or all-NaN window gives zeros and says so, never NaN.
 * @param window windowSide² pixels in any linear unit, row-major, NaN outside the mosaic; not changed
 */
export function makeCutout(window: ArrayLike<number>, recipe: CutoutRecipe): Cutout {
  const { noise, validFraction, blank } = measure(window, recipe);
  const side = recipe.sidePix;
  const channels = new Float32Array(recipe.channels.length * side * side);
  if (blank === undefined) {
    const crop = cropCentre(window, recipe.windowSidePix, side);
    recipe.channels.forEach((channel, index) =>
      stretchInto(crop, noise, channel, recipe, channels, index * crop.length),
    );
  }
  return {
    channels,
    channelCount: recipe.channels.length,
    sidePix: side,
    validFraction,
    centre: noise.centre,
    sigma: noise.sigma,
    blank,
  };
}

/** Rows and columns 64 … 191 of a 256-pixel window: the centre that keeps the source at index side / 2. */
export function cropCentre(
  window: ArrayLike<number>,
  windowSidePix: number,
  sidePix: number,
): Float32Array | Float64Array {
  const first = (windowSidePix - sidePix) / 2;
  if (window instanceof Float32Array) {
    const crop = new Float32Array(sidePix * sidePix);
    for (let row = 0; row < sidePix; row++) {
      const from = (row + first) * windowSidePix + first;
      crop.set(window.subarray(from, from + sidePix), row * sidePix);
    }
    return crop;
  }
  const crop = new Float64Array(sidePix * sidePix);
  for (let row = 0; row < sidePix; row++) {
    const from = (row + first) * windowSidePix + first;
    for (let column = 0; column < sidePix; column++) crop[row * sidePix + column] = window[from + column]!;
  }
  return crop;
}
