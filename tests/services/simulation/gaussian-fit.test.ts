import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FitPixels, FittedGaussian } from '../../../src/services/simulation/gaussian-fit.ts';
import { fitGaussians } from '../../../src/services/simulation/gaussian-fit.ts';

interface Case {
  readonly name: string;
  readonly side: number;
  readonly stamp: number[];
  readonly start: number[][];
  readonly fit: number[][];
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/gaussian_fit.json', import.meta.url), 'utf8')) as {
  readonly cases: Case[];
};

const gaussian = ([peak, xPix, yPix, xx, xy, yy]: number[]): FittedGaussian => ({
  peak: peak!,
  xPix: xPix!,
  yPix: yPix!,
  shape: { xx: xx!, xy: xy!, yy: yy! },
});

const pixelsOf = ({ side, stamp }: Case): FitPixels => ({
  x: Float64Array.from(stamp, (_, i) => i % side),
  y: Float64Array.from(stamp, (_, i) => Math.floor(i / side)),
  value: Float64Array.from(stamp),
});

const LIMITS = { smallestVariance: 0.5, largestVariance: 100 };

describe('fitting Gaussians', () => {
  test.each(fixture.cases)("finds scipy's least-squares solution: $name", (item) => {
    const fitted = fitGaussians(pixelsOf(item), item.start.map(gaussian), LIMITS);
    expect(fitted).toHaveLength(item.fit.length);
    item.fit.map(gaussian).forEach((wanted, i) => {
      const found = fitted[i]!;
      // The fit ends when a step improves χ² by less than 10⁻⁵: a hundredth of the noise's own error, 0.3 % here.
      expect(Math.abs(found.peak / wanted.peak - 1)).toBeLessThan(3e-3);
      expect(Math.hypot(found.xPix - wanted.xPix, found.yPix - wanted.yPix)).toBeLessThan(0.01);
      for (const moment of ['xx', 'xy', 'yy'] as const) {
        expect(Math.abs(found.shape[moment] - wanted.shape[moment])).toBeLessThan(0.02 * wanted.shape.xx);
      }
    });
  });

  test('never leaves the limits of width, even where the data ask for it', () => {
    const side = 15;
    const spike = new Array<number>(side * side).fill(0);
    spike[7 * side + 7] = 1;
    const [fitted] = fitGaussians(
      pixelsOf({ name: '', side, stamp: spike, start: [], fit: [] }),
      [gaussian([1, 7, 7, 2.9, 0, 2.9])],
      { smallestVariance: 0.72, largestVariance: 30 },
    );
    const { xx, xy, yy } = fitted!.shape;
    expect((xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)).toBeGreaterThanOrEqual(0.72 * (1 - 1e-9));
  });
});
