import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Orientation } from '../../../src/core/cutout/augment.ts';
import { EXACT_ORIENTATIONS, orientInto, patchSidePix } from '../../../src/core/cutout/augment.ts';
import { randomStream } from '../../../src/core/random/philox.ts';

const SIDE = 16;
const PATCH = patchSidePix(SIDE);
const CENTRE = PATCH / 2;

/** Two channels of noise, seeded. */
function noisePatch(seed: number): Float32Array {
  const random = randomStream(seed);
  return Float32Array.from({ length: 2 * PATCH * PATCH }, () => random.uniform());
}

function oriented(channels: Float32Array, orientation: Orientation): Float32Array {
  const target = new Float32Array(2 * SIDE * SIDE);
  orientInto(channels, 2, PATCH, SIDE, orientation, target, 0);
  return target;
}

/** Value of channel 1 at an offset from the source. */
const valueAt = (channels: Float32Array, side: number, dx: number, dy: number): number =>
  channels[side * side + (side / 2 + dy) * side + side / 2 + dx]!;

describe('orientations', () => {
  test('a patch that does not hold the turned corners is refused', () => {
    const small = new Float32Array(2 * SIDE * SIDE);
    expect(() => orientInto(small, 2, SIDE, SIDE, EXACT_ORIENTATIONS[1]!, new Float32Array(512), 0)).toThrow(
      RangeError,
    );
  });

  test('the 128 pixel crop needs a patch of 184 pixels, which the 256 pixel window holds', () => {
    expect(patchSidePix(128)).toBe(184);
  });

  test('the first exact orientation crops and changes nothing', () => {
    const patch = noisePatch(1);
    const result = oriented(patch, EXACT_ORIENTATIONS[0]!);
    for (let dy = -SIDE / 2; dy < SIDE / 2; dy++) {
      for (let dx = -SIDE / 2; dx < SIDE / 2; dx++) {
        expect(valueAt(result, SIDE, dx, dy)).toBe(valueAt(patch, PATCH, dx, dy));
      }
    }
  });

  test('a mirroring takes index i to side − i, so the source pixel stays', () => {
    const patch = noisePatch(2);
    const result = oriented(patch, { angleRad: 0, isMirrored: true });
    for (let dx = -SIDE / 2; dx < SIDE / 2; dx++) {
      expect(valueAt(result, SIDE, dx, 3)).toBe(valueAt(patch, PATCH, -dx, 3));
    }
  });

  test('a quarter turn moves a pixel on the column axis to the row axis, exactly', () => {
    const patch = noisePatch(3);
    const result = oriented(patch, { angleRad: Math.PI / 2, isMirrored: false });
    for (let offset = -SIDE / 2; offset < SIDE / 2; offset++) {
      expect(valueAt(result, SIDE, 0, offset)).toBe(valueAt(patch, PATCH, offset, 0));
    }
  });

  test('the eight exact orientations are eight different pictures', () => {
    const patch = noisePatch(4);
    const pictures = EXACT_ORIENTATIONS.map((orientation) => oriented(patch, orientation).join());
    expect(new Set(pictures).size).toBe(8);
  });

  test('any turn keeps the source pixel, stays within the values of the patch, and leaves a flat patch flat', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 7, noNaN: true }), fc.boolean(), (angleRad, isMirrored) => {
        const patch = noisePatch(5);
        const result = oriented(patch, { angleRad, isMirrored });
        expect(valueAt(result, SIDE, 0, 0)).toBe(valueAt(patch, PATCH, 0, 0));
        expect(result.every((value) => value >= 0 && value < 1)).toBe(true);
        const flat = oriented(new Float32Array(2 * PATCH * PATCH).fill(0.25), { angleRad, isMirrored });
        // Four bilinear weights add up to 1 within a rounding of float32.
        expect(flat.every((value) => Math.abs(value - 0.25) < 1e-7)).toBe(true);
      }),
      { numRuns: 50, seed: 11 },
    );
  });

  test('a source off the axis is turned by the angle: a blob at (5, 0) turned by 30° is found at (4.33, 2.5)', () => {
    const patch = new Float32Array(2 * PATCH * PATCH);
    for (let y = 0; y < PATCH; y++) {
      for (let x = 0; x < PATCH; x++) {
        patch[PATCH * PATCH + y * PATCH + x] = Math.exp(-((x - CENTRE - 5) ** 2 + (y - CENTRE) ** 2) / 2);
      }
    }
    const result = oriented(patch, { angleRad: Math.PI / 6, isMirrored: false });
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let dy = -SIDE / 2; dy < SIDE / 2; dy++) {
      for (let dx = -SIDE / 2; dx < SIDE / 2; dx++) {
        const value = valueAt(result, SIDE, dx, dy);
        sum += value;
        sumX += value * dx;
        sumY += value * dy;
      }
    }
    // The crop cuts the blob's tail at 2.67 σ: the centroid shifts by less than 0.02 pixel.
    expect(sumX / sum).toBeCloseTo(5 * Math.cos(Math.PI / 6), 1);
    expect(sumY / sum).toBeCloseTo(5 * Math.sin(Math.PI / 6), 1);
  });
});
