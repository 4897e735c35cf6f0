import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crtfRegionPieces, parseCrtfRegions } from '../../../src/core/regions/crtf-regions.ts';
import { ds9RegionPieces, parseDs9Regions } from '../../../src/core/regions/ds9-regions.ts';
import type { SkyRegion } from '../../../src/core/regions/sky-region.ts';
import { regionEllipseOf } from '../../../src/core/regions/sky-region.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { errorOf } from '../../expect-failure.ts';

const OPTIONS = { size: 'fwhm', software: 'Lobate 0.1.0' } as const;

/** A source 12″ × 6″ whose long axis points 30° east of north. */
const SOURCE: SkyRegion = {
  raDeg: 205.5,
  decDeg: 54.25,
  ellipse: regionEllipseOf(12, 6, 30, 'fwhm'),
  text: 'ILTJ134200.00+541500.0 P=0.87',
  tags: ['MC'],
};

describe('conventions', () => {
  test('DS9 gets half the FWHM as radius, and the position angle plus 90 degrees', () => {
    expect([...ds9RegionPieces([SOURCE], OPTIONS)].join('')).toContain(
      '\nicrs\nellipse(205.5,54.25,6",3",120) # text={ILTJ134200.00+541500.0 P=0.87} tag={MC}\n',
    );
  });
  test('CRTF gets the same radii, and the position angle from north', () => {
    expect([...crtfRegionPieces([SOURCE], OPTIONS)].join('')).toContain(
      '\nellipse [[205.5deg, 54.25deg], [6arcsec, 3arcsec], 30deg] label="ILTJ134200.00+541500.0 P=0.87 MC"\n',
    );
  });
  test("PyBDSF's look is twice as wide, and the header says which is meant", () => {
    expect(regionEllipseOf(12, 6, 30, 'pybdsf')).toMatchObject({ radiusAlongArcsec: 12, radiusAcrossArcsec: 6 });
    expect([...ds9RegionPieces([], OPTIONS)].join('')).toContain('Ellipses are the FWHM: radii Maj/2 and Min/2.');
    expect([...ds9RegionPieces([], { ...OPTIONS, size: 'pybdsf' })].join('')).toContain(
      '2 x FWHM, as PyBDSF draws them',
    );
  });
  test('a source without a size is a point, not an ellipse of nothing', () => {
    expect(regionEllipseOf(Number.NaN, 6, 30, 'fwhm')).toBeUndefined();
    expect([...ds9RegionPieces([{ ...SOURCE, ellipse: undefined, text: '', tags: [] }], OPTIONS)].join('')).toContain(
      'point(205.5,54.25) # point=x',
    );
  });
});

const region = fc.record({
  raDeg: fc.double({ min: 0, max: 359.999, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  ellipse: fc.option(
    fc.record({
      radiusAlongArcsec: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      radiusAcrossArcsec: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      paDeg: fc.double({ min: 0, max: 179.99, noNaN: true }),
    }),
    { nil: undefined },
  ),
  text: fc.string().map((text) => text.replace(/[{}"'\r\n]/g, '')),
  tags: fc.array(fc.constantFrom('MC', 'S', 'SISG'), { maxLength: 2 }),
});

/** To the digits that are written: 1e-9 deg, 1e-4 arcsec, 1e-6 deg of angle. */
function expectSame(found: SkyRegion, wanted: SkyRegion): void {
  expect(Math.abs(found.raDeg - wanted.raDeg)).toBeLessThan(1e-9);
  expect(Math.abs(found.decDeg - wanted.decDeg)).toBeLessThan(1e-9);
  expect(found.ellipse === undefined).toBe(wanted.ellipse === undefined);
  if (found.ellipse === undefined || wanted.ellipse === undefined) return;
  expect(Math.abs(found.ellipse.radiusAlongArcsec - wanted.ellipse.radiusAlongArcsec)).toBeLessThan(1e-4);
  expect(Math.abs(found.ellipse.radiusAcrossArcsec - wanted.ellipse.radiusAcrossArcsec)).toBeLessThan(1e-4);
  expect(Math.abs(found.ellipse.paDeg - wanted.ellipse.paDeg)).toBeLessThan(1e-5);
}

test('what is written is read back, in both formats', () => {
  fc.assert(
    fc.property(fc.array(region, { minLength: 1, maxLength: 4 }), (regions) => {
      const ds9 = parseDs9Regions([...ds9RegionPieces(regions, OPTIONS)].join(''), 'x.reg').regions;
      const crtf = parseCrtfRegions([...crtfRegionPieces(regions, OPTIONS)].join(''), 'x.crtf').regions;
      regions.forEach((wanted, index) => {
        expectSame(ds9[index]!, wanted);
        expectSame(crtf[index]!, wanted);
        expect([ds9[index]!.text, ds9[index]!.tags]).toEqual([wanted.text, wanted.tags]);
      });
    }),
    { numRuns: 200, seed: 8 },
  );
});

describe('what others write', () => {
  test('sexagesimal positions, arcminutes, circles, semicolons and single quotes', () => {
    const { regions, skipped } = parseDs9Regions(
      'fk5;circle(13:42:00.0,+54:15:00,0.5\') # text=\'a circle\'\nfk5\nbox(1,2,3",4",0)\n-circle(1,2,3")\n',
      'x.reg',
    );
    expect(skipped).toBe(2);
    expectSame(regions[0]!, {
      ...SOURCE,
      ellipse: { radiusAlongArcsec: 30, radiusAcrossArcsec: 30, paDeg: 0 },
    });
    expect(regions[0]!.text).toBe('a circle');
  });
  test('a PyBDSF region file: FWHM as radius in degrees, angle with its sign', () => {
    const { regions } = parseDs9Regions('fk5\nellipse(205.5,54.25,0.0033333333,0.0016666667,120.0)\n', 'x.reg');
    expectSame(regions[0]!, { ...SOURCE, ellipse: regionEllipseOf(12, 6, 30, 'pybdsf') });
  });
  test('an elliptical annulus is counted and left out', () => {
    expect(parseDs9Regions('icrs\nellipse(1,2,3",4",5",6",7)\n', 'x')).toEqual({ regions: [], skipped: 1 });
  });
});

describe('refused in one sentence', () => {
  test.each([
    [
      'pixels, which is what a file without a coordinate line has',
      'circle(100,100,20)\n',
      'are in physical coordinates',
    ],
    ['a broken number', 'icrs\nellipse(1,2,x",4",5)\n', 'it has the broken region "ellipse(1,2,x",4",5)"'],
    ['other text', 'hello world\n', 'which is no region'],
    ['nothing', '', 'is not a DS9 region file'],
  ])('%s', (_, text, sentence) => {
    expect(describeError(errorOf(() => parseDs9Regions(text, 'x.reg')))).toContain(sentence);
  });
  test.each([
    ['no CRTF', 'ellipse [[1deg, 2deg], [3arcsec, 4arcsec], 5deg]', 'is not a CASA region file'],
    ['another frame', '#CRTFv0\nglobal coord=B1950\n', 'are in B1950'],
    ['a broken number', '#CRTFv0\ncircle [[1deg, 2deg], 3furlong]\n', 'broken region'],
  ])('%s', (_, text, sentence) => {
    expect(describeError(errorOf(() => parseCrtfRegions(text, 'x.crtf')))).toContain(sentence);
  });
  test('whatever text is given, it is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parse of [parseDs9Regions, parseCrtfRegions]) {
          try {
            parse(`#CRTFv0\nicrs\nellipse(${text})\n${text}`, 'x');
          } catch (thrown) {
            errorOf(() => {
              throw thrown;
            });
          }
        }
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});
