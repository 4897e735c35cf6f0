import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CENTRAL_PERCENTS, imageLevelsInPlace, limitsOf } from '../../../src/core/display/image-levels.ts';
import { zscale } from '../../../src/core/display/zscale.ts';

interface Fixture {
  readonly cases: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly zscale: readonly [number, number];
    readonly central: Readonly<Record<string, readonly [number, number]>>;
  }[];
}
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/zscale.json'), 'utf8')) as Fixture;

describe('the limits of an image', () => {
  test('without a finite pixel there are no levels, and zscale has no limits', () => {
    expect(imageLevelsInPlace(new Float64Array(0))).toBeUndefined();
    expect(zscale(new Float64Array(0)).low).toBeNaN();
  });

  // The fit of a line differs in the last bits from numpy's polyfit, which solves it by singular values.
  test.each(fixture.cases)('zscale gives astropy’s limits: $name', ({ values, zscale: [low, high] }) => {
    const found = zscale(Float64Array.from(values));
    const scale = Math.max(Math.abs(low), Math.abs(high));
    expect(Math.abs(found.low - low)).toBeLessThan(1e-9 * scale);
    expect(Math.abs(found.high - high)).toBeLessThan(1e-9 * scale);
  });

  test.each(fixture.cases)('central percentages give astropy’s limits: $name', ({ values, central }) => {
    const levels = imageLevelsInPlace(Float64Array.from(values))!;
    for (const [percent, [low, high]] of Object.entries(central)) {
      const found = levels.central[CENTRAL_PERCENTS.findIndex((each) => String(each) === percent)]!;
      expect(found.low).toBeCloseTo(low, 12);
      expect(found.high).toBeCloseTo(high, 12);
    }
  });

  test('a constant image gets limits that are not empty', () => {
    const levels = imageLevelsInPlace(new Float64Array(50).fill(2))!;
    for (const choice of [{ kind: 'auto' }, { kind: 'zscale' }, { kind: 'central', percent: 99 }] as const) {
      const { low, high } = limitsOf(choice, levels);
      expect(low).toBe(2);
      expect(high).toBeGreaterThan(low);
    }
  });

  test('n σ is counted from the median with half of P84 − P16', () => {
    const values = Float64Array.from({ length: 101 }, (_, k) => k);
    const levels = imageLevelsInPlace(values)!;
    expect(limitsOf({ kind: 'sigma', count: 1 }, levels)).toEqual({ low: 16, high: 84 });
  });
});
