import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { defaultTrainingOf } from '../../../src/core/training/training-recipe.ts';
import type { TensorFlow } from '../../../src/services/trainer/tensorflow/tensorflow-network.ts';
import { openTensorFlowSession } from '../../../src/services/trainer/tensorflow/tensorflow-session.ts';
import type { NetworkTraining } from '../../../src/services/trainer/train-network.ts';
import { trainNetwork } from '../../../src/services/trainer/train-network.ts';
import type { TrainingDevice } from '../../../src/services/trainer/training-device.ts';
import { learnableSet } from './learnable-set.ts';
import { relativeDifference } from './small-network.ts';

const { training } = defaultTrainingOf('ann-only');
const featureNames = Array.from({ length: 32 }, (_, k) => `f${k}`);

const trainedBy = (device?: TrainingDevice, change: Partial<NetworkTraining> = {}) =>
  trainNetwork({
    network: describeNetwork('ann-only'),
    shape: { recipe: recipeForNetwork('ann-only'), featureNames },
    set: learnableSet(),
    // Without dropout, whose masks differ, and by a rule that keeps small gradients small: Adam divides each by its own
    // size, and rounding becomes a whole step.
    recipe: { ...training, epochs: 2, batchSize: 16, hasDropout: false, optimiser: 'nesterov' },
    threshold: 0.5,
    device,
    ...change,
  });

const tensorFlowDevice = (of: TensorFlow): TrainingDevice => ({
  provider: 'tensorflow',
  adapter: 'backend cpu',
  open: (...session) => openTensorFlowSession(of, ...session),
});

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('a training by TensorFlow', () => {
  test('where TensorFlow fails in the midst of it, the CPU does that step again and goes on to the same end', async () => {
    const heard: string[] = [];
    let steps = 0;
    const failing: TensorFlow = {
      ...tf,
      valueAndGrads: (lossOf) => {
        if (++steps > 13) throw new Error('the driver went away.');
        return tf.valueAndGrads(lossOf);
      },
    };
    const listener = { onDeviceFailed: (why: string) => heard.push(why) };
    const trained = await trainedBy(tensorFlowDevice(failing), { listener });
    const expected = await trainedBy();
    // Ten steps an epoch: the fourth of the second one fails, once.
    expect(steps).toBe(14);
    expect(heard).toEqual(['the driver went away']);
    expect(trained.hasDeviceFailed).toBe(true);
    expect(relativeDifference(trained.parameters.flat, expected.parameters.flat)).toBeLessThan(1e-6);
  });

  test('two epochs end at the weights and losses of onnxruntime but for rounding', async () => {
    const given = await trainedBy(tensorFlowDevice(tf));
    const expected = await trainedBy();
    expect(given.hasDeviceFailed).toBe(false);
    expect(relativeDifference(given.parameters.flat, expected.parameters.flat)).toBeLessThan(1e-6);
    expect(given.history).toHaveLength(2);
    given.history.forEach((epoch, index) => {
      expect(Math.abs(epoch.trainLoss - expected.history[index]!.trainLoss)).toBeLessThan(1e-6);
      expect(Math.abs(epoch.validationLoss - expected.history[index]!.validationLoss)).toBeLessThan(1e-6);
    });
  });
});
