import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FitsHeader } from '../../../src/core/fits/header.ts';
import { separation } from '../../../src/core/sky/separation.ts';
import { tangentPlaneAt } from '../../../src/core/sky/tangent-plane.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import { ARCSEC_PER_DEGREE, degrees, RADIANS_PER_DEGREE } from '../../../src/core/units/quantities.ts';

const PIXEL_DEG = 0.01;

/** The same plane as a FITS image has it, whose pixel (0, 0) is the position. */
const tanImage = (raDeg: number, decDeg: number) =>
  wcsOf(
    new FitsHeader(
      Object.entries({
        CTYPE1: 'RA---TAN',
        CTYPE2: 'DEC--TAN',
        CRVAL1: raDeg,
        CRVAL2: decDeg,
        CRPIX1: 1,
        CRPIX2: 1,
        CDELT1: -PIXEL_DEG,
        CDELT2: PIXEL_DEG,
        NAXIS1: 100,
        NAXIS2: 100,
      }).map(([keyword, value]) => ({ keyword, value, comment: '' })),
    ),
    'plane.fits',
  );

describe('the plane that touches the sky', () => {
  test('shows the positions that the TAN projection of a FITS header shows, to a microarcsecond, up to 60° away', () => {
    const offsets = fc.double({ min: -Math.sqrt(3), max: Math.sqrt(3), noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.99, noNaN: true }),
        fc.double({ min: -89, max: 89, noNaN: true }),
        offsets,
        offsets,
        (raDeg, decDeg, east, north) => {
          const shown = tangentPlaneAt({ ra: degrees(raDeg), dec: degrees(decDeg) })(east, north);
          const perPixel = PIXEL_DEG * RADIANS_PER_DEGREE;
          const expected = tanImage(raDeg, decDeg).pixelToSky(-east / perPixel, north / perPixel)!;
          expect(separation(shown, expected)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  test('at a pole, east is where right ascension grows', () => {
    const { ra, dec } = tangentPlaneAt({ ra: degrees(0), dec: degrees(90) })(1e-3, 0);
    expect(ra).toBeCloseTo(90, 9);
    expect((90 - dec) * ARCSEC_PER_DEGREE).toBeCloseTo((Math.atan(1e-3) / RADIANS_PER_DEGREE) * ARCSEC_PER_DEGREE, 6);
  });
});
