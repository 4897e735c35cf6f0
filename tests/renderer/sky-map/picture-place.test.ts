import { describe, expect, test } from 'vitest';
import { affineOf, cornersOf, isStill } from '../../../src/renderer/sky-map/picture-place.ts';
import { projectionAt, screenOf, skyAt, unitVector } from '../../../src/renderer/sky-map/view-projection.ts';

const SIZE = { width: 560, height: 320 };
const VIEW = { raDeg: 210, decDeg: 48, fovDeg: 6 };
const OWN = projectionAt(VIEW, SIZE.width, SIZE.height);
const cornersIn = cornersOf(SIZE, OWN);

/** Where a place of the picture should be, from its direction on the sky. */
function shouldBeAt(projection: typeof OWN, x: number, y: number) {
  const { raDeg, decDeg } = skyAt(OWN, x, y);
  return screenOf(projection, unitVector(raDeg, decDeg))!;
}

describe('a picture of the sky that is moved to another view', () => {
  test.each([
    ['a larger panel', { ...VIEW, fovDeg: 5 }, { width: 900, height: 700 }],
    ['a view beside it', { raDeg: 211.5, decDeg: 49, fovDeg: 8 }, { width: 624, height: 502 }],
    ['a close view', { raDeg: 209.5, decDeg: 47.6, fovDeg: 0.5 }, { width: 624, height: 502 }],
  ])('lies in %s where its sky is, to a pixel of the larger of the two', (_, view, size) => {
    const projection = projectionAt(view, size.width, size.height);
    const [a, b, c, d, e, f] = affineOf(cornersIn(projection), SIZE)!;
    const enlarged = Math.max(1, Math.hypot(a, b));
    for (const x of [0, 90, 280, 430, 560]) {
      for (const y of [0, 77, 160, 320]) {
        const place = shouldBeAt(projection, x, y);
        expect(Math.hypot(a * x + c * y + e - place.x, b * x + d * y + f - place.y)).toBeLessThan(enlarged);
      }
    }
  });

  test('lies where it was in the view that it was made for', () => {
    const affine = affineOf(cornersIn(OWN), SIZE)!;
    expect(isStill(affine, SIZE, 1e-6)).toBe(true);
    const elsewhere = affineOf(cornersIn(projectionAt({ ...VIEW, raDeg: 210.01 }, SIZE.width, SIZE.height)), SIZE)!;
    expect(isStill(elsewhere, SIZE, 0.5)).toBe(false);
  });

  test('has no place in a view of the other side of the sky', () => {
    const behind = projectionAt({ raDeg: 30, decDeg: -48, fovDeg: 6 }, SIZE.width, SIZE.height);
    expect(affineOf(cornersIn(behind), SIZE)).toBeUndefined();
  });
});
