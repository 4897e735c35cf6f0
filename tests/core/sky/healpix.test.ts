import { ang2pix_nest, pixcoord2vec_nest } from '@hscmap/healpix';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  healpixCellAt,
  healpixCellOf,
  healpixCount,
  healpixNumberOf,
  healpixSideArcsec,
  positionInCell,
} from '../../../src/core/sky/healpix.ts';
import type { SkyPosition } from '../../../src/core/sky/position.ts';
import { degrees } from '../../../src/core/units/quantities.ts';

const RADIANS = Math.PI / 180;
const orders = fc.integer({ min: 0, max: 13 });
/** Uniform on the sphere. */
const positions = fc
  .tuple(fc.double({ min: 0, max: 359.999999, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([ra, sinDec]): SkyPosition => ({ ra: degrees(ra), dec: degrees(Math.asin(sinDec) / RADIANS) }));

function unitVector({ ra, dec }: SkyPosition): [number, number, number] {
  const cosDec = Math.cos(dec * RADIANS);
  return [cosDec * Math.cos(ra * RADIANS), cosDec * Math.sin(ra * RADIANS), Math.sin(dec * RADIANS)];
}

describe('HEALPix, nested', () => {
  test('a position lies in the pixel that an independent implementation names', () => {
    let seed = 20261123;
    const uniform = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    for (let i = 0; i < 20_000; i++) {
      const order = Math.floor(uniform() * 13);
      const ra = uniform() * 360;
      const dec = Math.asin(uniform() * 2 - 1) / RADIANS;
      const ours = healpixNumberOf(healpixCellAt(order, { ra: degrees(ra), dec: degrees(dec) }));
      expect(ours).toBe(ang2pix_nest(2 ** order, (90 - dec) * RADIANS, ra * RADIANS));
    }
  });

  test('a place inside a pixel is where an independent implementation puts it', () => {
    fc.assert(
      fc.property(
        orders.chain((order) =>
          fc.tuple(
            fc.constant(order),
            fc.integer({ min: 0, max: healpixCount(order) - 1 }),
            fc.double({ min: 0.01, max: 0.99, noNaN: true }),
            fc.double({ min: 0.01, max: 0.99, noNaN: true }),
          ),
        ),
        ([order, pixel, u, v]) => {
          const ours = unitVector(positionInCell(healpixCellOf(order, pixel), u, v));
          const theirs = pixcoord2vec_nest(2 ** order, pixel, u, v);
          // 1e-13 rad = 2e-8 arcsec: rounding of the oracle's own trigonometry.
          ours.forEach((component, axis) => {
            expect(Math.abs(component - theirs[axis]!)).toBeLessThan(1e-13);
          });
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('number → cell → number is the identity, to order 24', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (order, share) => {
          const pixel = Math.floor(share * healpixCount(order));
          expect(healpixNumberOf(healpixCellOf(order, pixel))).toBe(pixel);
        },
      ),
      { numRuns: 500, seed: 2 },
    );
  });

  test('the centre of the cell that holds a position is no further away than the cell is long', () => {
    fc.assert(
      fc.property(orders, positions, (order, position) => {
        const centre = unitVector(positionInCell(healpixCellAt(order, position), 0.5, 0.5));
        const [x, y, z] = unitVector(position);
        const chord = Math.hypot(centre[0] - x, centre[1] - y, centre[2] - z);
        // The longest cells, at the edge of the polar caps, reach 1.2 sides from centre to corner.
        expect(chord).toBeLessThan(1.3 * (healpixSideArcsec(order) / 3600) * RADIANS);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  test('the poles and right ascension 360° have a cell', () => {
    expect(healpixNumberOf(healpixCellAt(0, { ra: degrees(10), dec: degrees(90) }))).toBe(0);
    expect(healpixNumberOf(healpixCellAt(0, { ra: degrees(10), dec: degrees(-90) }))).toBe(8);
    expect(healpixCellAt(5, { ra: degrees(360), dec: degrees(12) })).toEqual(
      healpixCellAt(5, { ra: degrees(0), dec: degrees(12) }),
    );
  });

  test('a 512-pixel tile of order 9 has pixels of 0.805 arcsec', () => {
    expect(healpixSideArcsec(9) / 512).toBeCloseTo(0.805, 3);
  });
});
