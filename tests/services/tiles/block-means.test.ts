import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockMeans } from '../../../src/services/tiles/block-means.ts';
import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import { openPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import { turns } from '../../../src/services/tiles/turns.ts';
import { deferred } from '../../engine/deferred.ts';
import { arraySource, gaussianImage, orthographic } from './sky-model.ts';

const WCS = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 0, centreY: 0 });

/** The definition, pixel by pixel. */
function meanOfBlock(source: { width: number; height: number; values: Float32Array }, x: number, y: number, f: number) {
  let [sum, finite, inside] = [0, 0, 0];
  for (let row = y * f; row < (y + 1) * f; row++) {
    for (let column = x * f; column < (x + 1) * f; column++) {
      if (row < 0 || column < 0 || row >= source.height || column >= source.width) continue;
      inside++;
      const value = source.values[row * source.width + column]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      finite++;
    }
  }
  return finite > 0 && 2 * finite >= inside ? sum / finite : NaN;
}

describe('the means of blocks of pixels', () => {
  test('are the means of what is finite, NaN below half, for any window of an image of any size', async () => {
    const size = fc.integer({ min: 1, max: 40 });
    const start = fc.integer({ min: -6, max: 12 });
    const property = fc.asyncProperty(
      fc.record({ width: size, height: size, factor: fc.constantFrom(2, 4, 8), x: start, y: start, seed: fc.nat() }),
      async ({ width, height, factor, x, y, seed }) => {
        let state = seed + 1;
        const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
        const values = Float32Array.from({ length: width * height }, () => (uniform() < 0.3 ? NaN : uniform()));
        const window = { x, y, width: 9, height: 7 };
        const means = await blockMeans(arraySource(WCS, width, height, values), factor, window, factor);
        means.forEach((mean, i) => {
          const expected = meanOfBlock({ width, height, values }, x + (i % 9), y + Math.floor(i / 9), factor);
          if (Number.isNaN(expected)) expect(mean).toBeNaN();
          else expect(mean).toBeCloseTo(expected, 5);
        });
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('a mosaic of many bands is averaged as one of a single band', async () => {
    const [width, height] = [4100, 700];
    const values = Float32Array.from({ length: width * height }, (_, i) => (i % 97) - 0.25 * (i % 13));
    const source = arraySource(WCS, width, height, values);
    const window = { x: 0, y: 0, width: Math.ceil(width / 4), height: Math.ceil(height / 4) };
    const means = await blockMeans(source, 4, window, 4);
    for (const i of [0, 700, 61_234, means.length - 1]) {
      const expected = meanOfBlock({ width, height, values }, i % window.width, Math.floor(i / window.width), 4);
      expect(means[i]).toBeCloseTo(expected, 4);
    }
  });

  test('rows that are half a beam apart keep the flux of a source to a thousandth, wherever it lies', async () => {
    for (const offset of [0, 0.3, 0.5, 1.1]) {
      const image = gaussianImage(128, 128, [{ x: 64.2, y: 63.7 + offset, peak: 1 }]);
      const source = arraySource(WCS, 128, 128, image);
      const window = { x: 0, y: 0, width: 16, height: 16 };
      const fluxOf = (means: Float32Array): number => means.reduce((sum, value) => sum + value, 0);
      const ratio = fluxOf(await blockMeans(source, 8, window, 4)) / fluxOf(await blockMeans(source, 8, window, 8));
      expect(Math.abs(ratio - 1)).toBeLessThan(1e-3);
    }
  });
});

describe('the levels of a mosaic', () => {
  test('one pass over the file makes them all, and each level has the flux of the mosaic', async () => {
    const size = 512;
    const image = gaussianImage(size, size, [{ x: 300.4, y: 200.7, peak: 1 }]);
    let pixelsRead = 0;
    const source = arraySource(WCS, size, size, image);
    const counted: TileSource = {
      ...source,
      readWindow: (window) => {
        pixelsRead += window.width * window.height;
        return source.readWindow(window);
      },
    };
    const pyramid = openPyramid(counted, { firstStoredLevel: 1 });
    await Promise.all([pyramid.prepare(4), pyramid.prepare(2), pyramid.prepare(1)]);
    expect(pixelsRead).toBe(size * size);
    const total = image.reduce((sum, value) => sum + value, 0);
    for (const level of [1, 2, 3, 4]) {
      const { width, height } = pyramid.levelSize(level);
      const values = await pyramid.read(level, { x: 0, y: 0, width, height });
      expect((values.reduce((sum, value) => sum + value, 0) * 4 ** level) / total).toBeCloseTo(1, 5);
    }
  });

  test('of many mosaics only some are made at once, in the order they were asked for, past one that fails', async () => {
    const inTurn = turns(2);
    const [started, ended]: [number[], number[]] = [[], []];
    const gates = Array.from({ length: 5 }, () => deferred());
    const all = gates.map(({ promise }, i) =>
      inTurn(async () => {
        started.push(i);
        await promise;
        ended.push(i);
        if (i === 1) throw new Error('disk');
      }).catch(() => undefined),
    );
    expect(started).toEqual([0, 1]);
    for (const i of [1, 0, 2, 3, 4]) {
      gates[i]!.resolve(undefined);
      await all[i];
    }
    expect([started, ended]).toEqual([
      [0, 1, 2, 3, 4],
      [1, 0, 2, 3, 4],
    ]);
  });
});
