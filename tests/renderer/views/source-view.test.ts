import { describe, expect, it } from 'vitest';
import { contourSegments } from '../../../src/renderer/views/source/contours.ts';

describe('contours', () => {
  it('a ramp is cut by one straight line where it passes the level', () => {
    const side = 4;
    const ramp = Float32Array.from({ length: side * side }, (_, i) => i % side);
    const segments = contourSegments(ramp, side, 1.25);
    expect(segments).toHaveLength(side - 1);
    for (const [x1, , x2] of segments) {
      expect(x1).toBeCloseTo(1.25, 6);
      expect(x2).toBeCloseTo(1.25, 6);
    }
  });

  it('cells beside a blank pixel are left open', () => {
    const image = new Float32Array(9).fill(0);
    image[4] = Number.NaN;
    expect(contourSegments(image, 3, -1)).toEqual([]);
    image[0] = 5;
    expect(contourSegments(image, 3, 1)).toEqual([]);
  });
});
