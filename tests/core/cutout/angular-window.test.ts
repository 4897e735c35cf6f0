import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { angularWindow, placeAngularWindow } from '../../../src/core/cutout/angular-window.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import type { WindowPlacement } from '../../../src/core/cutout/make-cutout.ts';
import { makeCutout, placeWindow } from '../../../src/core/cutout/make-cutout.ts';
import { localFrameOf } from '../../../src/core/sky/local-frame.ts';
import type { PixelPosition } from '../../../src/core/sky/position.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import type { Wcs } from '../../../src/core/sky/wcs-types.ts';

interface FixtureMosaic {
  readonly name: string;
  readonly projection: string;
  readonly crval: readonly [number, number];
  readonly cdDeg: readonly [number, number, number, number];
  readonly crpix: readonly [number, number];
  readonly sidePix: number;
  readonly source: readonly [number, number];
  readonly finiteFraction: number;
  readonly indices: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What astropy and scipy make of the same mosaics (scripts/fixtures/make_angular.py). */
const fixtures = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../fixtures/angular.json'), 'utf8'),
) as FixtureMosaic[];

const SIDE = PUBLISHED_CUTOUT.windowSidePix;

function wcsWith(cards: Readonly<Record<string, string | number>>): Wcs {
  return wcsOf(
    {
      has: (keyword) => keyword in cards,
      number: (keyword) => (typeof cards[keyword] === 'number' ? cards[keyword] : undefined),
      text: (keyword) => (typeof cards[keyword] === 'string' ? cards[keyword] : undefined),
    },
    'made.fits',
  );
}

function wcsOfFixture({ projection, crval, cdDeg, crpix }: FixtureMosaic): Wcs {
  const [cd11, cd12, cd21, cd22] = cdDeg;
  return wcsWith({
    NAXIS: 2,
    CTYPE1: `RA---${projection}`,
    CTYPE2: `DEC--${projection}`,
    CRVAL1: crval[0],
    CRVAL2: crval[1],
    CRPIX1: crpix[0],
    CRPIX2: crpix[1],
    CD1_1: cd11,
    CD1_2: cd12,
    CD2_1: cd21,
    CD2_2: cd22,
    RADESYS: 'ICRS',
  });
}

/** North up, east left, centred on pixel (200, 200). */
const plainWcs = (scaleArcsec: number): Wcs =>
  wcsWith({
    NAXIS: 2,
    CTYPE1: 'RA---SIN',
    CTYPE2: 'DEC--SIN',
    CRVAL1: 205,
    CRVAL2: 55,
    CRPIX1: 201,
    CRPIX2: 201,
    CDELT1: -scaleArcsec / 3600,
    CDELT2: scaleArcsec / 3600,
    RADESYS: 'ICRS',
  });

/** The rectangle of a mosaic that a formula gives, NaN outside its pixels. */
function pixelsAt(
  { x, y, width, height }: WindowPlacement,
  sidePix: number,
  valueAt: (x: number, y: number) => number,
): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [column, row] = [x + (i % width), y + Math.floor(i / width)];
    const isInside = column >= 0 && row >= 0 && column < sidePix && row < sidePix;
    return isInside ? valueAt(column, row) : Number.NaN;
  });
}

function windowOf(wcs: Wcs, source: PixelPosition, sidePix: number, valueAt: (x: number, y: number) => number) {
  const frame = localFrameOf(wcs, wcs.pixelToSky(source.x, source.y)!)!;
  const placement = placeAngularWindow(frame, SIDE);
  return angularWindow(pixelsAt(placement, sidePix, valueAt), placement, frame, SIDE);
}

const formula = (x: number, y: number): number => Math.sin(x / 5) * Math.cos(y / 7) + 0.002 * x - 0.001 * y;

