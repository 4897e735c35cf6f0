import type { Padding } from './network-description.ts';

/** Side of the map that a kernel leaves when it moves by `stride` over a padded map [pixel]. */
export function outputSideOf(inputSide: number, kernelSide: number, stride: number, { near, far }: Padding): number {
  return Math.floor((inputSide + near + far - kernelSide) / stride) + 1;
}

/**
 * Padding after which a map is ⌈side / stride⌉ pixels wide: what Keras calls 'same'. An odd pixel goes to the far side.
 * Source: TensorFlow's documentation of tf.nn, "Notes on padding".
 */
export function samePadding(inputSide: number, kernelSide: number, stride: number): Padding {
  const outputSide = Math.ceil(inputSide / stride);
  const total = Math.max(0, (outputSide - 1) * stride + kernelSide - inputSide);
  return { near: Math.floor(total / 2), far: Math.ceil(total / 2) };
}
