import { describe, expect, test } from 'vitest';
import { initialParameters, parametersOver } from '../../../src/core/network/parameters.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { networkFixture } from './network-fixture.ts';

describe('initial parameters', () => {
  test('an array of the wrong length is refused', () => {
    expect(() => parametersOver(describeNetwork('ann-only'), new Float32Array(3))).toThrow(RangeError);
  });

  test('the generator gives the numbers of its Python twin', () => {
    const { seed, uniforms, normals } = networkFixture;
    const uniform = randomStream(seed, 6);
    expect(uniforms.map(() => uniform.uniform())).toEqual(uniforms);
    const normal = randomStream(seed, 7);
    // Two libraries may differ in the last bit of log and cos.
    normals.forEach((expected) => expect(normal.normal()).toBeCloseTo(expected, 13));
  });

  test('convolutions are normal with σ = √(2 / fan in), dense layers uniform within the Glorot limit, biases zero', () => {
    const parameters = initialParameters(describeNetwork('compact'), 5);
    const kernel = parameters.view('image.block3.conv2.weight');
    const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
    // 147,456 values: the variance is known to 0.4 % (1 σ).
    expect(variance / (2 / (128 * 9))).toBeCloseTo(1, 1);
    const dense = parameters.view('features.dense2.weight');
    const limit = Math.sqrt(6 / 512);
    expect(dense.every((w) => Math.abs(w) <= Math.fround(limit))).toBe(true);
    expect(dense.some((w) => Math.abs(w) > 0.99 * limit)).toBe(true);
    expect(parameters.view('head.dense1.bias').every((b) => b === 0)).toBe(true);
  });
});
