import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { buildDenseLayers } from '../../../src/core/network/image-branch.ts';
import { dropout } from '../../../src/core/network/layer-gradients.ts';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import { OnnxGraph } from '../../../src/core/network/onnx-graph.ts';
import { dropoutSeeds } from '../../../src/core/network/training-graph.ts';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import type { Parameters } from '../../../src/core/network/parameters.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { ClassWeights } from '../../../src/core/training/class-weights.ts';
import type { LabelledInput } from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { offsetParameters } from '../../core/network/registered-fixture.ts';

async function droppedOnes(share: number, seed: number, count: number): Promise<Float32Array> {
  const graph = new OnnxGraph();
  const { output } = dropout(graph, graph.input('x', [count]), share, seed);
  graph.output(output, [count]);
  const session = await InferenceSession.create(joinChunks(graph.modelChunks()), { logSeverityLevel: 3 });
  const outputs = await session.run({ x: new Tensor('float32', new Float32Array(count).fill(1), [count]) });
  await session.release();
  return outputs[output]!.data as Float32Array;
}

describe('dropout', () => {
  test.each([0.25, 0.5])('drops %f of the values and keeps the mean', async (share) => {
    const count = 200_000;
    const values = await droppedOnes(share, 1, count);
    const dropped = values.filter((value) => value === 0).length;
    // Five standard deviations of a binomial share.
    expect(Math.abs(dropped / count - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));
    const kept = Math.fround(1 / (1 - share));
    expect(values.every((value) => value === 0 || Math.abs(value - kept) < 1e-6)).toBe(true);
  });

  test('the dropouts of one graph drop independently of each other, each the same every time', async () => {
    const count = 100_000;
    const next = dropoutSeeds(1);
    const seeds = Array.from({ length: 6 }, next);
    const masks = await Promise.all(seeds.map((seed) => droppedOnes(0.25, seed, count)));
    expect(await droppedOnes(0.25, seeds[0]!, count)).toEqual(masks[0]);
    masks.forEach((mask, index) => {
      for (const other of masks.slice(index + 1)) {
        const agreeing = mask.filter((value, i) => (value === 0) === (other[i] === 0)).length;
        // Independent masks agree on 0.75² + 0.25²; five standard deviations are 0.0077.
        expect(Math.abs(agreeing / count - 0.625)).toBeLessThan(0.0077);
      }
    });
  });
});

/**
 * Two dense layers with dropout over five features: small enough for a derivative by every weight. Without ReLU, since a
 * difference across its kink is no derivative.
 */
const network: NetworkDescription = {
  id: 'ann-only',
  image: undefined,
  features: {
    count: 5,
    dense: buildDenseLayers('features.dense', 5, [
      { outputs: 8, dropout: 0.5, isRectified: false },
      { outputs: 6, dropout: 0.25, isRectified: false },
    ]),
  },
  head: [{ name: 'head.output', inputs: 6, outputs: 2, isRectified: false, dropout: 0 }],
};
const random = randomStream(41);
const batch: LabelledInput = {
  rowCount: 6,
  images: new Float32Array(0),
  features: Float32Array.from({ length: 30 }, () => random.normal()),
  isMc: Uint8Array.of(1, 0, 0, 1, 0, 1),
};

/** A fresh session begins its masks anew: the same seed gives the same masks. */
async function lossAndGradients(parameters: Parameters, hasDropout: boolean, classWeights?: ClassWeights) {
  const gradients = parametersOver(network);
  const options = { rowCount: batch.rowCount, hasDropout, dropoutSeed: 7, classWeights };
  const session = await openTrainingSession(network, parameters, gradients, options);
  const { loss } = await session.computeGradients(batch).finally(() => session.close());
  return { loss, gradients };
}

describe('gradients against central differences', () => {
  test.each([
    ['with dropout', true, undefined],
    ['with class weights', false, { s: 0.5, mc: 2 }],
    ['with dropout and class weights', true, { s: 0.75, mc: 1.5 }],
  ] as const)('%s', async (_, hasDropout, weights) => {
    const parameters = offsetParameters(network, 43);
    const { gradients } = await lossAndGradients(parameters, hasDropout, weights);
    const largest = gradients.flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0.01);
    const step = 2e-3;
    for (let i = 0; i < parameters.flat.length; i += 3) {
      const before = parameters.flat[i]!;
      parameters.flat[i] = before + step;
      const above = (await lossAndGradients(parameters, hasDropout, weights)).loss;
      const high = parameters.flat[i]!;
      parameters.flat[i] = before - step;
      const below = (await lossAndGradients(parameters, hasDropout, weights)).loss;
      const low = parameters.flat[i]!;
      parameters.flat[i] = before;
      // float32 losses of about 1 over a step of 2e-3: 6e-8 / 4e-3 and the curvature.
      expect(Math.abs((above - below) / (high - low) - gradients.flat[i]!)).toBeLessThan(2e-3 * largest + 1e-4);
    }
  });

  test('weights of 1 are no weights, to the bit', async () => {
    const parameters = offsetParameters(network, 43);
    const plain = await lossAndGradients(parameters, true);
    const weighted = await lossAndGradients(parameters, true, { s: 1, mc: 1 });
    expect(weighted.gradients.flat).toEqual(plain.gradients.flat);
  });
});
