import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import type { TrainingRecipe } from '../../../src/core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../../src/core/training/training-recipe.ts';
import type { TrainingIdentity } from '../../../src/services/trainer/checkpoint.ts';
import { trainNetwork } from '../../../src/services/trainer/train-network.ts';
import type { NetworkTraining } from '../../../src/services/trainer/train-network.ts';
import { learnableSet } from './learnable-set.ts';

const network = describeNetwork('ann-only');
const shape = { recipe: recipeForNetwork('ann-only'), featureNames: Array.from({ length: 32 }, (_, k) => `f${k}`) };
const recipe: TrainingRecipe = { ...defaultTrainingOf('ann-only').training, epochs: 3, batchSize: 16 };

const identity = (dataSha256 = 'a'): TrainingIdentity => ({
  recipe: shape.recipe,
  training: recipe,
  dataSha256,
  startSha256: null,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-trainer-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const training = (change: Partial<NetworkTraining> = {}): NetworkTraining => ({
  network,
  shape,
  set: learnableSet(),
  recipe,
  threshold: 0.5,
  ...change,
});

async function failureOf(promise: Promise<unknown>) {
  return domainErrorOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
}

describe('training', () => {
  test('less than one batch is refused', async () => {
    const error = await failureOf(trainNetwork(training({ set: learnableSet(15) })));
    expect(error).toMatchObject({ kind: 'training-data-insufficient' });
  });

  test('stopped before the first epoch is over, there is nothing to keep', async () => {
    const stop = new AbortController();
    const listener = { onStep: () => stop.abort() };
    expect(await failureOf(trainNetwork(training({ signal: stop.signal, listener })))).toEqual({ kind: 'cancelled' });
  });

  test('stopped later, the best whole epoch is kept', async () => {
    const stop = new AbortController();
    const trained = await trainNetwork(
      training({ signal: stop.signal, listener: { onStep: ({ epoch }) => (epoch === 2 ? stop.abort() : undefined) } }),
    );
    expect(trained.isStopped).toBe(true);
    expect(trained.history).toHaveLength(1);
  });

  test('learns what can be learned, and keeps the epoch of the lowest validation loss', async () => {
    const { history, best } = await trainNetwork(training({ recipe: { ...recipe, epochs: 10 } }));
    expect(best.validationAuc).toBeGreaterThan(0.9);
    expect(best.validationLoss).toBe(Math.min(...history.map(({ validationLoss }) => validationLoss)));
  });

  test('killed after an epoch and resumed, it ends at the very weights of an uninterrupted training', async () => {
    const path = join(folder, 'checkpoint');
    const checkpoint = { path, identity: identity(), resume: true };
    const whole = await trainNetwork(training());
    const stop = new AbortController();
    const listener = { onStep: ({ epoch }: { epoch: number }) => (epoch === 3 ? stop.abort() : undefined) };
    const first = await trainNetwork(training({ checkpoint, signal: stop.signal, listener }));
    expect(existsSync(path)).toBe(true);
    const resumed = await trainNetwork(training({ checkpoint }));
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.parameters.flat).toEqual(whole.parameters.flat);
    // The wall time of all starts, for the card.
    expect(resumed.wallSeconds!).toBeGreaterThan(first.wallSeconds!);
  });

  test('a checkpoint that is cut short or belongs to another training is refused', async () => {
    const path = join(folder, 'checkpoint');
    const checkpoint = { path, identity: identity(), resume: true };
    await trainNetwork(training({ checkpoint }));
    const other = trainNetwork(training({ checkpoint: { ...checkpoint, identity: identity('b') } }));
    expect(await failureOf(other)).toMatchObject({ kind: 'checkpoint-invalid' });
    truncateSync(path, 5000);
    expect(await failureOf(trainNetwork(training({ checkpoint })))).toMatchObject({
      kind: 'checkpoint-invalid',
    });
  });
});
