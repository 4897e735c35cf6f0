import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rotationFigure } from '../../src/figures/rotation-figure.ts';

const figureOf = (sigmas: readonly number[], randomAngles?: number) =>
  rotationFigure({
    sigmas,
    randomAngles,
    mixed: 0,
    threshold: 0.5,
    subject: { source: 'field', rows: sigmas.length, mc: undefined, warning: '' },
  });

test('every source is in one bin, the steadiest and the widest too', () => {
  const sigma = fc.oneof(fc.constantFrom(0, 1e-5, 0.1, 0.5), fc.double({ min: 0, max: 0.5, noNaN: true }));
  fc.assert(
    fc.property(fc.array(sigma, { maxLength: 40 }), (sigmas) => {
      const rows = figureOf(sigmas).numbers.rows as readonly (readonly [number, number, number])[];
      expect(rows.reduce((sum, [, , sources]) => sum + sources, 0)).toBe(sigmas.length);
      for (const [low, high, sources] of rows) {
        expect(sources).toBe(sigmas.filter((value) => value >= low && value < high).length);
      }
    }),
  );
});

test('the caption names the random orientations, and none where there were none or nobody says', () => {
  expect(figureOf([0.01], 4).caption).toContain('mirrorings and 4 random orientations;');
  expect(figureOf([0.01], 0).caption).toContain('mirrorings; both axes');
  expect(figureOf([0.01]).caption).toContain('mirrorings; both axes');
});
