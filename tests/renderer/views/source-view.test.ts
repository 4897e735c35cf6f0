import { describe, expect, it } from 'vitest';
import { contourSegments } from '../../../src/renderer/views/source/contours.ts';
import { pixelOffsets } from '../../../src/renderer/views/source/tangent-plane.ts';

const mosaic = {
  name: 'P205+55',
  path: '',
  widthPix: 9000,
  heightPix: 9000,
  pixelScaleArcsec: 1.5,
  projection: 'SIN',
  centreRaDeg: 205,
  centreDecDeg: 55,
  beamMajArcsec: 6,
  beamMinArcsec: 6,
  beamPaDeg: 0,
  unit: 'Jy/beam',
};

describe('a neighbour on the picture', () => {
  it('at the centre of the mosaic, east is left and north is up, at the pixel scale', () => {
    const offset = pixelOffsets(mosaic, 205, 55, 1.5);
    expect(offset(205, 55 + 60 / 3600).y).toBeCloseTo(40, 4);
    expect(offset(205 + 0.01, 55).x).toBeLessThan(0);
  });

  it('two degrees east of the centre, north is turned by what the spherical triangle says', () => {
    // SIN: the direction of north at (α, δ) is atan2(sin Δα · sin δ, cos Δα cos(δ)cos(δ0) + sin δ sin δ0) in the plane.
    const [ra, dec] = [208.5, 55];
    const north = pixelOffsets(mosaic, ra, dec, 1.5)(ra, dec + 1 / 3600);
    const turn = ((ra - 205) * Math.PI) / 180;
    const d = (dec * Math.PI) / 180;
    const expected = Math.atan2(Math.sin(d) * Math.sin(turn), Math.cos(d) ** 2 + Math.sin(d) ** 2 * Math.cos(turn));
    expect(Math.atan2(north.x, north.y)).toBeCloseTo(expected, 6);
  });

  it('crosses 0 h of right ascension', () => {
    const offset = pixelOffsets({ ...mosaic, centreRaDeg: 0 }, 359.999, 55, 1.5);
    expect(Math.abs(offset(0.001, 55).x)).toBeLessThan(4);
  });
});

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
