import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import type { Parameters } from '../../../src/core/network/parameters.ts';
import { initialParameters } from '../../../src/core/network/parameters.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { OptimiserName } from '../../../src/core/training/optimiser.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';

/** A tensor by its largest magnitude, its sums, and its values at places spread evenly from the first to the last. */
export interface SampledTensor {
  readonly largest: number;
  /** Sums and values are null where they are the outcome of rounding alone. */
  readonly sum: number | null;
  readonly sumOfMagnitudes: number | null;
  readonly values: readonly (number | null)[];
}

/** What scripts/fixtures/make_networks.py stored of one recipe's network. */
export interface RegisteredFixture {
  readonly seed: number;
  readonly labels: readonly number[];
  readonly channels: number;
  readonly sidePix: number;
  readonly featureCount: number;
  readonly learningRates: Readonly<Record<OptimiserName, number>>;
  readonly parameterCount: number;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly probabilities: readonly number[];
  readonly gradients: Readonly<Record<string, SampledTensor>>;
  readonly optimisers: Readonly<Record<OptimiserName, ThreeSteps>>;
  /**
   * Where two values of a pooling window, or the input of a rectifier and zero, are closer than the rounding of float32
   * (docs/science/float32.md): how the three steps end if the gradient goes the other way. Either is right; which one
   * float32 takes depends on the order of its sums.
   */
  readonly otherEnds?: Readonly<Partial<Record<OptimiserName, ThreeSteps>>>;
}

/** Losses before each of three steps, and what is left after them. */
export interface ThreeSteps {
  readonly losses: readonly number[];
  readonly after: Readonly<Record<string, SampledTensor>>;
  readonly inference: readonly number[];
}

const FOLDER = new URL('../../fixtures/networks/', import.meta.url);

/** Names of recipes whose network has a fixture. */
export const FIXTURE_NAMES: readonly string[] = readdirSync(FOLDER)
  .sort()
  .map((name) => basename(name, '.json'));

export function registeredFixture(name: string): RegisteredFixture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as RegisteredFixture;
}

/** The network of the recipe of that name, at the size of its fixture. */
export function registeredNetwork(name: string, fixture: RegisteredFixture): NetworkDescription {
  const { network, variant } = recipeOf(name);
  return describeNetwork(network, fixture, variant);
}

// Streams of make_networks.py.
const IMAGE_STREAM = 1_000_000;
const FEATURE_STREAM = 1_000_001;
const OFFSET_STREAM = 2_000_000;

/** Weights as before training, but biases, scales and shifts moved a little, so that a forgotten one shows. */
export function offsetParameters(network: NetworkDescription, seed: number): Parameters {
  const parameters = initialParameters(network, seed);
  parameters.tensors.forEach(({ name, kind }, index) => {
    if (kind !== 'bias' && kind !== 'scale' && kind !== 'shift') return;
    const random = randomStream(seed, OFFSET_STREAM + index);
    const start = kind === 'scale' ? 1 : 0;
    const view = parameters.view(name);
    for (let i = 0; i < view.length; i++) view[i] = start + 0.1 * (2 * random.uniform() - 1);
  });
  return parameters;
}

export function registeredBatch({ seed, labels, channels, sidePix, featureCount }: RegisteredFixture): LabelledInput {
  const imageRandom = randomStream(seed, IMAGE_STREAM);
  const images = Float32Array.from({ length: labels.length * channels * sidePix * sidePix }, () => {
    const u = imageRandom.uniform();
    return u < 0.8 ? 0 : (u - 0.8) * 5;
  });
  const featureRandom = randomStream(seed, FEATURE_STREAM);
  const features = Float32Array.from({ length: labels.length * featureCount }, () => featureRandom.normal());
  return { rowCount: labels.length, images, features, isMc: Uint8Array.from(labels) };
}

/** Worst difference at the sampled places, relative to the tensor's largest magnitude. */
export function worstAtSamples(actual: Float32Array, { largest, values }: SampledTensor): number {
  const spacing = (actual.length - 1) / Math.max(1, values.length - 1);
  let worst = 0;
  values.forEach((value, k) => {
    const place = k === values.length - 1 ? actual.length - 1 : Math.floor(k * spacing);
    if (value !== null) worst = Math.max(worst, Math.abs(actual[place]! - value));
  });
  return relative(worst, largest);
}

/** The tensor that differs most from where three steps should end, and by how much. */
export function worstAfter(
  parameters: Parameters,
  { after }: ThreeSteps,
): { readonly key: string; readonly worst: number } {
  const differences = Object.entries(after).map(([key, sampled]) => {
    const actual = parameters.view(key);
    return { key, worst: Math.max(worstAtSamples(actual, sampled), differenceOfSums(actual, sampled)) };
  });
  return differences.reduce((worst, one) => (one.worst > worst.worst ? one : worst));
}

/** Difference of the sums of all values, relative to the sum of their magnitudes: sees places that are not sampled. */
export function differenceOfSums(actual: Float32Array, { sum, sumOfMagnitudes }: SampledTensor): number {
  if (sum === null || sumOfMagnitudes === null) return 0;
  let actualSum = 0;
  for (let i = 0; i < actual.length; i++) actualSum += actual[i]!;
  return relative(Math.abs(actualSum - sum), sumOfMagnitudes);
}

/** Below this a value in double precision is zero but for rounding. */
const ZERO = 1e-12;

/** What is zero in theory has no scale to be relative to: the difference itself then counts. */
const relative = (difference: number, scale: number): number => (scale < ZERO ? difference : difference / scale);
