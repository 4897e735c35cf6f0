import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { stretchInto } from '../../../src/core/cutout/stretch.ts';
import {
  channelDisplay,
  histogramTransfer,
  TRANSFERS,
  transferOf,
  withContrast,
} from '../../../src/core/display/transfer.ts';

const NAMED = TRANSFERS.filter((name) => name !== 'histogram');

describe('brightness transfer', () => {
  test.each(NAMED)('%s runs from 0 to 1, never falls, and clamps what lies outside the limits', (name) => {
    const transfer = transferOf(name);
    expect(transfer(0)).toBe(0);
    expect(transfer(-3)).toBe(0);
    // DS9's formulae end at 0.999 … 1.002.
    expect(transfer(1)).toBeGreaterThan(0.998);
    expect(transfer(7)).toBe(transfer(1));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        expect(transfer(Math.max(a, b))).toBeGreaterThanOrEqual(transfer(Math.min(a, b)));
      }),
      { seed: 1 },
    );
  });

  test('equal shares of the pixels get equal shares of the brightness', () => {
    // 90 % of the pixels between 0 and 1, 10 % between 1 and 101.
    const quantiles = Array.from({ length: 101 }, (_, k) => (k <= 90 ? k / 90 : 1 + 10 * (k - 90)));
    const transfer = histogramTransfer(quantiles, 0, 101);
    expect(transfer(1 / 101)).toBeCloseTo(0.9, 10);
    expect(transfer(0.5 / 101)).toBeCloseTo(0.45, 10);
    expect(transfer(1)).toBe(1);
  });

  test('a constant image is equalised by the linear function', () => {
    expect(histogramTransfer([2, 2, 2], 2, 3)(0.25)).toBe(0.25);
  });

  test('contrast 1 and bias 0.5 change nothing; contrast steepens about the bias', () => {
    expect(withContrast(0.3, 1, 0.5)).toBeCloseTo(0.3, 12);
    expect(withContrast(0.5, 4, 0.5)).toBe(0.5);
    expect(withContrast(0.6, 4, 0.5)).toBeCloseTo(0.9, 12);
    expect(withContrast(0.1, 4, 0.5)).toBe(0);
  });
});

describe('what the model sees', () => {
  test('each channel is shown as the network gets it', () => {
    const noise = { centre: 0.01, sigma: 0.07 };
    const pixels = Float64Array.from({ length: 600 }, (_, k) => noise.centre + noise.sigma * (0.5 * k - 20.25));
    PUBLISHED_CUTOUT.channels.forEach((channel) => {
      const seen = new Float32Array(pixels.length);
      stretchInto(pixels, noise, channel, PUBLISHED_CUTOUT, seen, 0);
      const { lowSigma, highSigma, transfer } = channelDisplay(channel, PUBLISHED_CUTOUT.logStretch);
      const [low, high] = [noise.centre + lowSigma * noise.sigma, noise.centre + highSigma * noise.sigma];
      pixels.forEach((value, k) => {
        const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
        expect(transfer(share)).toBeCloseTo(seen[k]!, 6);
      });
    });
  });
});
