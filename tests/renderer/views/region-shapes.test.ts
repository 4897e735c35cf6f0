import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionOf } from '../../../src/renderer/views/sky/region-shapes.ts';
import { rulerText } from '../../../src/renderer/views/sky/ruler.ts';

const point = fc.record({ x: fc.integer({ min: 0, max: 100 }), y: fc.integer({ min: 0, max: 100 }) });

describe('regions drawn on the sky', () => {
  test('a drag without length holds nothing but its point', () => {
    const path = [{ x: 5, y: 5 }];
    expect(regionOf('circle', path).contains(5.1, 5)).toBe(false);
    expect(regionOf('lasso', path).contains(5, 5)).toBe(false);
  });

  test('a lasso along the sides of a box holds what the box holds', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, probe) => {
        const at = { x: probe.x + 0.5, y: probe.y + 0.5 };
        const box = regionOf('box', [a, b]);
        const lasso = regionOf('lasso', [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]);
        const isInBox = at.x > box.left && at.x < box.right && at.y > box.top && at.y < box.bottom;
        expect(lasso.contains(at.x, at.y)).toBe(isInBox);
      }),
      { seed: 4 },
    );
  });

  test('a circle is drawn from its centre', () => {
    const circle = regionOf('circle', [
      { x: 10, y: 10 },
      { x: 13, y: 14 },
    ]);
    expect(circle.contains(10, 15)).toBe(true);
    expect(circle.contains(10, 15.1)).toBe(false);
    expect([circle.left, circle.bottom]).toEqual([5, 15]);
  });
});

test('the ruler counts its angle from north through east and shrinks right ascension by cos dec', () => {
  expect(rulerText({ raDeg: 180, decDeg: 0 }, { raDeg: 180, decDeg: 0.01 })).toBe('36.0″ at 0.0°');
  expect(rulerText({ raDeg: 359.99, decDeg: 60 }, { raDeg: 0.01, decDeg: 60 })).toBe('36.0″ at 90.0°');
});
