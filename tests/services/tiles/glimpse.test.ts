import { describe, expect, test } from 'vitest';
import { degrees } from '../../../src/core/units/quantities.ts';
import { projectionAt, screenOf, unitVector } from '../../../src/renderer/sky-map/view-projection.ts';
import { glimpseOf } from '../../../src/services/tiles/glimpse.ts';
import { openPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import { arraySource, gaussianImage, orthographic } from './sky-model.ts';

const SIZE = 1200;
const WCS = orthographic({
  raDeg: 150,
  decDeg: 55,
  pixelScaleArcsec: 1.5,
  centreX: 600,
  centreY: 600,
  rotationDeg: 20,
});
const SOURCES = [
  { x: 300.3, y: 260.7, peak: 5 },
  { x: 820.6, y: 380.2, peak: 5 },
  { x: 600, y: 620.4, peak: 5 },
  { x: 340.8, y: 930.4, peak: 5 },
] as const;
const image = gaussianImage(SIZE, SIZE, SOURCES);
const source = arraySource(WCS, SIZE, SIZE, image);
const pyramidOf = (of: TileSource) => openPyramid(of, { firstStoredLevel: 1 });

/** A window of the screen that is no multiple of a tile's side. */
const viewOf = (fovDeg: number) => ({
  centre: { ra: degrees(150.03), dec: degrees(54.98) },
  fovDeg,
  widthPix: 700,
  heightPix: 530,
});
type View = ReturnType<typeof viewOf>;

/** Light around a place of the screen: its sum, and its centroid with pixel centres at halves. */
function lightAt(values: Float32Array, { widthPix }: View, at: { x: number; y: number }, reach: number) {
  let [sum, x, y] = [0, 0, 0];
  for (let row = Math.floor(at.y) - reach; row <= at.y + reach; row++) {
    for (let column = Math.floor(at.x) - reach; column <= at.x + reach; column++) {
      const value = values[row * widthPix + column]!;
      sum += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { sum, x: x / sum, y: y / sum };
}

function screenPlaces({ centre, fovDeg, widthPix, heightPix }: View): readonly { x: number; y: number }[] {
  const projection = projectionAt({ raDeg: centre.ra, decDeg: centre.dec, fovDeg }, widthPix, heightPix);
  return SOURCES.map(({ x, y }) => {
    const { ra, dec } = WCS.pixelToSky(x, y)!;
    return screenOf(projection, unitVector(ra, dec))!;
  });
}

describe('a glimpse of a field', () => {
  test('is blank where no mosaic is, and blank over another sky', async () => {
    const view = { ...viewOf(0.9), centre: { ra: degrees(150), dec: degrees(55) } };
    const values = await glimpseOf([pyramidOf(source)], view);
    expect(values).toHaveLength(view.widthPix * view.heightPix);
    expect(values[0]).toBeNaN();
    expect(values[265 * 700 + 350]).not.toBeNaN();
    const elsewhere = await glimpseOf([pyramidOf(source)], { ...view, centre: { ra: degrees(20), dec: degrees(-30) } });
    expect(elsewhere.every(Number.isNaN)).toBe(true);
  });

  // In the widest view a source is smaller than a pixel of the screen, and stands on two rows of each block of eight.
  test.each([
    { fovDeg: 0.3, level: 0, expected: 2, withinPx: 0.1 },
    { fovDeg: 0.9, level: 1, expected: 4, withinPx: 0.1 },
    { fovDeg: 2.4, level: 3, expected: 4, withinPx: 0.25 },
  ])(
    'a source stands where the view’s projection puts its position, to $withinPx screen pixels: $fovDeg° wide',
    async ({ fovDeg, level, expected, withinPx }) => {
      const view = viewOf(fovDeg);
      const pyramid = openPyramid(source, { firstStoredLevel: Math.max(1, level) });
      if (level === 1) await pyramid.prepare(level);
      const values = await glimpseOf([pyramid], view);
      let seen = 0;
      for (const place of screenPlaces(view)) {
        if (Math.min(place.x, place.y, view.widthPix - place.x, view.heightPix - place.y) < 20) continue;
        const light = lightAt(values, view, place, 14);
        expect(Math.hypot(light.x - place.x, light.y - place.y)).toBeLessThan(withinPx);
        seen++;
      }
      expect(seen).toBe(expected);
    },
  );

  test('reads a quarter of a mosaic whose pixels are small on the screen, and keeps each source’s flux to 6 %', async () => {
    let pixelsRead = 0;
    const counted: TileSource = {
      ...source,
      readWindow(window, into) {
        pixelsRead += window.width * window.height;
        return source.readWindow(window, into);
      },
    };
    // Blocks of eight pixels, of which two rows are read.
    const big = openPyramid(counted, { firstStoredLevel: 3 });
    const view = viewOf(2.4);
    const values = await glimpseOf([big], view);
    expect(pixelsRead).toBeLessThanOrEqual(0.26 * SIZE * SIZE);
    await big.prepare(3);
    const whole = await glimpseOf([big], view);
    for (const place of screenPlaces(view)) {
      const [quick, true_] = [lightAt(values, view, place, 6).sum, lightAt(whole, view, place, 6).sum];
      expect(Math.abs(quick / true_ - 1)).toBeLessThan(0.06);
    }
  });

  test('once the mosaic’s levels are there, it shows what is sampled from them', async () => {
    const pyramid = pyramidOf(source);
    await pyramid.prepare(1);
    const view = viewOf(0.9);
    const values = await glimpseOf([pyramid], view);
    const again = await glimpseOf([pyramid], view);
    expect(again).toEqual(values);
    const flat = arraySource(WCS, SIZE, SIZE, new Float32Array(SIZE * SIZE).fill(0.25), 4);
    const constant = await glimpseOf([pyramidOf(flat)], view);
    // The mosaic's scale turns its unit into that of the tiles.
    expect(constant.filter((value) => !Number.isNaN(value)).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
  });

  test('a mosaic that cannot be read refuses the glimpse', async () => {
    const broken: TileSource = { ...source, readWindow: () => Promise.reject(new Error('no disk')) };
    await expect(glimpseOf([pyramidOf(broken)], viewOf(0.9))).rejects.toThrow('no disk');
  });
});
