import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDenseLayers, buildImageBranch } from '../../../src/core/network/image-branch.ts';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import { isTrainable } from '../../../src/core/network/parameter-tensors.ts';
import type { Parameters } from '../../../src/core/network/parameters.ts';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { dropoutMasks } from '../../../src/services/trainer/tensorflow/dropout-masks.ts';
import type { TensorFlow } from '../../../src/services/trainer/tensorflow/tensorflow-network.ts';
import { openTensorFlowSession } from '../../../src/services/trainer/tensorflow/tensorflow-session.ts';
import type {
  LabelledInput,
  OpenTrainingSession,
  TrainingSessionOptions,
} from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { offsetParameters } from '../../core/network/registered-fixture.ts';
import { relativeDifference, smallBatch, smallNetwork } from './small-network.ts';

/** Relative to the largest value of each tensor: two float32 computations in another order of sums. */
const TOLERANCE = 2e-5;

const byTensorFlow: OpenTrainingSession = (...session) => openTensorFlowSession(tf, ...session);
const batch = smallBatch();
const { rowCount } = batch;

/** One step of a fresh session, whose masks begin anew. */
async function stepOf(
  open: OpenTrainingSession,
  network: NetworkDescription,
  parameters: Parameters,
  options: Omit<TrainingSessionOptions, 'rowCount'>,
  rows: LabelledInput = batch,
) {
  const gradients = parametersOver(network);
  const session = await open(network, parameters, gradients, { rowCount: rows.rowCount, ...options });
  const step = await session.computeGradients(rows).finally(() => session.close());
  return { ...step, gradients };
}

async function failureOf(promise: Promise<unknown>) {
  return domainErrorOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
}

