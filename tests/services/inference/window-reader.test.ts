import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WindowReader } from '../../../src/services/inference/window-reader.ts';
import type { WindowPlacement } from '../../../src/core/cutout/make-cutout.ts';

const WIDTH = 37;
const HEIGHT = 3000;
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
        const reader = new WindowReader(fakeImage());
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

test('windows in ascending order of y cost one read per band, not one per window', async () => {
  const image = fakeImage();
  const reader = new WindowReader(image);
  for (let y = 0; y < HEIGHT; y += 3) await reader.read({ x: 0, y, width: 16, height: 16 });
  expect(image.reads).toBe(3);
});
