import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutoutRecipe } from '../../../src/core/cutout/cutout-recipe.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { makeCutout, placeWindow, stretchWindow } from '../../../src/core/cutout/make-cutout.ts';
import { percentilesInPlace } from '../../../src/core/cutout/percentiles.ts';
import { fixtureWindow, WINDOW_SIDE } from './fixture-window.ts';

interface CutoutCase {
  kind: 'plain' | 'edge' | 'offset';
  noise: CutoutRecipe['noise'];
  log: CutoutRecipe['logStretch'];
  centre: number;
  sigma: number;
  validFraction: number;
  sums: number[];
  rows: [number, number[]][];
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/cutout.json', import.meta.url), 'utf8')) as {
  cases: CutoutCase[];
};

const FIXTURE_WINDOWS = { plain: {}, edge: { blankFrom: 170 }, offset: { offset: 1 } } as const;

const fiveChannels: CutoutRecipe['channels'] = [
  ...PUBLISHED_CUTOUT.channels,
  { stretch: 'linear', lowSigma: 1, highSigma: 30 },
  { stretch: 'cut', lowSigma: 5, highSigma: 5 },
];

describe('blank cutouts', () => {
  test('an all-NaN window gives zeros and is flagged, never NaN', () => {
    const cutout = makeCutout(new Float64Array(WINDOW_SIDE * WINDOW_SIDE).fill(Number.NaN), PUBLISHED_CUTOUT);
    expect(cutout.blank).toBe('no-valid-pixels');
    expect(cutout.validFraction).toBe(0);
    expect(cutout.channels.every((value) => value === 0)).toBe(true);
  });

  test('a window with less than 1 % finite pixels is blank although those pixels differ', () => {
    const window = new Float64Array(WINDOW_SIDE * WINDOW_SIDE).fill(Number.NaN);
    for (let i = 0; i < 600; i++) window[i] = i;
    expect(makeCutout(window, PUBLISHED_CUTOUT).blank).toBe('no-valid-pixels');
  });

  test('a constant window has no noise scale and gives zeros, not a division by zero', () => {
    const cutout = makeCutout(new Float64Array(WINDOW_SIDE * WINDOW_SIDE).fill(3e-4), PUBLISHED_CUTOUT);
    expect(cutout.blank).toBe('constant');
    expect(cutout.channels.every((value) => value === 0)).toBe(true);
  });
});

describe('against numpy and astropy', () => {
  test.each(fixture.cases)('$kind window, $noise noise, $log stretch', (expected) => {
    const recipe = { ...PUBLISHED_CUTOUT, noise: expected.noise, logStretch: expected.log, channels: fiveChannels };
    const cutout = makeCutout(fixtureWindow(FIXTURE_WINDOWS[expected.kind]), recipe);
    // Centre and σ are sums of 65,536 doubles in another order: 1e-9 σ is far above their rounding, also at offset 1 Jy.
    const tolerance = expected.kind === 'offset' ? 1e-7 : 1e-9;
    expect(Math.abs(cutout.centre - expected.centre)).toBeLessThan(tolerance * expected.sigma);
    expect(Math.abs(cutout.sigma - expected.sigma)).toBeLessThan(tolerance * expected.sigma);
    expect(cutout.validFraction).toBeCloseTo(expected.validFraction, 12);
    for (const [index, sum] of expected.sums.entries()) {
      const channel = cutout.channels.subarray(index * 128 * 128, (index + 1) * 128 * 128);
      const ours = channel.reduce((total, value) => total + value, 0);
      // float32 storage rounds each of 16,384 values by ≤ 6e-8.
      expect(Math.abs(ours - sum)).toBeLessThan(1e-3);
      const [row, samples] = expected.rows[index]!;
      for (const [i, sample] of samples.entries()) expect(channel[row * 128 + 8 * i]).toBeCloseTo(sample, 6);
    }
  });
});

describe('placement', () => {
  test('the window puts the pixel nearest to the source at index 128, halves rounding up', () => {
    expect(placeWindow({ x: 200.4, y: 99.5 }, 256)).toEqual({ x: 72, y: -28, width: 256, height: 256 });
  });

  test('the crop keeps the source at index 64: a single bright pixel is found there', () => {
    const window = fixtureWindow();
    window[128 * WINDOW_SIDE + 128] = 1;
    const cutout = makeCutout(window, PUBLISHED_CUTOUT);
    expect(cutout.channels[64 * 128 + 64]).toBe(1);
    expect(cutout.channels.indexOf(1)).toBeGreaterThanOrEqual(0);
  });

  test('cropping the stretched window gives the same channels as stretching the crop', () => {
    const window = fixtureWindow(FIXTURE_WINDOWS.edge);
    const whole = stretchWindow(window, PUBLISHED_CUTOUT);
    const cutout = makeCutout(window, PUBLISHED_CUTOUT);
    for (let channel = 0; channel < 3; channel++) {
      for (let i = 0; i < 128 * 128; i += 61) {
        const row = Math.floor(i / 128) + 64;
        const column = (i % 128) + 64;
        expect(cutout.channels[channel * 128 * 128 + i]).toBe(
          whole.channels[channel * WINDOW_SIDE * WINDOW_SIDE + row * WINDOW_SIDE + column],
        );
      }
    }
  });
});

describe('stretches', () => {
  test('the Montage logarithm is white from x = (e − 1)/9 on, about 6.5σ for the 1–30σ channel', () => {
    const window = fixtureWindow();
    const { centre, sigma } = makeCutout(window, PUBLISHED_CUTOUT);
    window[128 * WINDOW_SIDE + 128] = centre + 6.6 * sigma;
    window[128 * WINDOW_SIDE + 129] = centre + 6.4 * sigma;
    const channelB = makeCutout(window, PUBLISHED_CUTOUT).channels.subarray(128 * 128);
    expect(channelB[64 * 128 + 64]).toBe(1);
    expect(channelB[64 * 128 + 65]).toBeLessThan(1);
  });

  test('uint8 channels take only the 256 levels of a PNG', () => {
    const { channels } = makeCutout(fixtureWindow(), { ...PUBLISHED_CUTOUT, quantisation: 'uint8' });
    for (const value of channels) expect(Math.abs(value * 255 - Math.round(value * 255))).toBeLessThan(1e-4);
  });
});

test('percentiles by selection equal percentiles by sorting, whatever the values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
        minLength: 1,
        maxLength: 60,
      }),
      (values) => {
        const sorted = Float64Array.from(values).sort();
        const percents = [16, 50, 84];
        const expected = percents.map((percent) => {
          const rank = (percent / 100) * (sorted.length - 1);
          const below = Math.floor(rank);
          const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
          return sorted[below]! + (rank - below === 0 ? 0 : (rank - below) * (next - sorted[below]!));
        });
        // Adding 0 turns −0 into 0: the two are the same percentile.
        const ours = percentilesInPlace(Float64Array.from(values), percents).map((value) => value + 0);
        expect(ours).toEqual(expected.map((value) => value + 0));
      },
    ),
  );
});
