import { expect, test } from 'vitest';
import { contourLevels } from '../../../src/renderer/views/source/contour-levels.ts';

test('an image without negative emission has no negative contour, one that is all noise has no positive one', () => {
  expect(contourLevels(0.1, 3, -0.29, 1).negative).toEqual([]);
  expect(contourLevels(0.1, 3, -0.5, 0.29)).toMatchObject({ positive: [] });
});

test('contours begin at n times the local rms, rise by √2, and end at the brightest pixel', () => {
  const { positive, negative } = contourLevels(0.1, 2.5, -0.4, 1.01);
  // Products of the same numbers: a few units in the last place.
  [0.25, 0.35355339059327373, 0.5, 0.7071067811865475, 1].forEach((level, k) =>
    expect(positive[k]).toBeCloseTo(level, 12),
  );
  expect(positive).toHaveLength(5);
  expect(negative.map((level) => -level)).toEqual(positive.slice(0, 2));
});

test('a source of 100,000 times the noise does not end in more than 30 contours', () => {
  expect(contourLevels(1, 2, 0, 1e9).positive).toHaveLength(29);
});
