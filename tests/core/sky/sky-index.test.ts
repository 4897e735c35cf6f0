import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { separationArcsec } from '../../../src/core/sky/separation.ts';
import { buildSkyIndex } from '../../../src/core/sky/sky-index.ts';
import { degrees } from '../../../src/core/units/quantities.ts';

const indexOf = (positions: readonly (readonly [number, number])[]): ReturnType<typeof buildSkyIndex> =>
  buildSkyIndex(
    Float64Array.from(positions, ([ra]) => ra),
    Float64Array.from(positions, ([, dec]) => dec),
  );

test('an empty catalogue has no neighbours', () => {
  expect(indexOf([]).nearest({ ra: degrees(0), dec: degrees(0) }, 3).rows).toHaveLength(0);
});

test('a lone source has no neighbour, and two sources have one each', () => {
  expect(indexOf([[1, 1]]).nearestOfRow(0, 3).rows).toHaveLength(0);
  const pair = indexOf([
    [1, 1],
    [1, 1.01],
  ]);
  expect([...pair.nearestOfRow(0, 3).rows]).toEqual([1]);
});

test('a row without a position is nobody’s neighbour and has none', () => {
  const index = indexOf([
    [1, 1],
    [Number.NaN, 1],
    [1, 1.001],
  ]);
  expect([...index.nearestOfRow(0, 5).rows]).toEqual([2]);
  expect(index.nearestOfRow(1, 5).rows).toHaveLength(0);
  expect(index.countWithinOfRow(1, 45)).toBe(0);
});

test('rows at exactly the same position are neighbours at distance 0; only the row itself is left out', () => {
  const index = indexOf(Array.from({ length: 40 }, () => [10, 20] as const));
  const { rows, distanceArcsec } = index.nearestOfRow(7, 3);
  expect([...distanceArcsec]).toEqual([0, 0, 0]);
  expect(rows).not.toContain(7);
  expect(index.countWithinOfRow(7, 0)).toBe(39);
});

test('a source at exactly 45″ is within 45″, wherever it is and however its degrees round', () => {
  for (let step = 0; step < 400; step++) {
    const dec = -89 + step * 0.445;
    const ra = step * 0.9;
    const index = indexOf([
      [ra, dec],
      [ra, dec + 45 / 3600],
      [ra, dec - 45.000001 / 3600],
    ]);
    expect(index.countWithinOfRow(0, 45)).toBe(1);
  }
});

test('rows within a radius come nearest first', () => {
  const index = indexOf([
    [0, 0.01],
    [359.999, 0],
    [0, 0.002],
    [180, 0],
  ]);
  const { rows } = index.rowsWithin({ ra: degrees(0), dec: degrees(0) }, 36);
  expect([...rows]).toEqual([1, 2, 0]);
  expect(index.rowsWithin({ ra: degrees(0), dec: degrees(0) }, 648_000).rows).toHaveLength(4);
});

const fixture = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../fixtures/sky_index.json'), 'utf8')) as {
  readonly raDeg: number[];
  readonly decDeg: number[];
  readonly distanceArcsec: number[][];
  readonly rows: number[][];
  readonly within45: number[];
};

test('neighbours and counts are those of scipy’s cKDTree, across RA 0, at both poles, with duplicates', () => {
  const raDeg = Float64Array.from(fixture.raDeg);
  const decDeg = Float64Array.from(fixture.decDeg);
  const index = buildSkyIndex(raDeg, decDeg);
  for (let row = 0; row < raDeg.length; row++) {
    const { rows, distanceArcsec } = index.nearestOfRow(row, 3);
    fixture.distanceArcsec[row]!.forEach((expected, k) => {
      // Vincenty's formula in two spellings: a few roundings of 1e-16 rad, 1e-10″ with margin.
      expect(Math.abs(distanceArcsec[k]! - expected)).toBeLessThan(1e-9);
      const isTied = fixture.distanceArcsec[row]!.filter((other) => Math.abs(other - expected) < 1e-8).length > 1;
      if (!isTied && k < 2) expect(rows[k]).toBe(fixture.rows[row]![k]);
    });
    expect(index.countWithinOfRow(row, 45)).toBe(fixture.within45[row]);
  }
});

test('the tree finds what looking at every row finds', () => {
  const position = fc.tuple(
    fc.oneof(fc.constantFrom(0, 180, 359.9999), fc.double({ min: 0, max: 359.99, noNaN: true })),
    fc.oneof(fc.constantFrom(-90, 0, 90), fc.double({ min: -90, max: 90, noNaN: true })),
  );
  fc.assert(
    fc.property(fc.array(position, { minLength: 2, maxLength: 80 }), fc.nat(), (positions, seed) => {
      const row = seed % positions.length;
      const index = indexOf(positions);
      const brute = positions
        .map(([ra, dec]) => separationArcsec(positions[row]![0], positions[row]![1], ra, dec))
        .filter((_, other) => other !== row)
        .sort((a, b) => a - b);
      const { distanceArcsec } = index.nearestOfRow(row, 5);
      expect(distanceArcsec.length).toBe(Math.min(5, brute.length));
      // Chords of nearly antipodal rows differ by less than they are rounded: 1e-8 rad there, 2e-3″.
      distanceArcsec.forEach((distance, k) => expect(Math.abs(distance - brute[k]!)).toBeLessThan(5e-3));
      const radius = brute[Math.floor(brute.length / 2)]!;
      expect(index.countWithinOfRow(row, radius)).toBe(brute.filter((distance) => distance <= radius + 2e-9).length);
    }),
    { seed: 3, numRuns: 300 },
  );
});
