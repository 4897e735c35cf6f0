import fc from 'fast-check';
import { expect, test } from 'vitest';
import { degrees } from '../../../src/core/units/quantities.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import type { Footprint } from '../../../src/services/fits-files/footprint-index.ts';
import { footprintIndex } from '../../../src/services/fits-files/footprint-index.ts';

interface Pointing {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly sidePix: number;
  readonly projection: string;
  readonly scaleDeg: number;
}

function footprintOf({ raDeg, decDeg, sidePix, projection, scaleDeg }: Pointing): Footprint {
  const texts: Record<string, string> = { CTYPE1: `RA---${projection}`, CTYPE2: `DEC--${projection}` };
  const numbers: Record<string, number> = {
    NAXIS: 2,
    NAXIS1: sidePix,
    NAXIS2: sidePix,
    CRVAL1: raDeg,
    CRVAL2: decDeg,
    CRPIX1: sidePix / 2,
    CRPIX2: sidePix / 2,
    CDELT1: -scaleDeg,
    CDELT2: scaleDeg,
  };
  const header = {
    number: (key: string) => numbers[key],
    text: (key: string) => texts[key],
    has: (key: string) => key in numbers || key in texts,
  };
  return { widthPix: sidePix, heightPix: sidePix, wcs: wcsOf(header, 'made.fits') };
}

const pointing = fc.record({
  raDeg: fc.double({ min: 0, max: 359.99, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  sidePix: fc.integer({ min: 2, max: 400 }),
  projection: fc.constantFrom('SIN', 'TAN', 'ZEA', 'CAR'),
  scaleDeg: fc.constantFrom(0.0004, 0.01, 0.2),
});

test('every mosaic that shows a position is near it: none is lost between the cells of the index', () => {
  fc.assert(
    fc.property(
      fc.array(pointing, { minLength: 1, maxLength: 6 }),
      fc.array(
        fc.tuple(fc.nat(5), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        {
          minLength: 20,
          maxLength: 20,
        },
      ),
      (pointings, places) => {
        const footprints = pointings.map(footprintOf);
        const index = footprintIndex(footprints);
        for (const [chosen, u, v] of places) {
          const { wcs, widthPix, heightPix } = footprints[chosen % footprints.length]!;
          // Corners and edges come up often: the property is about them.
          const position = wcs.pixelToSky(
            (Math.round(u * 8) / 8) * (widthPix - 1),
            (Math.round(v * 8) / 8) * (heightPix - 1),
          );
          if (position === undefined) continue;
          const near = new Set(index.near(position.ra, position.dec));
          footprints.forEach((footprint, at) => {
            const pixel = footprint.wcs.skyToPixel({ ra: degrees(position.ra), dec: degrees(position.dec) });
            const isInside =
              pixel !== undefined &&
              pixel.x >= -0.5 &&
              pixel.y >= -0.5 &&
              pixel.x < footprint.widthPix - 0.5 &&
              pixel.y < footprint.heightPix - 0.5;
            if (isInside) expect(near.has(at)).toBe(true);
          });
        }
      },
    ),
    { numRuns: 150, seed: 6 },
  );
});

test('of 841 mosaics, a position is asked of few', () => {
  const footprints = Array.from({ length: 841 }, (_, k) =>
    footprintOf({
      raDeg: ((k % 29) * 360) / 29,
      decDeg: -80 + Math.floor(k / 29) * 5.5,
      sidePix: 9600,
      projection: 'SIN',
      scaleDeg: 1.5 / 3600,
    }),
  );
  const index = footprintIndex(footprints);
  expect(index.near(100, 2.5).length).toBeLessThan(8);
  expect(index.near(359.9999, -90).length).toBeLessThanOrEqual(29);
});
