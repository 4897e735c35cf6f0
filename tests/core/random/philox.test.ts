import { describe, expect, test } from 'vitest';
import { philox4x32, randomStream } from '../../../src/core/random/philox.ts';

describe('philox', () => {
  // Known answers of the reference implementation (Random123, kat_vectors, "philox4x32 10").
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('counter %j gives the words of the published known answers', (counter, key, expected) => {
    const out = new Uint32Array(4);
    philox4x32(Uint32Array.from(counter), key[0]!, key[1]!, out);
    expect([...out]).toEqual(expected);
  });

  test('two streams of one seed differ, and the same stream repeats', () => {
    const first = randomStream(7, 1);
    const same = randomStream(7, 1);
    const other = randomStream(7, 2);
    const drawn = Array.from({ length: 9 }, () => first.uniform());
    expect(Array.from({ length: 9 }, () => same.uniform())).toEqual(drawn);
    expect(Array.from({ length: 9 }, () => other.uniform())).not.toEqual(drawn);
  });

  test('normal deviates have mean 0 and variance 1, Poisson deviates variance equal to their mean', () => {
    const random = randomStream(3);
    const normals = Array.from({ length: 40_000 }, () => random.normal());
    const mean = normals.reduce((sum, z) => sum + z, 0) / normals.length;
    const variance = normals.reduce((sum, z) => sum + (z - mean) ** 2, 0) / normals.length;
    // Five standard errors of a sample of 40,000.
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.036);
    const counts = Array.from({ length: 20_000 }, () => random.poisson(47));
    const countMean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const countVariance = counts.reduce((sum, n) => sum + (n - countMean) ** 2, 0) / counts.length;
    expect(Math.abs(countMean - 47)).toBeLessThan(0.25);
    expect(Math.abs(countVariance / 47 - 1)).toBeLessThan(0.05);
  });
});
