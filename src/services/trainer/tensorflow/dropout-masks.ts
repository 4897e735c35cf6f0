import { randomStream } from '../../../core/random/philox.ts';

/** Another stream than the one that the onnxruntime graph draws its seeds from. */
const MASK_STREAM = 601;

/** Draws the factors that a dropout multiplies `count` values by: 0 for a `share` [0..1) of them, 1 / (1 − share) else. */
export type DrawMask = (count: number, share: number) => Float32Array;

/**
 * Masks one after the other from one stream: the same sequence of calls gives the same masks for the same seed. Drawn
 * here and not by TensorFlow, whose generators differ from one device to another.
 */
export function dropoutMasks(seed: number): DrawMask {
  const random = randomStream(seed, MASK_STREAM);
  return (count, share) => {
    const kept = 1 / (1 - share);
    return Float32Array.from({ length: count }, () => (random.uniform() < share ? 0 : kept));
  };
}