/** TensorFlow whose differentiation throws. */
const throwing = (thrown: Error): TensorFlow => ({
  ...tf,
  valueAndGrads: () => () => {
    throw thrown;
  },
});

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('a step that cannot be done', () => {
  const network = smallNetwork('batch');
  const open = (of: TensorFlow) =>
    openTensorFlowSession(of, network, offsetParameters(network, 31), parametersOver(network), {
      rowCount,
      hasDropout: true,
    });

  test('a batch of another size is refused', async () => {
    const session = await open(tf);
    await expect(session.computeGradients({ ...batch, rowCount: 4 })).rejects.toThrow(RangeError);
  });

  test('memory that this process has not is said as such', async () => {
    const session = await open(throwing(new RangeError('Array buffer allocation failed')));
    const what = `a training step of 5 rows of network ${network.id}`;
    expect(await failureOf(session.computeGradients(batch))).toEqual({ kind: 'memory-insufficient', what });
  });

  test('memory that the card has not is a failure of the device, after which the CPU can go on', async () => {
    const session = await open(throwing(new Error('OOM when allocating tensor with shape[9,9] by GPU_0_bfc.\nnodes')));
    const why = 'OOM when allocating tensor with shape[9,9] by GPU_0_bfc';
    expect(await failureOf(session.computeGradients(batch))).toEqual({
      kind: 'device-failed',
      device: 'TensorFlow',
      why,
    });
  });

  test('nothing that TensorFlow holds is left behind by a step', async () => {
    const before = tf.memory().numTensors;
    const session = await open(tf);
    await session.computeGradients(batch);
    await session.computeGradients(batch);
    await session.close();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a step of TensorFlow is the one of onnxruntime', () => {
  const joined = smallNetwork();
  const cases: readonly (readonly [string, NetworkDescription])[] = [
    ['both branches, without normalisation', joined],
    ['both branches, with batch normalisation', smallNetwork('batch')],
    ['both branches, with layer normalisation', smallNetwork('layer')],
    ['the image alone', { ...joined, features: undefined, head: [{ ...joined.head[0]!, inputs: 5 }] }],
    ['the features alone', { ...joined, image: undefined, head: [{ ...joined.head[0]!, inputs: 5 }] }],
  ];

  test.each(cases)('%s: loss, P(MC), gradients and running averages', async (_, network) => {
    // Weights of the classes, too: without them a row counts 1, which would hide a weight in the wrong place.
    const options = { hasDropout: false, classWeights: { s: 0.75, mc: 1.5 } };
    const [ours, reference] = [offsetParameters(network, 31), offsetParameters(network, 31)];
    const given = await stepOf(byTensorFlow, network, ours, options);
    const expected = await stepOf(openTrainingSession, network, reference, options);
    expect(Math.abs(given.loss - expected.loss)).toBeLessThan(TOLERANCE);
    expect(relativeDifference(given.probabilities, expected.probabilities)).toBeLessThan(TOLERANCE);
    for (const tensor of ours.tensors) {
      const { name } = tensor;
      const gradient = expected.gradients.view(name);
      expect(
        gradient.some((value) => value !== 0),
        name,
      ).toBe(isTrainable(tensor));
      expect(relativeDifference(given.gradients.view(name), gradient), name).toBeLessThan(TOLERANCE);
      // Weights are left as they were; running averages have moved as far.
      expect(relativeDifference(ours.view(name), reference.view(name)), name).toBeLessThan(TOLERANCE);
    }
    const start = offsetParameters(network, 31);
    for (const { name } of ours.tensors.filter((tensor) => !isTrainable(tensor))) {
      expect(ours.view(name), name).not.toEqual(start.view(name));
    }
  });

  test('weights that change between two steps are read anew', async () => {
    const parameters = offsetParameters(joined, 31);
    const gradients = parametersOver(joined);
    const session = await byTensorFlow(joined, parameters, gradients, { rowCount, hasDropout: false });
    const first = await session.computeGradients(batch);
    parameters.flat.forEach((value, i) => (parameters.flat[i] = 0.5 * value));
    const second = await session.computeGradients(batch);
    const expected = await stepOf(openTrainingSession, joined, parameters, { hasDropout: false });
    expect(second.loss).not.toBe(first.loss);
    expect(Math.abs(second.loss - expected.loss)).toBeLessThan(TOLERANCE);
  });
});

describe('dropout by TensorFlow', () => {
  test.each([0.25, 0.5])('drops %f of the values and keeps the mean', (share) => {
    const count = 200_000;
    const mask = dropoutMasks(1)(count, share);
    const dropped = mask.filter((factor) => factor === 0).length;
    // Five standard deviations of a binomial share.
    expect(Math.abs(dropped / count - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));
    const kept = Math.fround(1 / (1 - share));
    expect(mask.every((factor) => factor === 0 || factor === kept)).toBe(true);
  });

  test('masks of one training drop independently of each other', () => {
    const count = 100_000;
    const draw = dropoutMasks(1);
    const [first, second] = [draw(count, 0.25), draw(count, 0.25)];
    const agreeing = first.filter((factor, i) => factor === second[i]).length;
    // Independent masks agree on 0.75² + 0.25²; five standard deviations are 0.0077.
    expect(Math.abs(agreeing / count - 0.625)).toBeLessThan(0.0077);
  });

  /**
   * Dropout after a block, between dense layers and before the head. The ReLU of the convolution never cuts: its biases
   * are 3 and the pixels small, since a difference across a kink is no derivative.
   */
  const image = buildImageBranch(
    { channels: 1, sidePix: 6, featureCount: 3 },
    {
      blocks: [{ convolutions: [{ filters: 2, kernelSide: 3, stride: 2 }], pooling: undefined, dropout: 0.5 }],
      dense: [{ outputs: 4, dropout: 0.25, isRectified: false }],
    },
  );
  const dense = buildDenseLayers('features.dense', 3, [{ outputs: 4, dropout: 0.5, isRectified: false }]);
  const network: NetworkDescription = {
    id: 'multi-modal',
    image,
    features: { count: 3, dense },
    head: [{ name: 'head.output', inputs: 8, outputs: 2, isRectified: false, dropout: 0 }],
  };
  const random = randomStream(41);
  const rows: LabelledInput = {
    rowCount: 6,
    images: Float32Array.from({ length: 6 * 36 }, () => random.uniform()),
    features: Float32Array.from({ length: 6 * 3 }, () => random.normal()),
    isMc: Uint8Array.of(1, 0, 0, 1, 0, 1),
  };
  const parameters = offsetParameters(network, 43);
  parameters.view('image.block1.conv1.bias').fill(3);
  const step = (dropoutSeed: number, hasDropout = true) =>
    stepOf(byTensorFlow, network, parameters, { hasDropout, dropoutSeed }, rows);

  test('two sessions of one seed do the same step to the bit, another seed does another, and so does none', async () => {
    const [first, again, other] = [await step(7), await step(7), await step(8)];
    expect(again.loss).toBe(first.loss);
    expect(again.gradients.flat).toEqual(first.gradients.flat);
    expect(other.loss).not.toBe(first.loss);
    expect((await step(7, false)).loss).toBe((await step(8, false)).loss);
  });

  test('one session draws other masks in each step', async () => {
    const options = { rowCount: 6, hasDropout: true, dropoutSeed: 7 };
    const session = await byTensorFlow(network, parameters, parametersOver(network), options);
    const { loss } = await session.computeGradients(rows);
    expect((await session.computeGradients(rows)).loss).not.toBe(loss);
  });

  test('gradients are the differences of the loss under the same masks', async () => {
    const { gradients } = await step(7);
    const largest = gradients.flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(0.01);
    const change = 2e-3;
    for (let i = 0; i < parameters.flat.length; i++) {
      const before = parameters.flat[i]!;
      parameters.flat[i] = before + change;
      const above = (await step(7)).loss;
      const high = parameters.flat[i]!;
      parameters.flat[i] = before - change;
      const below = (await step(7)).loss;
      const low = parameters.flat[i]!;
      parameters.flat[i] = before;
      // float32 losses of about 1 over a difference of 4e-3, and the curvature.
      expect(Math.abs((above - below) / (high - low) - gradients.flat[i]!)).toBeLessThan(2e-3 * largest + 1e-4);
    }
  });
});
