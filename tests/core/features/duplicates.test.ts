import { describe, expect, test } from 'vitest';
import { duplicatesByRow, findDuplicates } from '../../../src/core/features/duplicates.ts';
import { findNeighbours } from '../../../src/core/features/neighbours.ts';

const ARCSEC = 1 / 3600;

interface Shapes {
  readonly fluxMjy?: readonly number[];
  readonly minArcsec?: readonly number[];
}

/** Sources of LoTSS' width and 1 mJy unless given. */
function pairsOf(decDeg: readonly number[], mosaicId: readonly string[], shapes: Shapes = {}): unknown[] {
  const ra = Float64Array.from(decDeg, () => 10);
  const neighbours = findNeighbours(ra, Float64Array.from(decDeg));
  const totalFluxMjy = Float64Array.from(shapes.fluxMjy ?? decDeg.map(() => 1));
  const minArcsec = Float64Array.from(shapes.minArcsec ?? decDeg.map(() => 6));
  return findDuplicates({ rowCount: decDeg.length, mosaicId, totalFluxMjy, minArcsec }, neighbours).map(
    ({ row, other, kind }) => [row, other, kind],
  );
}

describe('one source in two rows', () => {
  test('is what two rows within 2″ from two mosaics are, and the pair is named once', () => {
    expect(pairsOf([50, 50 + 1.9 * ARCSEC, 51], ['P1', 'P2', 'P2'])).toEqual([[0, 1, 'mosaics']]);
  });
  test('is not what two rows within 2″ of one mosaic are: those are two components', () => {
    expect(pairsOf([50, 50 + 1.9 * ARCSEC], ['P1', 'P1'])).toEqual([]);
  });
  test('is not what two rows 2.1″ apart are', () => {
    expect(pairsOf([50, 50 + 2.1 * ARCSEC], ['P1', 'P2'])).toEqual([]);
  });
  test('is what two rows of one mosaic at one position are: the catalogue has the row twice', () => {
    expect(pairsOf([50, 50 + 0.05 * ARCSEC], ['P1', 'P1'])).toEqual([[0, 1, 'catalogue']]);
  });
  test('is what two rows within 2″ are where the catalogue does not say of which mosaics they are', () => {
    expect(pairsOf([50, 50 + 1.9 * ARCSEC], ['', ''])).toEqual([[0, 1, 'catalogue']]);
  });
  test('is not what two rows of unknown mosaics are whose fluxes differ more than twofold: a core and the island about it', () => {
    expect(pairsOf([50, 50 + 0.9 * ARCSEC], ['', ''], { fluxMjy: [80.4, 10.3] })).toEqual([]);
    expect(pairsOf([50, 50 + 0.9 * ARCSEC], ['', 'P1'], { fluxMjy: [1, 1.9] })).toEqual([[0, 1, 'catalogue']]);
  });
  test('is not what two rows of unknown mosaics are that are further apart than a third of their width: a sharper survey', () => {
    expect(pairsOf([50, 50 + 0.9 * ARCSEC], ['', ''], { minArcsec: [0.5, 0.6] })).toEqual([]);
    expect(pairsOf([50, 50 + 0.1 * ARCSEC], ['', ''], { minArcsec: [0.5, 0.6] })).toEqual([[0, 1, 'catalogue']]);
  });
  test('is what two near rows of unknown mosaics are where flux and width are missing', () => {
    const missing = [Number.NaN, Number.NaN];
    expect(pairsOf([50, 50 + ARCSEC], ['', ''], { fluxMjy: missing, minArcsec: missing })).toEqual([
      [0, 1, 'catalogue'],
    ]);
  });
  test('three mosaics of one source make three pairs', () => {
    expect(pairsOf([50, 50 + ARCSEC, 50 - ARCSEC], ['P1', 'P2', 'P3'])).toHaveLength(3);
  });
});

test('each row is linked with all others of its source, the nearest first', () => {
  const links = duplicatesByRow([
    { row: 0, other: 2, distanceArcsec: 1.5, kind: 'mosaics' },
    { row: 0, other: 1, distanceArcsec: 0.3, kind: 'mosaics' },
  ]);
  expect([...links].sort(([a], [b]) => a - b)).toEqual([
    [0, [1, 2]],
    [1, [0]],
    [2, [0]],
  ]);
});
