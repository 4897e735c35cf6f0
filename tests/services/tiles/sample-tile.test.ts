import { describe, expect, test } from 'vitest';
import type { HealpixCell } from '../../../src/core/sky/healpix.ts';
import { healpixCellAt, healpixCellOf, healpixNumberOf, positionInCell } from '../../../src/core/sky/healpix.ts';
import type { Wcs } from '../../../src/core/sky/wcs-types.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { openPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import { emptyTile, tileValues } from '../../../src/services/tiles/level-sampler.ts';
import { addMosaicInPlace, levelFor } from '../../../src/services/tiles/sample-tile.ts';
import { TILE_SIDE_PIX, tileGrid, tilePixelArcsec } from '../../../src/services/tiles/tile-grid.ts';
import { arraySource, gaussianImage, orthographic } from './sky-model.ts';

const SIDE = TILE_SIDE_PIX;

async function tileOf(source: ReturnType<typeof arraySource>, cell: HealpixCell): Promise<Float32Array> {
  const tile = emptyTile();
  await addMosaicInPlace(tile, openPyramid(source, { firstStoredLevel: 2 }), tileGrid(cell));
  return tileValues(tile);
}

/**
 * Centre of light around the brightest pixel of a tile [mosaic pixel]; undefined where the tile's border cuts the
 * source. Every tile pixel goes through the WCS by itself: HEALPix pixels are of equal area but not on straight lines.
 */
function centreOfLight(values: Float32Array, cell: HealpixCell, wcs: Wcs): { x: number; y: number } | undefined {
  let at = -1;
  values.forEach((value, i) => {
    if (!Number.isNaN(value) && (at < 0 || value > values[at]!)) at = i;
  });
  const reach = { 7: 6, 8: 12, 9: 22 }[cell.order]!;
  const [peakRow, peakColumn] = [Math.floor(at / SIDE), at % SIDE];
  if (Math.min(peakRow, peakColumn) < reach || Math.max(peakRow, peakColumn) >= SIDE - reach) return undefined;
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let row = peakRow - reach; row <= peakRow + reach; row++) {
    for (let column = peakColumn - reach; column <= peakColumn + reach; column++) {
      const value = values[row * SIDE + column]!;
      const pixel = wcs.skyToPixel(positionInCell(cell, 1 - (row + 0.5) / SIDE, (column + 0.5) / SIDE))!;
      sum += value;
      sumX += value * pixel.x;
      sumY += value * pixel.y;
    }
  }
  return { x: sumX / sum, y: sumY / sum };
}

// 41.81° is the border of HEALPix's polar caps, where the grid of a tile has a kink.
const FIELDS = [
  { name: 'at +54.5°', raDeg: 205.3, decDeg: 54.5, rotationDeg: 0 },
  { name: 'on the border of the polar cap, rotated', raDeg: 30.2, decDeg: 41.8103, rotationDeg: 33 },
  { name: 'across right ascension 0° on the equator', raDeg: 0, decDeg: 0.01, rotationDeg: -10 },
  { name: 'near the south pole', raDeg: 123, decDeg: -88.9, rotationDeg: 70 },
];

