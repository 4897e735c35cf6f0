import type { NetworkInputShape } from '../../core/network/network-description.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { randomStream } from '../../core/random/philox.ts';

/** Spread of the drawn features: wide enough to matter, not so wide that every probability is 0 or 1. */
const FEATURE_SIGMA = 2;

/** The same pictures of noise and numbers every time, to compare two ways of computing a network. */
export function drawnInput(rowCount: number, { channels, sidePix, featureCount }: NetworkInputShape): NetworkInput {
  const random = randomStream(1);
  return {
    rowCount,
    images: Float32Array.from({ length: rowCount * channels * sidePix ** 2 }, () => random.uniform()),
    features: Float32Array.from({ length: rowCount * featureCount }, () => FEATURE_SIGMA * random.normal()),
  };
}
