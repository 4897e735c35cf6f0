import { describe, expect, test } from 'vitest';
import { correlatedNoiseRows } from '../../../src/services/simulation/noise.ts';

const SIDE = 512;

function noiseImage(seed: number, stream: number): Float64Array {
  const next = correlatedNoiseRows(SIDE, seed, stream);
  const image = new Float64Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) next(image.subarray(y * SIDE, (y + 1) * SIDE));
  return image;
}

/** Mean of the product of pixels `dx` columns and `dy` rows apart. */
function covariance(image: Float64Array, dx: number, dy: number): number {
  let sum = 0;
  for (let y = 0; y < SIDE - dy; y++) {
    for (let x = 0; x < SIDE - dx; x++) sum += image[y * SIDE + x]! * image[(y + dy) * SIDE + x + dx]!;
  }
  return sum / ((SIDE - dx) * (SIDE - dy));
}

describe('noise correlated like the beam', () => {
  const image = noiseImage(7, 3);

  test('has unit variance and zero mean', () => {
    const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
    // 512² pixels hold ~10,000 independent beams: mean ± 0.01, variance ± 0.014. Five of those.
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(covariance(image, 0, 0) - 1)).toBeLessThan(0.07);
  });

  test('has the autocorrelation of a 6″ beam, along rows and along columns', () => {
    const beamSigma = 4 / 2.3548;
    for (const lag of [1, 2, 3, 4]) {
      const wanted = Math.exp(-0.5 * (lag / beamSigma) ** 2);
      // Same counting as above, and the kernel is cut at 4σ.
      expect(Math.abs(covariance(image, lag, 0) - wanted)).toBeLessThan(0.07);
      expect(Math.abs(covariance(image, 0, lag) - wanted)).toBeLessThan(0.07);
    }
    expect(Math.abs(covariance(image, 12, 0))).toBeLessThan(0.05);
  });

  test('is nearly Gaussian: excess kurtosis within 0.1', () => {
    const fourth = image.reduce((sum, value) => sum + value ** 4, 0) / image.length;
    expect(Math.abs(fourth / covariance(image, 0, 0) ** 2 - 3)).toBeLessThan(0.1);
  });

  test('is the same for the same seed and stream, and another for another stream', () => {
    expect(noiseImage(7, 3)).toEqual(image);
    expect(noiseImage(7, 4)).not.toEqual(image);
  });
});
