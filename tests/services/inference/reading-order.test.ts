import { expect, test } from 'vitest';
import { inReadingOrder, STRIP_ROWS } from '../../../src/services/inference/reading-order.ts';

const sorted = (mosaic: number[], x: number[], y: number[]): number[] =>
  [...mosaic.keys()].sort(inReadingOrder({ mosaic, x, y }));

test('sources are read mosaic by mosaic, those on none first and in the order of the catalogue', () => {
  const nowhere = Number.NaN;
  expect(sorted([1, -1, 0, -1], [5, nowhere, 9, nowhere], [5, nowhere, 9, nowhere])).toEqual([1, 3, 2, 0]);
});

test('within a strip of rows a source further left comes first, though it lies higher', () => {
  expect(sorted([0, 0], [400, 10], [0, STRIP_ROWS - 1])).toEqual([1, 0]);
});

test('a source in a lower strip comes first, though it lies further right', () => {
  expect(sorted([0, 0], [10, 400], [STRIP_ROWS, STRIP_ROWS - 1])).toEqual([1, 0]);
});

test('sources on one pixel keep the order of the catalogue', () => {
  expect(sorted([0, 0, 0], [7, 7, 7], [7, 7, 7])).toEqual([0, 1, 2]);
});
