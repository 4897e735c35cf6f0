import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleBarFor } from '../../../src/renderer/sky-map/scale-bar.ts';

test('a scale bar is a round length in the unit that suits it', () => {
  expect(scaleBarFor(2, 140)).toEqual({ lengthPx: 120, label: '1′' });
  expect(scaleBarFor(5, 140)).toEqual({ lengthPx: 100, label: '20″' });
  expect(scaleBarFor(0.01, 140)).toEqual({ lengthPx: 72, label: '2°' });
});

test('a scale bar never exceeds its room, from the closest view to the widest', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.003, max: 300, noNaN: true }), (pxPerArcsec) => {
      const { lengthPx } = scaleBarFor(pxPerArcsec, 140);
      expect(lengthPx).toBeLessThanOrEqual(140);
      expect(lengthPx).toBeGreaterThan(25);
    }),
    { numRuns: 300, seed: 1 },
  );
});
