import { expect, test } from 'vitest';
import { findNeighbours } from '../../../src/core/features/neighbours.ts';
import { overlapDuplicates } from '../../../src/core/features/overlap-duplicates.ts';

const ARCSEC = 1 / 3600;

function pairsOf(decDeg: readonly number[], mosaicId: readonly string[]): unknown[] {
  const ra = Float64Array.from(decDeg, () => 10);
  const neighbours = findNeighbours(ra, Float64Array.from(decDeg));
  return overlapDuplicates({ rowCount: decDeg.length, mosaicId }, neighbours).map(({ row, other }) => [row, other]);
}

test('two rows within 2″ from two mosaics are one source, and the pair is named once', () => {
  expect(pairsOf([50, 50 + 1.9 * ARCSEC, 51], ['P1', 'P2', 'P2'])).toEqual([[0, 1]]);
});
test('two rows within 2″ of one mosaic are two components', () => {
  expect(pairsOf([50, 50 + 1.9 * ARCSEC], ['P1', 'P1'])).toEqual([]);
});
test('two rows 2.1″ apart are two sources', () => {
  expect(pairsOf([50, 50 + 2.1 * ARCSEC], ['P1', 'P2'])).toEqual([]);
});
test('a catalogue that names no mosaics has no duplicates', () => {
  expect(pairsOf([50, 50], ['', ''])).toEqual([]);
});
test('three mosaics of one source make three pairs', () => {
  expect(pairsOf([50, 50 + ARCSEC, 50 - ARCSEC], ['P1', 'P2', 'P3'])).toHaveLength(3);
});
