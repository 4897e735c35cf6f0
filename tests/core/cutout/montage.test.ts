import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CutoutRecipe } from '../../../src/core/cutout/cutout-recipe.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { makeCutout, stretchWindow } from '../../../src/core/cutout/make-cutout.ts';
import { fixtureWindow, WINDOW_SIDE } from './fixture-window.ts';

const MIDDLE_SIDE = 64;

interface MontageCase {
  kind: 'plain' | 'edge' | 'offset' | 'bright';
  stretch: 'log' | 'linear';
  lowSigma: number;
  highSigma: number;
  lowCut: number;
  highCut: number;
  levels: string;
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/montage.json', import.meta.url), 'utf8')) as {
  montage: string;
  first: number;
  cases: MontageCase[];
};

/** The windows of scripts/fixtures/make_montage.py. */
function montageWindow(kind: MontageCase['kind']): Float64Array {
  const window = fixtureWindow({ plain: {}, edge: { blankFrom: 140 }, offset: { offset: 1 }, bright: {} }[kind]);
  if (kind === 'bright') window[120 * WINDOW_SIDE + 100] = 0.02;
  return window;
}

const recipeWith = (channels: CutoutRecipe['channels'], changes: Partial<CutoutRecipe> = {}): CutoutRecipe => ({
  ...PUBLISHED_CUTOUT,
  ...changes,
  channels,
});

describe(`equal to what Montage ${fixture.montage} writes, within the rounding of 8 bits`, () => {
  test.each(fixture.cases)('$kind window, $lowSigma–$highSigma σ $stretch', (montage) => {
    const recipe = recipeWith([montage], { quantisation: 'uint8' });
    const { channels, noise } = stretchWindow(montageWindow(montage.kind), recipe);

    // Montage finds percentiles in a histogram of 200,000 bins over the whole range and prints six digits of the cuts:
    // 1e-4 σ, and at an offset of 1 Jy a digit is 0.08 σ.
    const tolerance = (montage.kind === 'offset' ? 0.1 : 1e-4) * noise.sigma;
    expect(Math.abs(noise.centre + montage.lowSigma * noise.sigma - montage.lowCut)).toBeLessThan(tolerance);

    const levels = Buffer.from(montage.levels, 'base64');
    let differing = 0;
    for (let row = 0; row < MIDDLE_SIDE; row++) {
      for (let column = 0; column < MIDDLE_SIDE; column++) {
        const at = (fixture.first + row) * WINDOW_SIDE + fixture.first + column;
        const difference = Math.abs(Math.round(channels[at]! * 255) - levels[row * MIDDLE_SIDE + column]!);
        // Where a value lies on the edge between two levels, 1e-4 σ decides.
        expect(difference).toBeLessThanOrEqual(1);
        differing += difference;
      }
    }
    // 79 levels per σ at the steepest: 1e-4 σ moves fewer than 1 pixel in 100 across an edge.
    expect(differing).toBeLessThan(0.01 * levels.length);
  });
});

const scales = ['montage', 'clipped'] as const;
const logs = ['montage', 'log10'] as const;
const everyChannel: CutoutRecipe['channels'] = [
  ...PUBLISHED_CUTOUT.channels,
  { stretch: 'linear', lowSigma: 1, highSigma: 30 },
  { stretch: 'cut', lowSigma: 5, highSigma: 5 },
];
const choices = scales.flatMap((noise) =>
  logs.flatMap((logStretch) =>
    (['float', 'uint8'] as const).map((quantisation) => recipeWith(everyChannel, { noise, logStretch, quantisation })),
  ),
);

describe.each(choices)('$noise noise, $logStretch logarithm, $quantisation: every channel', (recipe) => {
  test.each(['plain', 'edge', 'offset', 'bright'] as const)('%s: finite and within 0 and 1', (kind) => {
    const { channels, blank } = makeCutout(montageWindow(kind), recipe);
    expect(blank).toBeUndefined();
    expect(channels.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('a single bright pixel is white in every channel, and the noise scale does not see it', () => {
    const window = montageWindow('plain').fill(0);
    // Two levels of noise, so that there is a σ: a pixel in three at 1e-4.
    for (let i = 0; i < window.length; i += 3) window[i] = 1e-4;
    window[WINDOW_SIDE * 128 + 128] = 1;
    const dark = window.slice();
    dark[WINDOW_SIDE * 128 + 128] = 0;
    const { channels, sigma } = makeCutout(window, recipe);
    // Percentiles and clipping both leave one pixel of 65,536 out; its rank moves the others by at most one.
    expect(Math.abs(sigma / makeCutout(dark, recipe).sigma - 1)).toBeLessThan(1e-4);
    const plane = 128 * 128;
    everyChannel.forEach((_, index) => expect(channels[index * plane + 64 * 128 + 64]).toBe(1));
  });

  test('NaN pixels are black', () => {
    const { channels } = makeCutout(montageWindow('edge'), recipe);
    // Column 140 of the window is column 76 of the crop.
    everyChannel.forEach((_, index) => expect(channels[index * 128 * 128 + 64 * 128 + 100]).toBe(0));
  });

  test('a constant window is black and says so', () => {
    const { channels, blank } = makeCutout(new Float32Array(WINDOW_SIDE * WINDOW_SIDE).fill(1e-3), recipe);
    expect(blank).toBe('constant');
    expect(channels.every((value) => value === 0)).toBe(true);
  });
});
