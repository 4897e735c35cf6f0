import { describe, expect, test } from 'vitest';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { GlimpseImage } from '../../../src/renderer/sky-map/glimpse-image.ts';
import { colouredPixels, isAsSharp, placesWithPixels } from '../../../src/renderer/sky-map/glimpse-image.ts';
import { FIRST_DISPLAY, imageDisplay } from '../../../src/renderer/sky-map/image-display.ts';
import { projectionAt, screenOf } from '../../../src/renderer/sky-map/view-projection.ts';

const facts = { levels: undefined, channels: PUBLISHED_CUTOUT };

function imageOf(width: number, height: number, values: Float32Array): GlimpseImage {
  return {
    values,
    width,
    height,
    low: -1,
    high: 3,
    projection: projectionAt({ raDeg: 10, decDeg: 20, fovDeg: 1 }, width, height),
  };
}

describe('the colours of a glimpse', () => {
  test('a pixel without a value is clear, so that the ground is seen; one below the limits is not', () => {
    const pixels = colouredPixels(imageOf(3, 1, Float32Array.of(NaN, -50, 50)), imageDisplay(FIRST_DISPLAY, facts));
    expect([...pixels]).toEqual([0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255]);
  });

  test('between the limits that the tiles name, asinh as Aladin Lite writes it, to one level of 256', () => {
    const values = Float32Array.from({ length: 101 }, (_, k) => -1 + 0.04 * k);
    const pixels = colouredPixels(imageOf(101, 1, values), imageDisplay(FIRST_DISPLAY, facts));
    for (let k = 0; k <= 100; k++) {
      const expected = 255 * Math.min(1, Math.asinh((10 * k) / 100) / 3);
      expect(Math.abs(pixels[4 * k]! - expected)).toBeLessThanOrEqual(1);
    }
  });

  test('inverted, the faint is light and the bright is dark', () => {
    const display = imageDisplay({ ...FIRST_DISPLAY, isInverted: true, stretch: 'linear' }, facts);
    const pixels = colouredPixels(imageOf(2, 1, Float32Array.of(-1, 3)), display);
    expect([pixels[0], pixels[4]]).toEqual([255, 0]);
  });
});

describe('where a glimpse says that the field has pixels', () => {
  test('nowhere in a blank picture', () => {
    expect(placesWithPixels(imageOf(60, 60, new Float32Array(3600).fill(NaN)))).toEqual([]);
  });

  test('only in the half that has values, and away from its border', () => {
    const values = Float32Array.from({ length: 3600 }, (_, i) => (i % 60 < 30 ? 1 : NaN));
    const image = imageOf(60, 60, values);
    const points = placesWithPixels(image).map((place) => screenOf(image.projection, place)!);
    expect(points).toHaveLength(18);
    expect(points.every(({ x }) => x < 27)).toBe(true);
  });
});

describe('whether an image is as sharp as the glimpse over it', () => {
  const [width, height] = [256, 64];
  const random = randomStream(7);
  const noise = Float32Array.from({ length: width * height }, () => random.normal());
  const image = imageOf(width, height, noise);
  const pixels = colouredPixels(image, imageDisplay(FIRST_DISPLAY, facts));
  const rowsOf = (of: Uint8ClampedArray) => (row: number) =>
    new Uint8Array(of.slice(4 * row * width, 4 * (row + 1) * width));

  test('blank ground and enlarged pixels are not; the same picture is', () => {
    const blank = new Uint8ClampedArray(pixels.length).fill(255);
    const enlarged = pixels.map((_, i) => pixels[4 * (8 * Math.floor(i / 32)) + (i % 4)]!);
    expect(isAsSharp(pixels, image, rowsOf(blank))).toBe(false);
    expect(isAsSharp(pixels, image, rowsOf(enlarged))).toBe(false);
    expect(isAsSharp(pixels, image, rowsOf(pixels))).toBe(true);
  });

  test('one tile of the four that is still enlarged is waited for', () => {
    const partly = pixels.map((value, i) =>
      Math.floor(i / 4) % width < 64 ? pixels[4 * (8 * Math.floor(i / 32)) + (i % 4)]! : value,
    );
    expect(isAsSharp(pixels, image, rowsOf(partly))).toBe(false);
  });

  test('a plain picture cannot tell', () => {
    const plain = new Uint8ClampedArray(pixels.length).fill(255);
    expect(isAsSharp(plain, image, rowsOf(pixels))).toBeUndefined();
  });
});
