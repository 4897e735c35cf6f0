import { readFileSync } from 'node:fs';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import type { Parameters } from '../../../src/core/network/parameters.ts';
import { initialParameters } from '../../../src/core/network/parameters.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';

export interface SampledTensor {
  readonly largest: number;
  readonly sum: number;
  readonly sumOfMagnitudes: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

interface CompactCase {
  readonly losses: readonly number[];
  readonly probabilities: readonly number[];
  readonly gradients: Readonly<Record<string, SampledTensor>>;
  readonly afterThreeSteps?: Readonly<Record<string, SampledTensor>>;
}

export interface NetworkFixture {
  readonly seed: number;
  readonly rows: number;
  readonly labels: readonly number[];
  readonly learningRate: number;
  readonly words: readonly number[];
  readonly uniforms: readonly number[];
  readonly normals: readonly number[];
  readonly compact: CompactCase;
  readonly ties: CompactCase;
  readonly blank: CompactCase;
  readonly published: { readonly probabilities: readonly number[] };
  readonly optimisers: {
    readonly start: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly after: Readonly<Record<string, readonly number[]>>;
  };
}

/** What scripts/fixtures/make_network.py stored. */
export const networkFixture = JSON.parse(
  readFileSync(new URL('../../fixtures/network.json', import.meta.url), 'utf8'),
) as NetworkFixture;

// Streams of make_network.py.
const IMAGE_STREAM = 1_000_000;
const FEATURE_STREAM = 1_000_001;
const BIAS_STREAM = 2_000_000;

/** The fixture's weights: seeded as before training, with small biases so that a forgotten one shows. */
export function fixtureParameters(network: NetworkDescription): Parameters {
  const parameters = initialParameters(network, networkFixture.seed);
  parameters.tensors.forEach(({ name, kind }, index) => {
    if (kind !== 'bias') return;
    const random = randomStream(networkFixture.seed, BIAS_STREAM + index);
    const view = parameters.view(name);
    for (let i = 0; i < view.length; i++) view[i] = 0.1 * (2 * random.uniform() - 1);
  });
  return parameters;
}

/** The fixture's batch; `constant` replaces every pixel. */
export function fixtureBatch(constant?: number): LabelledInput {
  const { seed, rows, labels } = networkFixture;
  const imageRandom = randomStream(seed, IMAGE_STREAM);
  const images = Float32Array.from({ length: rows * 3 * 128 * 128 }, () => {
    const u = imageRandom.uniform();
    return u < 0.8 ? 0 : (u - 0.8) * 5;
  });
  const featureRandom = randomStream(seed, FEATURE_STREAM);
  const features = Float32Array.from({ length: rows * 32 }, () => featureRandom.normal());
  if (constant !== undefined) images.fill(constant);
  return { rowCount: rows, images, features, isMc: Uint8Array.from(labels) };
}

/** Worst difference at the sampled places, relative to the tensor's largest magnitude. */
export function worstRelativeDifference(actual: Float32Array, expected: SampledTensor): number {
  let worst = 0;
  expected.at.forEach((index, k) => {
    worst = Math.max(worst, Math.abs(actual[index]! - expected.values[k]!) / expected.largest);
  });
  return worst;
}

/** Difference of the sums of all values, relative to the sum of their magnitudes: sees places that are not sampled. */
export function relativeSumDifference(actual: Float32Array, expected: SampledTensor): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += actual[i]!;
  return Math.abs(sum - expected.sum) / expected.sumOfMagnitudes;
}
