import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { separation } from '../../../src/core/sky/separation.ts';
import type { WcsHeader } from '../../../src/core/sky/wcs-header.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { errorOf } from '../../expect-failure.ts';

type Cards = Readonly<Record<string, string | number>>;

function headerOf(cards: Cards): WcsHeader {
  const value = (keyword: string): string | number | undefined => cards[keyword];
  return {
    has: (keyword) => keyword in cards,
    number: (keyword) => (typeof value(keyword) === 'number' ? (value(keyword) as number) : undefined),
    text: (keyword) => (typeof value(keyword) === 'string' ? (value(keyword) as string) : undefined),
  };
}

const plain: Cards = {
  NAXIS: 2,
  CTYPE1: 'RA---SIN',
  CTYPE2: 'DEC--SIN',
  CRPIX1: 100,
  CRPIX2: 100,
  CRVAL1: 205,
  CRVAL2: 55,
  CDELT1: -1.5 / 3600,
  CDELT2: 1.5 / 3600,
};

const failureOf = (cards: Cards): unknown => errorOf(() => wcsOf(headerOf(cards), 'mosaic.fits'));

describe('coordinates that cannot be followed exactly are refused, not approximated', () => {
  test('an image without celestial axes has no coordinates', () => {
    expect(failureOf({ NAXIS: 2 })).toEqual({ kind: 'wcs-missing', path: 'mosaic.fits' });
    expect(failureOf({ ...plain, CTYPE2: 'FREQ' })).toMatchObject({ kind: 'wcs-missing' });
  });

  test.each([
    ['SIP', { CTYPE1: 'RA---TAN-SIP', CTYPE2: 'DEC--TAN-SIP' }],
    ['SIP without its suffix', { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', A_ORDER: 3, B_ORDER: 3 }],
    ['TPV', { CTYPE1: 'RA---TPV', CTYPE2: 'DEC--TPV' }],
    ['TAN with polynomial terms', { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', PV1_5: 0.1 }],
    ['TAB', { CTYPE1: 'RA---TAB', CTYPE2: 'DEC--TAB' }],
    ['ZPN', { CTYPE1: 'RA---ZPN', CTYPE2: 'DEC--ZPN', PV2_1: 1 }],
    ['AZP', { CTYPE1: 'RA---AZP', CTYPE2: 'DEC--AZP' }],
    ['a distortion table', { CPDIS1: 'LOOKUP' }],
    ['an equinox that is none', { EQUINOX: 'mean' }],
    ['geocentric apparent positions', { RADESYS: 'GAPPT' }],
    ['GLS with a turned pole', { CTYPE1: 'RA---GLS', CTYPE2: 'DEC--GLS', LONPOLE: 30 }],
    ['ecliptic axes', { CTYPE1: 'ELON-SIN', CTYPE2: 'ELAT-SIN' }],
    ['an unknown unit', { CUNIT1: 'furlong' }],
    ['a singular matrix', { CDELT1: 0 }],
    ['celestial axes 3 and 4', { NAXIS: 4, CTYPE1: 'FREQ', CTYPE2: 'STOKES', CTYPE3: 'RA---SIN', CTYPE4: 'DEC--SIN' }],
    ['a frequency axis that shears the sky', { NAXIS: 3, CTYPE3: 'FREQ', PC1_3: 0.1 }],
  ])('%s', (_name, cards) => {
    expect(failureOf({ ...plain, ...cards })).toMatchObject({ kind: 'wcs-unsupported', path: 'mosaic.fits' });
  });
});

test('a projection that is not followed is named, not its parameters', () => {
  const azp = { ...plain, CTYPE1: 'RA---AZP', CTYPE2: 'DEC--AZP', PV2_1: 2 };
  expect(failureOf(azp)).toEqual({ kind: 'wcs-unsupported', path: 'mosaic.fits', what: 'projection AZP' });
});

interface Case {
  readonly tag: string;
  readonly header: Cards;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly ra: readonly (number | null)[];
  readonly dec: readonly (number | null)[];
  readonly backX: readonly (number | null)[];
  readonly backY: readonly (number | null)[];
}

const fixture = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../fixtures/wcs.json'), 'utf8')) as {
  readonly cases: readonly Case[];
};

describe('pixels and sky agree with wcslib to a millionth of a pixel', () => {
  test('the fixture covers every projection', () => {
    const tags = new Set(fixture.cases.map(({ tag }) => tag.split(' ')[0]));
    for (const code of ['SIN', 'TAN', 'ZEA', 'ARC', 'STG', 'NCP', 'CAR', 'SFL', 'MER', 'CEA', 'AIT']) {
      expect(tags).toContain(code);
    }
    expect(fixture.cases.length).toBeGreaterThanOrEqual(60);
  });

  test.each(fixture.cases.map((each, index) => [index, each.tag, each] as const))('header %i, %s', (_i, _tag, each) => {
    const wcs = wcsOf(headerOf(each.header), 'fixture');
    const skyTolerancePix = 1e-6;
    each.x.forEach((x, i) => {
      const sky = wcs.pixelToSky(x, each.y[i]!);
      if (each.ra[i] === null) {
        expect(sky).toBeUndefined();
        return;
      }
      const expected = { ra: degrees(each.ra[i]!), dec: degrees(each.dec[i]!) };
      expect(sky).toBeDefined();
      expect(separation(sky!, expected) / wcs.pixelScaleArcsec).toBeLessThan(skyTolerancePix);
      const pixel = wcs.skyToPixel(expected);
      expect(pixel).toBeDefined();
      expect(Math.hypot(pixel!.x - each.backX[i]!, pixel!.y - each.backY[i]!)).toBeLessThan(skyTolerancePix);
    });
  });
});

/** [x, y, ICRS right ascension, declination, and where they differ from x and y the pixel that astropy goes back to] */
type FramePoint = readonly [number, number, number, number, number?, number?];

const frames = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../fixtures/wcs_frames.json'), 'utf8')) as {
  readonly cases: readonly { readonly tag: string; readonly header: Cards; readonly points: readonly FramePoint[] }[];
};

describe('430 random headers in ICRS, FK5 and FK4 of any equinox and galactic coordinates agree with astropy', () => {
  const tags = [...new Set(frames.cases.map(({ tag }) => tag))];

  test('the fixture has every projection in every system', () => {
    expect(frames.cases.length).toBeGreaterThanOrEqual(400);
    expect(tags).toHaveLength(12 * 9);
  });

  test.each(tags)('%s', (wanted) => {
    for (const { tag, header, points } of frames.cases) {
      if (tag !== wanted) continue;
      const wcs = wcsOf(headerOf(header), 'fixture');
      for (const [x, y, ra, dec, backX = x, backY = y] of points) {
        const sky = { ra: degrees(ra), dec: degrees(dec) };
        expect(separation(wcs.pixelToSky(x, y)!, sky) / wcs.pixelScaleArcsec).toBeLessThan(1e-6);
        const pixel = wcs.skyToPixel(sky)!;
        expect(Math.hypot(pixel.x - backX, pixel.y - backY)).toBeLessThan(1e-6);
      }
    }
  });
});

test('an equinox may be written as B1950 or J2000', () => {
  const at = (cards: Cards): unknown => wcsOf(headerOf({ ...plain, ...cards }), 'a').pixelToSky(10, 20);
  expect(at({ EQUINOX: 'B1950' })).toEqual(at({ RADESYS: 'FK4', EQUINOX: 1950 }));
  expect(at({ EQUINOX: 'J2000' })).toEqual(at({ RADESYS: 'FK5', EQUINOX: 2000 }));
  expect(at({ EPOCH: 1950 })).toEqual(at({ EQUINOX: 1950 }));
});

test('the far hemisphere of SIN and TAN has no pixel', () => {
  const behind = { ra: degrees(25), dec: degrees(-55) };
  expect(wcsOf(headerOf(plain), 'a').skyToPixel(behind)).toBeUndefined();
  const tan = { ...plain, CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN' };
  expect(wcsOf(headerOf(tan), 'a').skyToPixel(behind)).toBeUndefined();
});

test('a pixel beyond the sphere of SIN has no position', () => {
  expect(wcsOf(headerOf({ ...plain, CDELT1: -1, CDELT2: 1 }), 'a').pixelToSky(0, 0)).toBeUndefined();
});

test('right ascension is 0 or more and below 360 on both sides of the meridian', () => {
  const wcs = wcsOf(headerOf({ ...plain, CRVAL1: 0, CRVAL2: 0 }), 'a');
  for (const x of [98, 98.9999999, 99, 99.0000001, 100]) {
    const { ra } = wcs.pixelToSky(x, 99)!;
    expect(ra).toBeGreaterThanOrEqual(0);
    expect(ra).toBeLessThan(360);
  }
});

test('a pixel goes to the sky and back, anywhere on any mosaic', () => {
  const arbitrary = fc.record({
    code: fc.constantFrom('SIN', 'TAN', 'ZEA', 'ARC', 'STG'),
    ra: fc.double({ min: 0, max: 359.9, noNaN: true }),
    dec: fc.double({ min: -90, max: 90, noNaN: true }),
    rotation: fc.double({ min: -180, max: 180, noNaN: true }),
    x: fc.double({ min: -4500, max: 4500, noNaN: true }),
    y: fc.double({ min: -4500, max: 4500, noNaN: true }),
  });
  fc.assert(
    fc.property(arbitrary, ({ code, ra, dec, rotation, x, y }) => {
      const cards = {
        ...plain,
        CTYPE1: `RA---${code}`,
        CTYPE2: `DEC--${code}`,
        CRVAL1: ra,
        CRVAL2: dec,
        CROTA2: rotation,
      };
      const wcs = wcsOf(headerOf(cards), 'a');
      const back = wcs.skyToPixel(wcs.pixelToSky(x, y)!)!;
      // Degrees near 360 are rounded to 5.7e-14°, 1.4e-10 of these pixels; the trigonometry adds a few of those.
      expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(1e-8);
    }),
    { seed: 1, numRuns: 500 },
  );
});