describe('a window of fixed angular size', () => {
  test.each(fixtures)(
    'of a mosaic that is $name shows what astropy and scipy show, to 0.02 pixels of its steepest slope',
    (mosaic) => {
      const [x, y] = mosaic.source;
      const window = windowOf(wcsOfFixture(mosaic), { x, y }, mosaic.sidePix, formula);
      const steepest = 1 / 5;
      mosaic.indices.forEach((index, k) => {
        const expected = mosaic.values[k];
        if (expected == null) return;
        expect(Math.abs(window[index]! - expected)).toBeLessThan(0.02 * steepest);
      });
      // scipy ends at the centres of the outermost pixels, Lobate half a pixel further out.
      const finite = window.filter((value) => !Number.isNaN(value)).length / window.length;
      expect(finite).toBeGreaterThanOrEqual(mosaic.finiteFraction);
      expect(finite - mosaic.finiteFraction).toBeLessThan(0.01);
    },
  );

  test('of a mosaic of 1.5″ pixels, north up, is its own pixels', () => {
    const source = { x: 200, y: 200 };
    const placement = placeWindow(source, SIDE);
    const window = windowOf(plainWcs(1.5), source, 400, formula);
    const own = pixelsAt(placement, 400, formula);
    own.forEach((value, i) => expect(Math.abs(window[i]! - value)).toBeLessThan(1e-4));
  });

  test('leaves out what is NaN in the mosaic, and is all NaN where there is nothing', () => {
    const halfBlank = windowOf(plainWcs(2.5), { x: 200, y: 200 }, 400, (x) => (x < 200 ? Number.NaN : 1));
    expect(halfBlank.filter(Number.isNaN).length / halfBlank.length).toBeCloseTo(0.5, 1);
    expect(halfBlank.every((value) => Number.isNaN(value) || value === 1)).toBe(true);
    expect(windowOf(plainWcs(2.5), { x: 200, y: 200 }, 400, () => Number.NaN).every(Number.isNaN)).toBe(true);
  });

  test('of fine pixels averages their noise instead of picking from it', () => {
    const checkered = windowOf(plainWcs(0.5), { x: 400, y: 400 }, 800, (x, y) => ((x + y) % 2 === 0 ? 1 : -1));
    // Three pixels a side: nine of them add up to ±1/9 where nine times one of them would be ±1.
    expect(Math.max(...checkered.filter(Number.isFinite).map(Math.abs))).toBeLessThan(0.2);
  });
});

/** A double radio source on correlated-looking noise, seen with a 6″ beam, at any pixel scale [Jy/beam]. */
function sky(scaleArcsec: number): (x: number, y: number) => number {
  const gaussian = (east: number, north: number, fwhm: number): number =>
    Math.exp((-4 * Math.LN2 * (east * east + north * north)) / (fwhm * fwhm));
  return (x, y) => {
    const [east, north] = [(200 - x) * scaleArcsec, (y - 200) * scaleArcsec];
    const noise =
      Math.sin(east / 7.3 + north / 11.1) + Math.sin(east / 13.7 - north / 8.9) + Math.sin(east / 21 + north / 5.9);
    return (
      5e-5 * noise +
      4e-3 * gaussian(east - 30, north - 20, 9) +
      3e-3 * gaussian(east + 34, north + 24, 12) +
      1e-3 * gaussian(east, north, 6.2)
    );
  };
}

test('a source on a mosaic of 2.5″ pixels looks to the network as on one of 1.5″ pixels, and only with `angular`', () => {
  const source = { x: 200, y: 200 };
  const trained = makeCutout(pixelsAt(placeWindow(source, SIDE), 400, sky(1.5)), PUBLISHED_CUTOUT).channels;
  const asPixels = makeCutout(pixelsAt(placeWindow(source, SIDE), 400, sky(2.5)), PUBLISHED_CUTOUT).channels;
  const asAngle = makeCutout(windowOf(plainWcs(2.5), source, 400, sky(2.5)), PUBLISHED_CUTOUT).channels;
  const meanDifference = (channels: Float32Array): number =>
    channels.reduce((sum, value, i) => sum + Math.abs(value - trained[i]!), 0) / channels.length;
  // Bilinear interpolation of a beam of 2.4 pixels flattens its peak by some per cent: not nothing, and far from 2.5″.
  expect(meanDifference(asAngle)).toBeLessThan(0.02);
  expect(meanDifference(asPixels)).toBeGreaterThan(5 * meanDifference(asAngle));
});
