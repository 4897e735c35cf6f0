import { describe, expect, test } from 'vitest';
import { FitsHeader } from '../../../src/core/fits/header.ts';
import { imageAngleOf, localFrameOf, pixelInFrame, tangentOffset } from '../../../src/core/sky/local-frame.ts';
import { offsetPosition } from '../../../src/core/sky/separation.ts';
import type { Wcs } from '../../../src/core/sky/wcs-types.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import { arcsec, degrees } from '../../../src/core/units/quantities.ts';

function survey(projection: 'SIN' | 'TAN' | 'ZEA', rotationDeg = 0): Wcs {
  const cards = Object.entries({
    CTYPE1: `RA---${projection}`,
    CTYPE2: `DEC--${projection}`,
    CRPIX1: 4500,
    CRPIX2: 4500,
    CRVAL1: 205,
    CRVAL2: 55,
    CDELT1: -1.5 / 3600,
    CDELT2: 1.5 / 3600,
    CROTA2: rotationDeg,
  }).map(([keyword, value]) => ({ keyword, value, comment: '' }));
  return wcsOf(new FitsHeader(cards), 'survey.fits');
}

// 1.8° from the reference point, near the edge of a LoTSS mosaic.
const position = { ra: degrees(207.6), dec: degrees(56.1) };

describe.each([
  ['SIN', 0],
  ['SIN', 30],
  ['TAN', -75],
  ['ZEA', 160],
] as const)('the local frame of a %s mosaic turned by %d°', (projection, rotationDeg) => {
  const wcs = survey(projection, rotationDeg);
  const frame = localFrameOf(wcs, position)!;

  test('agrees with the full WCS to 0.02 pixel within 200″', () => {
    for (let angle = 0; angle < 360; angle += 45) {
      const other = offsetPosition(position, degrees(angle), arcsec(200));
      const exact = wcs.skyToPixel(other)!;
      const local = pixelInFrame(frame, position, other)!;
      expect(Math.hypot(local.x - exact.x, local.y - exact.y)).toBeLessThan(0.02);
    }
  });

  test('turns position angles as the image does', () => {
    for (const angle of [0, 35, 90, 170]) {
      const end = wcs.skyToPixel(offsetPosition(position, degrees(angle), arcsec(20)))!;
      const inImage = (Math.atan2(-(end.x - frame.x), end.y - frame.y) * 180) / Math.PI;
      const difference = imageAngleOf(frame, angle) - inImage;
      expect(Math.abs(difference - 360 * Math.round(difference / 360))).toBeLessThan(0.01);
    }
  });
});

test('a position on the far hemisphere has no offset, and none on the near one crosses 0 h wrongly', () => {
  expect(tangentOffset({ ra: degrees(0), dec: degrees(10) }, { ra: degrees(180), dec: degrees(-10) })).toBeUndefined();
  const offset = tangentOffset({ ra: degrees(359.999), dec: degrees(0) }, { ra: degrees(0.001), dec: degrees(0) })!;
  expect(offset.eastArcsec).toBeCloseTo(7.2, 6);
});
