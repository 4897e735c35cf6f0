import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bridgeLevels } from '../../../src/core/association/bridge.ts';
import { reasonFor } from '../../../src/core/association/proposal.ts';

interface Fixture {
  readonly sidePix: number;
  readonly pixels: readonly (number | null)[];
  readonly pairs: readonly {
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
    readonly level: number | null;
  }[];
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/bridges.json', import.meta.url), 'utf8')) as Fixture;
const pixels = Float64Array.from(fixture.pixels, (value) => value ?? Number.NaN);
const { sidePix } = fixture;
const end = (xPix: number, yPix: number, radiusPix = 0) => ({ xPix, yPix, radiusPix });

test('a place outside the image, or on blank pixels only, is joined to nothing', () => {
  expect(bridgeLevels({ pixels, sidePix }, end(-9, 3), [end(3, 3)])).toEqual([Number.NaN]);
  expect(bridgeLevels({ pixels, sidePix }, end(3, 3), [end(Number.NaN, 3), end(30, 12, 1)])).toEqual([
    Number.NaN,
    Number.NaN,
  ]);
});

// Both name a value of the image itself: there is nothing to round.
test('the level that joins two places is the highest at which scipy labels them as one region', () => {
  for (const { from, to, level } of fixture.pairs) {
    const [found] = bridgeLevels({ pixels, sidePix }, end(...from), [end(...to)]);
    expect(found, `${from.join()} to ${to.join()}`).toBe(level ?? Number.NaN);
  }
});

test('many ends at once give what each gives alone', () => {
  const [first] = fixture.pairs;
  const ends = fixture.pairs.map(({ to }) => end(...to));
  const together = bridgeLevels({ pixels, sidePix }, end(...first!.from), ends);
  expect(together).toEqual(ends.map((one) => bridgeLevels({ pixels, sidePix }, end(...first!.from), [one])[0]));
});

test('an end reaches for the brightest pixel within its radius, so that a centroid between two lobes still counts', () => {
  const image = new Float64Array(25);
  image[12 - 1] = 9;
  image[12 + 1] = 7;
  expect(bridgeLevels({ pixels: image, sidePix: 5 }, end(2, 2, 1), [end(3, 2)])).toEqual([0]);
  expect(bridgeLevels({ pixels: image, sidePix: 5 }, end(2, 2, 1), [end(1, 2)])).toEqual([9]);
});

describe('what is proposed', () => {
  const companion = { row: 1, distanceArcsec: 30, bridgeSigma: 1.9, isFlagged: true };
  test('a bridge below 2σ, or one that was not measured, proposes nothing by itself', () => {
    expect(reasonFor(companion, false)).toBeUndefined();
    expect(reasonFor({ ...companion, bridgeSigma: Number.NaN }, false)).toBeUndefined();
    expect(reasonFor({ ...companion, bridgeSigma: 2 }, false)).toBe('bridge');
  });
  test('two flagged rows are proposed together up to 120″, inclusive', () => {
    expect(reasonFor({ ...companion, distanceArcsec: 120 }, true)).toBe('both-flagged');
    expect(reasonFor({ ...companion, distanceArcsec: 120.01 }, true)).toBeUndefined();
    expect(reasonFor({ ...companion, isFlagged: false }, true)).toBeUndefined();
  });
});
