import { describe, expect, test } from 'vitest';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { createOptimiser } from '../../../src/core/training/optimiser.ts';
import { usableBlockSize } from '../../../src/services/trainer/block-size.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import {
  fixtureBatch,
  fixtureParameters,
  networkFixture,
  relativeSumDifference,
  worstRelativeDifference,
} from '../../core/network/network-fixture.ts';

/** Relative to the largest value of each tensor; the reference is float64, the graph float32. */
const TOLERANCE = 1e-5;

const compact = describeNetwork('compact');

async function gradientsOf(constant: number | undefined, blockSize?: 8 | 16) {
  const parameters = fixtureParameters(compact);
  const gradients = parametersOver(compact);
  const options = { rowCount: networkFixture.rows, hasDropout: false, blockSize };
  const session = await openTrainingSession(compact, parameters, gradients, options);
  const step = await session.computeGradients(fixtureBatch(constant));
  await session.close();
  return { gradients, step };
}

describe('training graph of compact', () => {
  test('a batch of another size is refused', async () => {
    const parameters = fixtureParameters(compact);
    const options = { rowCount: 8, hasDropout: false };
    const session = await openTrainingSession(compact, parameters, parametersOver(compact), options);
    await expect(session.computeGradients(fixtureBatch())).rejects.toThrow(RangeError);
    await session.close();
  });

  test.each([
    ['images with sources', undefined, networkFixture.compact],
    ['constant images, where every pooling window is a tie', 0.5, networkFixture.ties],
    ['blank images', 0, networkFixture.blank],
  ])('loss, probabilities and gradients of %s are those of PyTorch in float64', async (_, constant, expected) => {
    const { gradients, step } = await gradientsOf(constant);
    expect(Math.abs(step.loss - expected.losses[0]!)).toBeLessThan(TOLERANCE);
    step.probabilities.forEach((p, row) => expect(Math.abs(p - expected.probabilities[row]!)).toBeLessThan(TOLERANCE));
    for (const { name } of gradients.tensors) {
      const reference = expected.gradients[name]!;
      if (reference.largest === 0) {
        expect(
          gradients.view(name).every((value) => value === 0),
          name,
        ).toBe(true);
        continue;
      }
      expect(worstRelativeDifference(gradients.view(name), reference), name).toBeLessThan(TOLERANCE);
      expect(relativeSumDifference(gradients.view(name), reference), name).toBeLessThan(TOLERANCE);
    }
  });

  test('the graph in blocked order gives the gradients of PyTorch too, ties included, where the CPU has one', async (context) => {
    const blockSize = await usableBlockSize(compact);
    if (blockSize === undefined) return context.skip('onnxruntime has no blocked kernels on this CPU');
    for (const [constant, expected] of [
      [undefined, networkFixture.compact],
      [0.5, networkFixture.ties],
    ] as const) {
      const { gradients } = await gradientsOf(constant, blockSize);
      for (const { name } of gradients.tensors) {
        expect(worstRelativeDifference(gradients.view(name), expected.gradients[name]!), name).toBeLessThan(TOLERANCE);
      }
    }
  });

  test('three Nesterov steps end at the parameters of PyTorch in float64', async () => {
    const parameters = fixtureParameters(compact);
    const gradients = parametersOver(compact);
    const options = { rowCount: networkFixture.rows, hasDropout: false };
    const session = await openTrainingSession(compact, parameters, gradients, options);
    const optimiser = createOptimiser('nesterov', parameters.flat.length);
    const losses: number[] = [];
    for (let step = 0; step < 3; step++) {
      losses.push((await session.computeGradients(fixtureBatch())).loss);
      optimiser.step(parameters.flat, gradients.flat, networkFixture.learningRate);
    }
    await session.close();
    const { losses: expectedLosses, afterThreeSteps } = networkFixture.compact;
    losses.forEach((loss, k) => expect(Math.abs(loss - expectedLosses[k]!)).toBeLessThan(TOLERANCE));
    for (const { name } of parameters.tensors) {
      expect(worstRelativeDifference(parameters.view(name), afterThreeSteps![name]!), name).toBeLessThan(TOLERANCE);
    }
  });

  test('dropout leaves the masks to the seed: the same seed gives the same loss, another seed another', async () => {
    const lossWith = async (dropoutSeed: number): Promise<number> => {
      const options = { rowCount: networkFixture.rows, hasDropout: true, dropoutSeed };
      const session = await openTrainingSession(compact, fixtureParameters(compact), parametersOver(compact), options);
      const { loss } = await session.computeGradients(fixtureBatch());
      await session.close();
      return loss;
    };
    const first = await lossWith(1);
    expect(await lossWith(1)).toBe(first);
    expect(await lossWith(1001)).not.toBe(first);
  });

  test('with one thread the same batch gives the same gradients to the bit, dropout included', async () => {
    const gradientsOnce = async (): Promise<Float32Array> => {
      const gradients = parametersOver(compact);
      const options = { rowCount: networkFixture.rows, hasDropout: true, dropoutSeed: 5, threads: 1 };
      const session = await openTrainingSession(compact, fixtureParameters(compact), gradients, options);
      await session.computeGradients(fixtureBatch());
      await session.close();
      return gradients.flat;
    };
    expect(await gradientsOnce()).toEqual(await gradientsOnce());
  });
});
