import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ellipseOnScreen,
  isOfScreen,
  pixelsPerRadian,
  positionOf,
  projectionOf,
  screenOf,
  skyAt,
  unitVector,
} from '../../../src/renderer/sky-map/view-projection.ts';

const RADIANS = Math.PI / 180;

/** A gnomonic view written from its definition: scale [px/rad], rotation, screen middle (600, 400). */
function gnomonic(raDeg: number, decDeg: number, scale: number, rotationDeg: number) {
  const [sin0, cos0] = [Math.sin(decDeg * RADIANS), Math.cos(decDeg * RADIANS)];
  const [sinR, cosR] = [Math.sin(rotationDeg * RADIANS), Math.cos(rotationDeg * RADIANS)];
  return (ra: number, dec: number): [number, number] | null => {
    const [sin, cos] = [Math.sin(dec * RADIANS), Math.cos(dec * RADIANS)];
    const offset = (ra - raDeg) * RADIANS;
    const depth = sin0 * sin + cos0 * cos * Math.cos(offset);
    if (depth <= 0) return null;
    const east = (cos * Math.sin(offset)) / depth;
    const north = (cos0 * sin - sin0 * cos * Math.cos(offset)) / depth;
    return [600 + scale * (-east * cosR + north * sinR), 400 + scale * (-east * sinR - north * cosR)];
  };
}

const views = fc.record({
  raDeg: fc.double({ min: 0, max: 359.99, noNaN: true }),
  decDeg: fc.double({ min: -88, max: 88, noNaN: true }),
  fovDeg: fc.double({ min: 0.01, max: 10, noNaN: true }),
  rotationDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('the view’s projection, fixed by three positions', () => {
  test('puts every position within the view where the full projection does, to 10⁻⁶ pixel', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        ({ raDeg, decDeg, fovDeg, rotationDeg }, shareX, shareY) => {
          const toScreen = gnomonic(raDeg, decDeg, 1200 / (fovDeg * RADIANS), rotationDeg);
          const view = projectionOf(raDeg, decDeg, fovDeg, toScreen)!;
          const { raDeg: ra, decDeg: dec } = skyAt(view, 600 + 1200 * shareX, 400 + 800 * shareY);
          const [x, y] = toScreen(ra, dec)!;
          expect(Math.hypot(x - 600 - 1200 * shareX, y - 400 - 800 * shareY)).toBeLessThan(1e-6);
          const again = screenOf(view, unitVector(ra, dec))!;
          expect(Math.hypot(again.x - x, again.y - y)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test('a projection one pixel wide is not that of a panel, whose middle is elsewhere', () => {
    const view = projectionOf(10, 20, 1, gnomonic(10, 20, 50_000, 30))!;
    expect(isOfScreen(view, { width: 1200, height: 800 })).toBe(true);
    expect(isOfScreen(view, { width: 1201, height: 799 })).toBe(true);
    expect(isOfScreen(view, { width: 1, height: 1 })).toBe(false);
    expect(isOfScreen({ ...view, originX: 0.5, originY: 0.5 }, { width: 1200, height: 800 })).toBe(false);
  });

  test('a view without a size has no projection, and the far side of the sky no place', () => {
    expect(projectionOf(10, 20, 1, () => null)).toBeUndefined();
    expect(projectionOf(10, 20, 1, () => [0, 0])).toBeUndefined();
    const view = projectionOf(10, 20, 1, gnomonic(10, 20, 50_000, 0))!;
    expect(screenOf(view, unitVector(190, -20))).toBeUndefined();
    expect(positionOf(unitVector(359.5, -45)).raDeg).toBeCloseTo(359.5, 9);
  });

  test('an ellipse’s ends are the positions half an axis away along and across its position angle', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0, max: 180, noNaN: true }), ({ raDeg, decDeg, rotationDeg }, paDeg) => {
        const toScreen = gnomonic(raDeg, decDeg, 2e5, rotationDeg);
        const view = projectionOf(raDeg, decDeg, 0.3, toScreen)!;
        const [centreX, centreY] = toScreen(raDeg, decDeg)!;
        const { major, minor } = ellipseOnScreen(view, raDeg, decDeg, 40, 20, paDeg);
        for (const [axis, semiArcsec, angle] of [
          [major, 20, paDeg],
          [minor, 10, paDeg + 90],
        ] as const) {
          const semi = (semiArcsec / 3600) * RADIANS;
          const dec0 = decDeg * RADIANS;
          const dec = Math.asin(
            Math.sin(dec0) * Math.cos(semi) + Math.cos(dec0) * Math.sin(semi) * Math.cos(angle * RADIANS),
          );
          const ra = Math.atan2(
            Math.sin(angle * RADIANS) * Math.sin(semi) * Math.cos(dec0),
            Math.cos(semi) - Math.sin(dec0) * Math.sin(dec),
          );
          const [x, y] = toScreen(raDeg + ra / RADIANS, dec / RADIANS)!;
          // An axis and its opposite draw the same ellipse.
          const sign = Math.sign((x - centreX) * axis.x + (y - centreY) * axis.y);
          expect(Math.hypot(x - centreX - sign * axis.x, y - centreY - sign * axis.y)).toBeLessThan(1e-3);
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test('an unknown position angle counts as 0: the ellipse points north', () => {
    const view = projectionOf(10, 20, 0.3, gnomonic(10, 20, 2e5, 0))!;
    const { major } = ellipseOnScreen(view, 10, 20, 40, 20, NaN);
    expect(major.x).toBeCloseTo(0, 6);
    expect(major.y).toBeLessThan(0);
    expect(pixelsPerRadian(view)).toBeCloseTo(2e5, 2);
  });
});
