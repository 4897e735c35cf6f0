import { describe, expect, test } from 'vitest';
import type { Measurement } from '../../../src/services/simulation/catalogue-source.ts';
import { opticalMatcher } from '../../../src/services/simulation/likelihood-ratio.ts';
import type { BackgroundGalaxies } from '../../../src/services/simulation/optical-sky.ts';
import { backgroundGalaxies, BACKGROUND_PER_ARCSEC2 } from '../../../src/services/simulation/optical-sky.ts';
import type { PhysicalSource, SourceKind } from '../../../src/services/simulation/physical-source.ts';

const empty: BackgroundGalaxies = { within: () => [] };

function rowAt(xPix: number, yPix: number, errorArcsec = 0.3): Measurement {
  const ellipse = { majArcsec: 8, minArcsec: 7, paDeg: 0 };
  return {
    xPix,
    yPix,
    peakMjyPerBeam: 1,
    totalMjy: 1,
    shape: { xx: 3, xy: 0, yy: 3 },
    ellipse,
    deconvolved: ellipse,
    rmsMjyPerBeam: 0.07,
    errors: {
      xArcsec: errorArcsec,
      yArcsec: errorArcsec,
      peakMjyPerBeam: 0.1,
      totalMjy: 0.1,
      majArcsec: 1,
      minArcsec: 1,
      paDeg: 10,
    },
  };
}

const sourceOf = (kind: SourceKind, xPix: number, yPix: number): PhysicalSource => ({
  kind,
  blobs: [],
  host: { xPix, yPix, magnitude: 19 },
});

describe('the likelihood ratio', () => {
  test('is the same for the same geometry, whatever the source is', () => {
    const kinds: SourceKind[] = ['compact', 'star-forming', 'frii', 'fri', 'wide-angle-tail', 'relic'];
    const matches = kinds.map((kind) => opticalMatcher([sourceOf(kind, 100, 100)], empty)(rowAt(101, 100)));
    for (const match of matches) expect(match).toEqual(matches[0]);
  });

  test('is NaN, with its distance, where no galaxy lies within 15″', () => {
    const match = opticalMatcher([sourceOf('compact', 100, 100)], empty)(rowAt(110.1, 100));
    expect(match).toEqual({ lr: NaN, distanceArcsec: NaN });
  });

  test('is high at the host and falls away from it, slower where the position is less certain', () => {
    const matchOf = opticalMatcher([sourceOf('frii', 100, 100)], empty);
    expect(matchOf(rowAt(100.1, 100)).lr).toBeGreaterThan(50);
    expect(matchOf(rowAt(106, 100)).lr).toBeLessThan(1e-6);
    expect(matchOf(rowAt(106, 100)).distanceArcsec).toBeCloseTo(9, 9);
    expect(matchOf(rowAt(106, 100, 4)).lr).toBeGreaterThan(matchOf(rowAt(106, 100)).lr);
  });

  test('has a background of galaxies of the stated density, the same however it is asked for', () => {
    const background = backgroundGalaxies(3, 4);
    const all = background.within(1000, 1000, 150);
    const expected = BACKGROUND_PER_ARCSEC2 * Math.PI * (150 * 1.5) ** 2;
    expect(Math.abs(all.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    const near = background.within(1000, 1000, 50);
    expect(all).toEqual(expect.arrayContaining(near));
  });
});
