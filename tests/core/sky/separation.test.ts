import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SkyPosition } from '../../../src/core/sky/position.ts';
import { offsetPosition, positionAngle, separation, wrapDegrees } from '../../../src/core/sky/separation.ts';
import { arcsec, degrees } from '../../../src/core/units/quantities.ts';

const at = (raDeg: number, decDeg: number): SkyPosition => ({ ra: degrees(raDeg), dec: degrees(decDeg) });

const anywhere = fc
  .record({ ra: fc.double({ min: 0, max: 359.999, noNaN: true }), dec: fc.double({ min: -90, max: 90, noNaN: true }) })
  .map(({ ra, dec }) => at(ra, dec));

test('a position without numbers is at no distance', () => {
  expect(separation(at(Number.NaN, 0), at(0, 0))).toBeNaN();
});

test.each([
  ['across RA 0', at(359.9999, 0), at(0.0001, 0), 0.72],
  ['over the pole', at(0, 89.9999), at(180, 89.9999), 0.72],
  ['pole and pole', at(123, 90), at(45, -90), 648_000],
  ['antipodes', at(10, 20), at(190, -20), 648_000],
  ['a quarter', at(10, 0), at(100, 0), 324_000],
  ['the same place', at(123.456, -65.4321), at(123.456, -65.4321), 0],
  ['the same pole under two right ascensions', at(10, 90), at(250, 90), 0],
])('%s', (_name, a, b, expected) => {
  // 1e-9″: doubles near 360° are rounded to 2e-10″.
  expect(Math.abs(separation(a, b) - expected)).toBeLessThan(1e-9);
});

test('a microarcsecond is told apart from none, and measured to four digits', () => {
  const oneMicroarcsec = 1e-6 / 3600;
  expect(separation(at(1, 0), at(1, oneMicroarcsec)) * 1e6).toBeCloseTo(1, 4);
});

test('distance is symmetric, and the offset position is where it was put', () => {
  const distances = fc.double({ min: 1e-3, max: 600_000, noNaN: true });
  const angles = fc.double({ min: 0, max: 359.9, noNaN: true });
  fc.assert(
    fc.property(anywhere, angles, distances, (from, angle, distance) => {
      const to = offsetPosition(from, degrees(angle), arcsec(distance));
      expect(Math.abs(separation(from, to) - distance)).toBeLessThan(2e-9);
      expect(Math.abs(separation(from, to) - separation(to, from))).toBeLessThan(1e-9);
      expect(to.ra).toBeGreaterThanOrEqual(0);
      expect(to.ra).toBeLessThan(360);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('position angles run from north through east', () => {
  const from = at(359.9999, 40);
  expect(positionAngle(from, at(359.9999, 40.01))).toBeCloseTo(0, 9);
  expect(positionAngle(from, at(0.0099, 40))).toBeCloseTo(90, 2);
  expect(positionAngle(from, at(359.9999, 39.9))).toBeCloseTo(180, 9);
  expect(positionAngle(from, at(359.9, 40))).toBeCloseTo(270, 1);
});

test('an angle is brought to 0 … 360, 360 itself excluded', () => {
  expect([-90, 0, 360, 725, -1e-20].map(wrapDegrees)).toEqual([270, 0, 0, 5, 0]);
});
