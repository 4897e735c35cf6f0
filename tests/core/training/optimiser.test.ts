import { describe, expect, test } from 'vitest';
import { createOptimiser, OPTIMISER_NAMES } from '../../../src/core/training/optimiser.ts';
import { networkFixture } from '../network/network-fixture.ts';

describe('optimisers', () => {
  test('gradients of another length are refused', () => {
    const optimiser = createOptimiser('adam', 3);
    expect(() => optimiser.step(new Float32Array(3), new Float32Array(2), 0.1)).toThrow(RangeError);
  });

  test.each(OPTIMISER_NAMES)('%s takes the three steps that torch takes', (name) => {
    const { start, gradients, after } = networkFixture.optimisers;
    const weights = Float32Array.from(start);
    const optimiser = createOptimiser(name, weights.length);
    for (const gradient of gradients) optimiser.step(weights, Float32Array.from(gradient), 1e-2);
    // Weights near 1 are stored as float32: three roundings of 6e-8 each.
    weights.forEach((weight, i) => expect(Math.abs(weight - after[name]![i]!)).toBeLessThan(4e-7));
  });

  test('a restored state goes on where the first one stopped', () => {
    const { start, gradients } = networkFixture.optimisers;
    const weights = Float32Array.from(start);
    const whole = Float32Array.from(start);
    const first = createOptimiser('adam', 8);
    const uninterrupted = createOptimiser('adam', 8);
    first.step(weights, Float32Array.from(gradients[0]!), 1e-2);
    const resumed = createOptimiser('adam', 8, first.state);
    resumed.step(weights, Float32Array.from(gradients[1]!), 1e-2);
    for (const k of [0, 1]) uninterrupted.step(whole, Float32Array.from(gradients[k]!), 1e-2);
    expect(weights).toEqual(whole);
  });
});
