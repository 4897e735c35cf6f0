import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { inferenceModel, PROBABILITIES_OUTPUT } from '../../../src/core/network/inference-graph.ts';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import { isTrainable, parameterCount } from '../../../src/core/network/parameter-tensors.ts';
import type { Parameters } from '../../../src/core/network/parameters.ts';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { createOptimiser, OPTIMISER_NAMES } from '../../../src/core/training/optimiser.ts';
import type { LabelledInput, TrainingSession } from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import {
  differenceOfSums,
  FIXTURE_NAMES,
  offsetParameters,
  registeredBatch,
  registeredFixture,
  registeredNetwork,
  worstAfter,
  worstAtSamples,
} from '../../core/network/registered-fixture.ts';

/**
 * Relative to the largest value of each tensor; the reference is float64, the graph float32. Adam and RMSprop divide a
 * gradient by its own size, so that the rounding of a small one becomes part of a step.
 */
const TOLERANCE = 1e-5;
const STEP_TOLERANCE = { sgd: 1e-5, nesterov: 1e-5, rmsprop: 1e-4, adam: 1e-4 } as const;

/** P(MC) by the inference graph; sessions of the program itself take pictures of 128 pixels only. */
async function inferProbabilities(
  network: NetworkDescription,
  parameters: Parameters,
  { rowCount, images, features }: LabelledInput,
): Promise<number[]> {
  const session = await InferenceSession.create(joinChunks(inferenceModel(network, parameters)), {
    logSeverityLevel: 3,
  });
  const feeds: Record<string, Tensor> = {};
  if (network.image) {
    const { channels, sidePix } = network.image;
    feeds['images'] = new Tensor('float32', images, [rowCount, channels, sidePix, sidePix]);
  }
  if (network.features) feeds['features'] = new Tensor('float32', features, [rowCount, network.features.count]);
  const outputs = await session.run(feeds).finally(() => session.release());
  const both = outputs[PROBABILITIES_OUTPUT]!.data as Float32Array;
  return Array.from({ length: rowCount }, (_, row) => both[2 * row + 1]!);
}

describe.each(FIXTURE_NAMES)('network of recipe %s', (name) => {
  const fixture = registeredFixture(name);
  const network = registeredNetwork(name, fixture);
  const batch = registeredBatch(fixture);
  const gradients = parametersOver(network);
  const start = offsetParameters(network, fixture.seed);
  const parameters: Parameters = parametersOver(network, Float32Array.from(start.flat));
  let session: TrainingSession;

  beforeAll(async () => {
    const options = { rowCount: fixture.labels.length, hasDropout: false };
    session = await openTrainingSession(network, parameters, gradients, options);
  });
  afterAll(async () => session.close());

  test('has the layers and the number of parameters of the one written in PyTorch', () => {
    const shapes = parameters.tensors.filter(isTrainable).map((tensor) => [tensor.name, tensor.shape]);
    expect(shapes).toEqual(Object.entries(fixture.shapes));
    expect(parameterCount(network)).toBe(fixture.parameterCount);
    if (network.features) expect(featureNamesOf(recipeOf(name).features)).toHaveLength(fixture.featureCount);
  });

  test('loss, probabilities and gradients are those of PyTorch in float64', async () => {
    parameters.flat.set(start.flat);
    const { loss, probabilities } = await session.computeGradients(batch);
    expect(Math.abs(loss - fixture.optimisers.sgd.losses[0]!)).toBeLessThan(TOLERANCE);
    probabilities.forEach((p, row) => expect(Math.abs(p - fixture.probabilities[row]!)).toBeLessThan(TOLERANCE));
    for (const [key, expected] of Object.entries(fixture.gradients)) {
      expect(worstAtSamples(gradients.view(key), expected), key).toBeLessThan(TOLERANCE);
      expect(differenceOfSums(gradients.view(key), expected), key).toBeLessThan(TOLERANCE);
    }
  });

  test.each(OPTIMISER_NAMES)('three steps of %s end where PyTorch does, running averages included', async (kind) => {
    const expected = fixture.optimisers[kind];
    const ends = [expected, fixture.otherEnds?.[kind]].filter((end) => end !== undefined);
    const tolerance = STEP_TOLERANCE[kind];
    parameters.flat.set(start.flat);
    const optimiser = createOptimiser(kind, parameters.flat.length);
    for (const loss of expected.losses) {
      const step = await session.computeGradients(batch);
      expect(Math.abs(step.loss - loss) / Math.max(1, loss)).toBeLessThan(tolerance);
      optimiser.step(parameters.flat, gradients.flat, fixture.learningRates[kind]);
    }
    const distances = ends.map((end) => ({ end, ...worstAfter(parameters, end) }));
    const { end, key, worst } = distances.reduce((nearest, one) => (one.worst < nearest.worst ? one : nearest));
    expect(worst, key).toBeLessThan(tolerance);
    // One optimiser is enough to show that weights and running averages reach the inference graph.
    if (kind !== 'nesterov') return;
    const inferred = await inferProbabilities(network, parameters, batch);
    inferred.forEach((p, row) => expect(Math.abs(p - end.inference[row]!)).toBeLessThan(tolerance));
  });
});
