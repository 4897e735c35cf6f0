import { setImmediate as nextTurn } from 'node:timers/promises';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { initialParameters, parametersOver } from '../../core/network/parameters.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import { randomStream } from '../../core/random/philox.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import { bestEpochOf, validationMetrics } from '../../core/training/epoch-history.ts';
import { createOptimiser } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { learningRateAt } from '../../core/training/training-recipe.ts';
import type { NetworkShape } from '../inference/onnx-session.ts';
import { networkSessionOf } from '../inference/onnx-session.ts';
import type { BatchMaker, Example } from './batches.ts';
import { usableBlockSize } from './block-size.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { openTrainingSession } from './training-session.ts';
import type { TrainingSet } from './training-set.ts';

/** Streams under the training seed from which on each epoch has its own. */
const SHUFFLE_STREAM = 1000;
/** Dropouts of one graph count their seeds from the epoch's first on. */
const DROPOUT_SEEDS_PER_EPOCH = 100;
/** Rows per batch when only probabilities are wanted. */
const INFERENCE_BATCH = 64;

/** Told what happens; all are optional to hear. */
export interface TrainingListener {
  onStep?(done: { readonly epoch: number; readonly step: number; readonly stepCount: number; loss: number }): void;
  onEpoch?(metrics: EpochMetrics): void;
}

export interface NetworkTraining {
  readonly network: NetworkDescription;
  readonly shape: NetworkShape;
  readonly set: TrainingSet;
  readonly recipe: TrainingRecipe;
  readonly threshold: number;
  /** Where to keep a checkpoint after each epoch; none is written where absent. */
  readonly checkpoint?: { readonly path: string; readonly fingerprint: string; readonly resume: boolean } | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly listener?: TrainingListener | undefined;
}

export interface TrainedNetwork {
  /** Weights of the best epoch. */
  readonly parameters: Parameters;
  readonly history: readonly EpochMetrics[];
  readonly best: EpochMetrics;
  /** True where it was stopped before its last epoch. */
  readonly isStopped: boolean;
}

/**
 * Trains for the recipe's epochs and keeps the weights of the epoch with the lowest validation loss. Each epoch shuffles
 * the examples, leaves out what does not fill a batch, and depends on nothing but the seed and the weights before it, so
 * a resumed training ends where an uninterrupted one does. When the signal is aborted it stops after the current step
 * and what the best whole epoch gave is returned.
 * @throws DomainFailure 'training-data-insufficient' with less than one batch; 'cancelled' when stopped before the end
 * of the first epoch
 */
export async function trainNetwork(training: NetworkTraining): Promise<TrainedNetwork> {
  const { network, recipe, set, checkpoint, signal } = training;
  const stepsPerEpoch = Math.floor(set.trainCount / recipe.batchSize);
  if (stepsPerEpoch === 0) {
    const why = `${set.trainCount} training examples do not fill one batch of ${recipe.batchSize}`;
    throw new DomainFailure({ kind: 'training-data-insufficient', why });
  }
  const saved = checkpoint?.resume ? await readCheckpoint(checkpoint.path, checkpoint.fingerprint) : undefined;
  const parameters = saved ? parametersOver(network, saved.weights) : initialParameters(network, recipe.seed);
  const gradients = parametersOver(network);
  const optimiser = createOptimiser(recipe.optimiser, parameters.flat.length, saved?.optimiser);
  const best = parametersOver(network, saved?.bestWeights);
  const history = [...(saved?.history ?? [])];
  const blockSize = await usableBlockSize(network);
  let isStopped = false;

  for (let epoch = history.length + 1; epoch <= recipe.epochs; epoch++) {
    const examples = [...set.trainExamples(epoch)];
    randomStream(recipe.seed, SHUFFLE_STREAM + epoch).shuffleInPlace(examples);
    // A session per epoch ties the dropout masks to the epoch, whatever came before it in this process.
    const session = await openTrainingSession(network, parameters, gradients, {
      rowCount: recipe.batchSize,
      hasDropout: recipe.hasDropout,
      dropoutSeed: recipe.seed + epoch * DROPOUT_SEEDS_PER_EPOCH,
      blockSize,
    });
    let lossSum = 0;
    let rightCount = 0;
    try {
      for (let step = 0; step < stepsPerEpoch && !signal?.aborted; step++) {
        const batch = set.batches.batchOf(examples.slice(step * recipe.batchSize, (step + 1) * recipe.batchSize));
        const { loss, probabilities } = await session.computeGradients(batch);
        const done = (epoch - 1) * stepsPerEpoch + step;
        optimiser.step(parameters.flat, gradients.flat, learningRateAt(recipe, done, recipe.epochs * stepsPerEpoch));
        lossSum += loss;
        probabilities.forEach((p, row) => (rightCount += p >= training.threshold === (batch.isMc[row] === 1) ? 1 : 0));
        training.listener?.onStep?.({ epoch, step: step + 1, stepCount: stepsPerEpoch, loss });
        // run() holds the thread: without a turn of the loop Ctrl-C would never be heard.
        await nextTurn();
      }
    } finally {
      await session.close();
    }
    if (signal?.aborted) {
      isStopped = true;
      break;
    }
    const validation = await probabilitiesOf(network, parameters, training.shape, set.batches, set.validation);
    const metrics: EpochMetrics = {
      epoch,
      trainLoss: lossSum / stepsPerEpoch,
      trainAccuracy: rightCount / (stepsPerEpoch * recipe.batchSize),
      ...validationMetrics(validation.isMc, validation.probability, training.threshold),
    };
    history.push(metrics);
    if (bestEpochOf(history) === metrics) best.flat.set(parameters.flat);
    training.listener?.onEpoch?.(metrics);
    if (checkpoint !== undefined) {
      const { fingerprint, path } = checkpoint;
      const { flat: weights } = parameters;
      await writeCheckpoint(path, {
        fingerprint,
        history,
        weights,
        bestWeights: best.flat,
        optimiser: optimiser.state,
      });
    }
  }
  const bestEpoch = bestEpochOf(history);
  if (bestEpoch === undefined) throw new DomainFailure({ kind: 'cancelled' });
  return { parameters: best, history, best: bestEpoch, isStopped };
}

/** P(MC) of examples under the given weights, and their truth, in their order. */
export async function probabilitiesOf(
  network: NetworkDescription,
  parameters: Parameters,
  shape: NetworkShape,
  batches: BatchMaker,
  examples: readonly Example[],
): Promise<{ isMc: Uint8Array; probability: Float32Array }> {
  const session = await networkSessionOf(joinChunks(inferenceModel(network, parameters)), shape);
  const isMc = new Uint8Array(examples.length);
  const probability = new Float32Array(examples.length);
  try {
    for (let from = 0; from < examples.length; from += INFERENCE_BATCH) {
      const batch = batches.batchOf(examples.slice(from, from + INFERENCE_BATCH));
      isMc.set(batch.isMc, from);
      probability.set(await session.probabilities(batch), from);
    }
  } finally {
    await session.close();
  }
  return { isMc, probability };
}
