import { expect, test } from 'vitest';
import type { WindowColumns } from '../../../src/contract/column-sets.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { shapeInWindow } from '../../../src/renderer/views/source/window-shape.ts';

const SCALE = 1.5;
/** North up, east left, the source on pixel 128. */
const columns: WindowColumns = {
  window: new Float32Array(0),
  windowSidePix: 256,
  pixelScaleArcsec: SCALE,
  frame: { x: 128, y: 128, xPerEast: -1 / SCALE, xPerNorth: 0, yPerEast: 0, yPerNorth: 1 / SCALE },
};
const here = { ra: degrees(200), dec: degrees(0) };
const ellipse = { raDeg: 200, decDeg: 0, majArcsec: 30, minArcsec: 12, paDeg: 0 };

test('an ellipse at the source stands on the centre of pixel 128, its half axes half of the FWHM', () => {
  const shape = shapeInWindow(columns, here, ellipse)!;
  expect([shape.cx, shape.cy, shape.rx, shape.ry]).toEqual([128.5, 127.5, 4, 10]);
});

test('east is left, north is up, and a position angle turns from north through east', () => {
  const shape = shapeInWindow(columns, here, { ...ellipse, raDeg: 200 + 15 / 3600, decDeg: 30 / 3600, paDeg: 30 })!;
  expect(shape.cx).toBeCloseTo(128.5 - 10, 3);
  expect(shape.cy).toBeCloseTo(127.5 - 20, 3);
  // SVG turns clockwise for positive angles; from up to the left is the other way.
  expect(Number(/rotate\((\S+) /.exec(shape.transform)![1])).toBeCloseTo(-30, 6);
});

test('one that lies outside the window is not drawn', () => {
  expect(shapeInWindow(columns, here, { ...ellipse, decDeg: 0.1 })).toBeUndefined();
  expect(shapeInWindow(columns, here, { ...ellipse, raDeg: 20 })).toBeUndefined();
});
