import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CutoutRecipe } from '../../../src/core/cutout/cutout-recipe.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { makeCutout } from '../../../src/core/cutout/make-cutout.ts';
import { countFloats, percentilesInPlace, percentilesOfCounted } from '../../../src/core/cutout/percentiles.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { referenceCutout } from './reference-cutout.ts';

const SIDE = 256;

const recipes: fc.Arbitrary<CutoutRecipe> = fc
  .record({
    noise: fc.constantFrom('montage' as const, 'clipped' as const),
    logStretch: fc.constantFrom('montage' as const, 'log10' as const),
    quantisation: fc.constantFrom('float' as const, 'uint8' as const),
  })
  .map((choice) => ({
    ...PUBLISHED_CUTOUT,
    ...choice,
    channels: [
      ...PUBLISHED_CUTOUT.channels,
      { stretch: 'linear', lowSigma: 1, highSigma: 30 },
      { stretch: 'cut', lowSigma: 5, highSigma: 5 },
    ],
  }));

/** Noise about an offset, sources, and shares of NaN, infinities and pixels of one value, all drawn from a seed. */
function windowOf(seed: number, offset: number, blankShare: number, isCoarse: boolean): Float64Array {
  const random = randomStream(seed);
  return Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    const kind = random.uniform();
    if (kind < blankShare) return Number.NaN;
    if (kind < blankShare + 0.001) return kind < blankShare + 0.0005 ? Infinity : -Infinity;
    const distance = Math.hypot((i % SIDE) - 128, Math.floor(i / SIDE) - 128);
    const value = offset + 7e-5 * random.normal() + 5e-3 * Math.exp(-distance / 4);
    // Coarse pixels have many equal values: what an 8-bit mosaic or a simulated floor looks like.
    return isCoarse ? Math.round(value * 2e4) / 2e4 : value;
  });
}

describe('the tight loops give the bits of the readable version', () => {
  test('for any window, recipe and precision', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.constantFrom(0, 0, 1e-3, -2, 1),
        fc.constantFrom(0, 0.1, 0.6, 0.995, 1),
        fc.boolean(),
        fc.boolean(),
        recipes,
        (seed, offset, blankShare, isCoarse, isSingle, recipe) => {
          const drawn = windowOf(seed, offset, blankShare, isCoarse);
          const window = isSingle ? Float32Array.from(drawn) : drawn;
          const before = window.slice();
          const expected = referenceCutout(window, recipe);
          const cutout = makeCutout(window, recipe);
          expect(cutout.validFraction).toBe(expected.validFraction);
          // Adding 0 turns −0 into 0: the two are the same centre.
          expect(cutout.centre + 0).toBe(expected.noise.centre + 0);
          expect(cutout.sigma).toBe(expected.noise.sigma);
          expect(Buffer.from(cutout.channels.buffer).equals(Buffer.from(expected.channels.buffer))).toBe(true);
          expect(window).toEqual(before);
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  test('percentiles of any float32 values, of any size and sign', () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { minLength: 1, maxLength: 80 }), (drawn) => {
        const values = Float32Array.from(drawn);
        const finite = Float64Array.from(values).filter((value) => Number.isFinite(value));
        const counted = countFloats(values);
        expect(counted.finiteCount).toBe(finite.length);
        const ours = percentilesOfCounted(counted, [0, 16, 50, 84, 100]).map((value) => value + 0);
        expect(ours).toEqual(percentilesInPlace(finite, [0, 16, 50, 84, 100]).map((value) => value + 0));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  test('a part of a larger array is read where it lies', () => {
    const all = Float32Array.from({ length: 40 }, (_, i) => i);
    expect(percentilesOfCounted(countFloats(all.subarray(10, 21)), [50])).toEqual([15]);
  });
});