describe('a tile sampled from a mosaic', () => {
  test.each(FIELDS)('a point source lands within 0.1 mosaic pixel of where the WCS says, $name', async (field) => {
    const size = 900;
    const wcs = orthographic({ ...field, pixelScaleArcsec: 1.5, centreX: 450.3, centreY: 449.1 });
    let measuredCount = 0;
    for (const order of [7, 8, 9]) {
      for (const [x, y] of [
        [450.3, 449.1],
        [423.7, 468.2],
        [502.15, 431.4],
      ] as const) {
        const source = arraySource(wcs, size, size, gaussianImage(size, size, [{ x, y, peak: 1 }]));
        const cell = healpixCellAt(order, wcs.pixelToSky(x, y)!);
        const values = await tileOf(source, cell);
        const measured = centreOfLight(values, cell, wcs);
        if (measured === undefined) continue;
        measuredCount++;
        // At order 7 a source is two tile pixels wide: its centre of light itself is good to a seventh of a pixel.
        expect(Math.hypot(measured.x - x, measured.y - y)).toBeLessThan(order === 7 ? 0.15 : 0.1);
      }
    }
    expect(measuredCount).toBeGreaterThanOrEqual(3);
  });

  test('a 6″ source keeps 97 % of its peak at order 9 in the median and 93 % at least; at order 8, 92 % in the median', async () => {
    const size = 700;
    const wcs = orthographic({ raDeg: 205.3, decDeg: 54.5, pixelScaleArcsec: 1.5, centreX: 350, centreY: 350 });
    const points = Array.from({ length: 100 }, (_, i) => ({
      x: 60 + (i % 10) * 62 + 0.137 * i,
      y: 60 + Math.floor(i / 10) * 62 + 0.291 * i,
      peak: 1,
    }));
    const source = arraySource(wcs, size, size, gaussianImage(size, size, points));
    const keptAt = async (order: number): Promise<number[]> => {
      const tiles = new Map<number, Float32Array>();
      const kept: number[] = [];
      for (const { x, y } of points) {
        const cell = healpixCellAt(order, wcs.pixelToSky(x, y)!);
        const number = healpixNumberOf(cell);
        if (!tiles.has(number)) tiles.set(number, await tileOf(source, cell));
        const within = healpixCellAt(order + 9, wcs.pixelToSky(x, y)!);
        const row = SIDE - 1 - (within.x - cell.x * SIDE);
        const column = within.y - cell.y * SIDE;
        let peak = 0;
        for (let i = Math.max(0, row - 2); i <= Math.min(SIDE - 1, row + 2); i++) {
          for (let j = Math.max(0, column - 2); j <= Math.min(SIDE - 1, column + 2); j++) {
            peak = Math.max(peak, tiles.get(number)![i * SIDE + j]!);
          }
        }
        let brightestPixel = 0;
        for (let i = -2; i <= 2; i++) {
          for (let j = -2; j <= 2; j++) {
            const [pixelX, pixelY] = [Math.round(x) + j, Math.round(y) + i];
            const squared = (pixelX - x) ** 2 + (pixelY - y) ** 2;
            brightestPixel = Math.max(brightestPixel, Math.exp(-squared / (2 * (4 / 2.354820045) ** 2)));
          }
        }
        kept.push(peak / brightestPixel);
      }
      return kept.sort((a, b) => a - b);
    };
    const atNine = await keptAt(9);
    const atEight = await keptAt(8);
    expect(atNine[0]!).toBeGreaterThan(0.92);
    expect(atNine[50]!).toBeGreaterThanOrEqual(0.97);
    expect(atEight[50]!).toBeGreaterThanOrEqual(0.92);
  });

  test.each(FIELDS)('values continue across the border between two tiles, $name', async (field) => {
    const size = 800;
    const wcs = orthographic({ ...field, pixelScaleArcsec: 1.5, centreX: 400, centreY: 400 });
    // A slope of one unit per mosaic pixel: a step at the border is a displacement in mosaic pixels.
    const slope = Float32Array.from({ length: size * size }, (_, i) => (i % size) + 0.5 * Math.floor(i / size));
    const source = arraySource(wcs, size, size, slope);
    const cell = healpixCellAt(9, wcs.pixelToSky(400, 400)!);
    if (cell.y + 1 >= 2 ** 9) return;
    const here = await tileOf(source, cell);
    const next = await tileOf(source, { ...cell, y: cell.y + 1 });
    for (let row = 0; row < SIDE; row++) {
      const [before, last] = [here[row * SIDE + SIDE - 2]!, here[row * SIDE + SIDE - 1]!];
      const [first, after] = [next[row * SIDE]!, next[row * SIDE + 1]!];
      const expected = last + (last - before + (after - first)) / 2;
      expect(Math.abs(first - expected)).toBeLessThan(0.1);
    }
  });

  test('outside the mosaic a tile is NaN, and a wide tile shows a small mosaic at its place', async () => {
    const size = 600;
    const wcs = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 300, centreY: 300 });
    const source = arraySource(wcs, size, size, new Float32Array(size * size).fill(7));
    const centre = wcs.pixelToSky(300, 300)!;
    for (const order of [0, 3, 5]) {
      const cell = healpixCellAt(order, centre);
      const values = await tileOf(source, cell);
      const finite = [...values].filter((value) => !Number.isNaN(value));
      expect(finite.length).toBeGreaterThan(0);
      // 7, up to the rounding of the 32-bit weights.
      expect(finite.every((value) => Math.abs(value - 7) < 1e-5)).toBe(true);
      // 0.25° square, in a tile of 58.6° / 2ᵒʳᵈᵉʳ; a rim of one pixel may be in or out.
      const sidePix = (0.25 / (58.6323 / 2 ** order)) * SIDE;
      expect(Math.abs(Math.sqrt(finite.length) - sidePix)).toBeLessThan(1.2);
    }
    const elsewhere = await tileOf(source, healpixCellOf(3, 700));
    expect(elsewhere.every((value) => Number.isNaN(value))).toBe(true);
  });

  test('two mosaics blend: near the edge of one the other counts more', async () => {
    const size = 600;
    const left = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 299.5, centreY: 299.5 });
    const right = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: -0.5, centreY: 299.5 });
    const tile = emptyTile();
    const position = left.pixelToSky(450, 300)!;
    const cell = healpixCellAt(9, position);
    for (const [wcs, value] of [
      [left, 0],
      [right, 1],
    ] as const) {
      const source = arraySource(wcs, size, size, new Float32Array(size * size).fill(value));
      await addMosaicInPlace(tile, openPyramid(source, { firstStoredLevel: 2 }), tileGrid(cell));
    }
    const values = tileValues(tile);
    const within = healpixCellAt(18, position);
    const at = (SIDE - 1 - (within.x - cell.x * SIDE)) * SIDE + (within.y - cell.y * SIDE);
    // 150 pixels from either edge: half of each.
    expect(values[at]!).toBeCloseTo(0.5, 1);
    const finite = values.filter((value) => !Number.isNaN(value)).sort();
    expect(finite[0]!).toBeLessThan(0.5);
    expect(finite[finite.length - 1]!).toBeGreaterThan(0.5);
  });

  test('where a second mosaic begins there is no seam, though its level differs by one: no step above a fiftieth', async () => {
    const size = 600;
    const left = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 299.5, centreY: 299.5 });
    const right = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: -0.5, centreY: 299.5 });
    const blended = async (cell: HealpixCell): Promise<Float32Array> => {
      const tile = emptyTile();
      for (const [wcs, value] of [
        [left, 0],
        [right, 1],
      ] as const) {
        const source = arraySource(wcs, size, size, new Float32Array(size * size).fill(value));
        await addMosaicInPlace(tile, openPyramid(source, { firstStoredLevel: 2 }), tileGrid(cell));
      }
      return tileValues(tile);
    };
    const tiles = new Map<number, Float32Array>();
    let [before, largestStep, lowest, highest] = [0, 0, 1, 0];
    // Along a row through the middle of both, from the left one alone to the right one alone, pixel by pixel.
    for (let x = 100; x < 800; x++) {
      const position = left.pixelToSky(x, 300)!;
      const cell = healpixCellAt(9, position);
      const number = healpixNumberOf(cell);
      if (!tiles.has(number)) tiles.set(number, await blended(cell));
      const within = healpixCellAt(18, position);
      const at = (SIDE - 1 - (within.x - cell.x * SIDE)) * SIDE + (within.y - cell.y * SIDE);
      const value = tiles.get(number)![at]!;
      if (x > 100) largestStep = Math.max(largestStep, Math.abs(value - before));
      [lowest, highest] = [Math.min(lowest, value), Math.max(highest, value)];
      before = value;
    }
    expect([lowest, highest]).toEqual([0, 1]);
    expect(largestStep).toBeLessThan(0.02);
  });

  test('a single missing pixel does not tear a hole of four', async () => {
    const size = 600;
    const wcs = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 300, centreY: 300 });
    const values = new Float32Array(size * size).fill(1);
    values[300 * size + 300] = NaN;
    const tile = await tileOf(arraySource(wcs, size, size, values), healpixCellAt(9, wcs.pixelToSky(300, 300)!));
    const missing = tile.filter((value) => Number.isNaN(value)).length;
    // One mosaic pixel is (1.5/0.805)² = 3.5 tile pixels.
    expect(missing).toBeGreaterThanOrEqual(1);
    expect(missing).toBeLessThanOrEqual(6);
  });

  test('all over the sky a wide tile shows each of its pixels at its own place, though squares of them are interpolated', async () => {
    const size = 256;
    for (const { raDeg, decDeg, rotationDeg } of FIELDS) {
      const wcs = orthographic({ raDeg, decDeg, rotationDeg, pixelScaleArcsec: 60, centreX: 128, centreY: 128 });
      // The value is the column: it says where a tile pixel was taken from.
      const source = arraySource(
        wcs,
        size,
        size,
        Float32Array.from({ length: size * size }, (_, i) => i % size),
      );
      for (const order of [0, 1, 3]) {
        const cell = healpixCellAt(order, { ra: degrees(raDeg), dec: degrees(decDeg) });
        const tile = emptyTile();
        const pyramid = openPyramid(source, { firstStoredLevel: 1 });
        await addMosaicInPlace(tile, pyramid, tileGrid(cell));
        const factor = 2 ** levelFor(pyramid, tilePixelArcsec(order));
        let [worst, count, seen] = [0, 0, 0];
        tileValues(tile).forEach((value, i) => {
          const [row, column] = [Math.floor(i / SIDE), i % SIDE];
          const at = wcs.skyToPixel(positionInCell(cell, 1 - (row + 0.5) / SIDE, (column + 0.5) / SIDE));
          const inside = [at?.x ?? -1, at?.y ?? -1].every((pixel) => pixel > 2 * factor && pixel < size - 2 * factor);
          if (inside) count++;
          if (!inside || Number.isNaN(value)) return;
          seen++;
          worst = Math.max(worst, Math.abs(value - at!.x) / factor);
        });
        expect(count).toBeGreaterThan(100);
        expect(seen).toBe(count);
        expect(worst).toBeLessThan(0.05);
      }
    }
  });
});
