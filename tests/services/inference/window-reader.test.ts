import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inReadingOrder } from '../../../src/services/inference/reading-order.ts';
import { WindowReader } from '../../../src/services/inference/window-reader.ts';
import type { WindowPlacement } from '../../../src/core/cutout/make-cutout.ts';

const WIDTH = 37;
const HEIGHT = 3000;
/** Bands of 1040 rows. */
const BAND_BYTES = 4 * WIDTH * 1040;
const pixelAt = (x: number, y: number): number => 10_000 * y + x;

function fakeImage(): {
  reads: number;
  widthPix: number;
  heightPix: number;
  readPixels: (w: WindowPlacement) => Promise<Float32Array>;
} {
  const image = {
    reads: 0,
    widthPix: WIDTH,
    heightPix: HEIGHT,
    readPixels: (window: WindowPlacement) => {
      image.reads++;
      const pixels = new Float32Array(window.width * window.height);
      for (let i = 0; i < pixels.length; i++) {
        pixels[i] = pixelAt(window.x + (i % window.width), window.y + Math.floor(i / window.width));
      }
      return Promise.resolve(pixels);
    },
  };
  return image;
}

test('a window, wherever it lies, holds the image where there is one and NaN elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ x: fc.integer({ min: -20, max: 50 }), y: fc.integer({ min: -20, max: 3010 }) }), {
        maxLength: 5,
      }),
      async (corners) => {
        const reader = new WindowReader(fakeImage(), BAND_BYTES);
        for (const { x, y } of corners) {
          const window = await reader.read({ x, y, width: 8, height: 8 });
          for (let i = 0; i < 64; i++) {
            const column = x + (i % 8);
            const row = y + Math.floor(i / 8);
            const inside = column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT;
            expect(window[i]).toBe(inside ? Math.fround(pixelAt(column, row)) : Number.NaN);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('many windows in ascending order of y hold what they should while bands are read ahead into used memory', async () => {
  const image = fakeImage();
  // As a file does it: what is lent is filled.
  const reusing = {
    ...image,
    readPixels: async (rows: WindowPlacement, into?: Float32Array | Float64Array) => {
      const pixels = await image.readPixels(rows);
      if (!(into instanceof Float32Array) || into.length < pixels.length) return pixels;
      into.set(pixels);
      return into.subarray(0, pixels.length);
    },
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: HEIGHT - 8 }), { minLength: 60, maxLength: 200 }),
      async (rows) => {
        const reader = new WindowReader(reusing, 4 * WIDTH * 300);
        for (const y of rows.sort((a, b) => a - b)) {
          const window = await reader.read({ x: 3, y, width: 8, height: 8 });
          expect([window[0], window[63]]).toEqual([pixelAt(3, y), pixelAt(10, y + 7)].map(Math.fround));
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('many windows in reading order hold what they should, and no row of the image is read more than twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ x: fc.integer({ min: 0, max: WIDTH - 8 }), y: fc.integer({ min: 0, max: HEIGHT - 8 }) }), {
        minLength: 60,
        maxLength: 200,
      }),
      async (places) => {
        const image = fakeImage();
        const readings = new Uint8Array(HEIGHT);
        const counting = {
          ...image,
          readPixels: (rows: WindowPlacement) => {
            for (let row = rows.y; row < rows.y + rows.height; row++) readings[row]!++;
            return image.readPixels(rows);
          },
        };
        const reader = new WindowReader(counting, 4 * WIDTH * 600);
        const [x, y] = [places.map((place) => place.x), places.map((place) => place.y)];
        const order = inReadingOrder({ mosaic: new Int32Array(places.length), x, y });
        for (const at of [...places.keys()].sort(order)) {
          const window = await reader.read({ x: x[at]!, y: y[at]!, width: 8, height: 8 });
          expect([window[0], window[63]]).toEqual(
            [pixelAt(x[at]!, y[at]!), pixelAt(x[at]! + 7, y[at]! + 7)].map(Math.fround),
          );
        }
        expect(Math.max(...readings)).toBeLessThanOrEqual(2);
      },
    ),
    { numRuns: 50 },
  );
});

test('a lone source costs one band, and nothing is read ahead', async () => {
  const image = fakeImage();
  await new WindowReader(image, BAND_BYTES).read({ x: 0, y: 900, width: 16, height: 16 });
  expect(image.reads).toBe(1);
});

test('a band that could not be read ahead is read again when it is needed', async () => {
  const image = fakeImage();
  let isBroken = true;
  const failing = {
    ...image,
    readPixels: (rows: WindowPlacement) => {
      if (rows.y > 0 && isBroken) {
        isBroken = false;
        return Promise.reject(new Error('the disk is gone'));
      }
      return image.readPixels(rows);
    },
  };
  const reader = new WindowReader(failing, BAND_BYTES);
  for (let y = 0; y < 2000; y += 3) {
    const window = await reader.read({ x: 0, y, width: 16, height: 16 });
    expect(window[0]).toBe(Math.fround(pixelAt(0, y)));
  }
  expect(isBroken).toBe(false);
});

test('windows in ascending order of y cost one read per band, not one per window', async () => {
  const image = fakeImage();
  const reader = new WindowReader(image, BAND_BYTES);
  for (let y = 0; y < HEIGHT; y += 3) await reader.read({ x: 0, y, width: 16, height: 16 });
  // 1040 rows each, of which a window and the rest of a strip are read again: 3000 rows in four bands.
  expect(image.reads).toBe(4);
});
