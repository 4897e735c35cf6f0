import { expect, test } from 'vitest';
import { latitudeLabel, longitudeLabel } from '../../../src/renderer/sky-map/grid-painter.ts';

test('labels have no more places than the step of the grid, and never read 60', () => {
  expect(latitudeLabel(-0.5, 0.5)).toBe('−0°30′');
  expect(latitudeLabel(54, 1)).toBe('+54°');
  expect(latitudeLabel(54.99999999, 10 / 3600)).toBe('+55°00′00″');
  expect(longitudeLabel(359.99999999, 15 / 60, 'icrs')).toBe('0h00m');
  expect(longitudeLabel(-15, 15, 'icrs')).toBe('23h');
  expect(longitudeLabel(180.05, 15 / 3600, 'icrs')).toBe('12h00m12s');
  expect(longitudeLabel(180.0021, 0.1 / 240, 'icrs')).toBe('12h00m00.5s');
  expect(longitudeLabel(149.5, 0.5, 'galactic')).toBe('149°30′');
});
