import { setImmediate as nextTurn } from 'node:timers/promises';
import { piecesOf } from '../threads/in-turn.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import type { BlockSize } from '../../core/network/blocked-layers.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import { parameterSize } from '../../core/network/parameter-tensors.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { initialParameters, parametersOver } from '../../core/network/parameters.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import { randomStream } from '../../core/random/philox.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ConfusionCounts } from '../../core/evaluation/confusion.ts';
import { confusionCounts } from '../../core/evaluation/confusion.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import { classWeightsOf } from '../../core/training/class-weights.ts';
import { bestEpochOf, trainMetrics, validationMetrics } from '../../core/training/epoch-history.ts';
import type { Optimiser } from '../../core/training/optimiser.ts';
import { createOptimiser } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { learningRateAt } from '../../core/training/training-recipe.ts';
import type { NetworkSession, NetworkShape } from '../inference/onnx-session.ts';
import { networkSessionOf } from '../inference/onnx-session.ts';
import type { BatchLoader } from './batch-loader.ts';
import { batchesAhead } from './batch-loader.ts';
import type { BatchMaker, Example } from './batches.ts';
import { usableBlockSize } from './block-size.ts';
import type { TrainingIdentity } from './checkpoint.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { openSteadySession } from './steady-session.ts';
import type { TrainingDevice } from './training-device.ts';
import type { TrainingSet } from './training-set.ts';

/** Streams under the training seed from which on each epoch has its own. */
const SHUFFLE_STREAM = 1000;
/** Each epoch draws the seeds of its dropouts from a seed of its own: the training's and this times the epoch. */
const DROPOUT_SEED_STRIDE = 100;
/** Rows per batch when only probabilities are wanted. */
const INFERENCE_BATCH = 64;

/** Told what happens; all are optional to hear. */
export interface TrainingListener {
  onStep?(done: TrainingProgress): void;
  onEpoch?(metrics: EpochMetrics): void;
  /** The device failed and the CPU goes on, from the same step. */
  onDeviceFailed?(why: string): void;
}

export interface TrainingProgress {
  readonly epoch: number;
  /** Steps done of this epoch. */
  readonly step: number;
  readonly stepCount: number;
  readonly loss: number;
  /** Time that was waited for the batch, and the step in all [ms]. */
  readonly batchMs: number;
  readonly stepMs: number;
}

export interface NetworkTraining {
  readonly network: NetworkDescription;
  readonly shape: NetworkShape;
  readonly set: TrainingSet;
  readonly recipe: TrainingRecipe;
  readonly threshold: number;
  /** Weights to begin with (fine-tuning), which are changed; drawn from the seed where absent. */
  readonly start?: Parameters | undefined;
  /** Where to keep a checkpoint after each epoch; none is written where absent. */
  readonly checkpoint?: CheckpointPlace | undefined;
  /** What computes the steps; the CPU where absent. */
  readonly device?: TrainingDevice | undefined;
  /** Threads of one step; onnxruntime's own choice where absent. With one, equal inputs give equal weights to the bit. */
  readonly threads?: number | undefined;
  /** Takes no further step: the best epoch of the checkpoint is the result. */
  readonly finishNow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly listener?: TrainingListener | undefined;
}

export interface CheckpointPlace {
  readonly path: string;
  readonly identity: TrainingIdentity;
  /** Goes on from what is there; otherwise a checkpoint there is written over. */
  readonly resume: boolean;
}

export interface TrainedNetwork {
  /** Weights of the best epoch. */
  readonly parameters: Parameters;
  readonly history: readonly EpochMetrics[];
  readonly best: EpochMetrics;
  /** True where it was stopped before its last epoch. */
  readonly isStopped: boolean;
  /** Wall time of the whole epochs, over every start [s]; undefined where a start did not keep it. */
  readonly wallSeconds: number | undefined;
  /** True where the device failed on the way, and the CPU went on. */
  readonly hasDeviceFailed: boolean;
}

/**
 * Trains for the recipe's epochs and keeps the weights of the epoch with the lowest validation loss. Each epoch shuffles
 * the examples, leaves out what does not fill a batch, and depends on nothing but the seed and the weights before it, so
 * a resumed training ends where an uninterrupted one does. When the signal is aborted it stops after the current step
 * and what the best whole epoch gave is returned.
 * @throws DomainFailure 'training-data-insufficient' with less than one batch; 'cancelled' when stopped before the end
 * of the first epoch; 'file-unwritable' where a checkpoint cannot be kept: the one before it is still there
 */
export async function trainNetwork(training: NetworkTraining): Promise<TrainedNetwork> {
  const { network, recipe, set, checkpoint, signal } = training;
  if (stepsPerEpoch(training) === 0) {
    const why = `${set.trainCount} training examples do not fill one batch of ${recipe.batchSize}`;
    throw new DomainFailure({ kind: 'training-data-insufficient', why });
  }
  const saved = checkpoint?.resume ? await readCheckpoint(checkpoint.path, checkpoint.identity, network) : undefined;
  const state: TrainingState = {
    parameters: saved
      ? parametersOver(network, saved.weights)
      : (training.start ?? initialParameters(network, recipe.seed)),
    gradients: parametersOver(network),
    optimiser: createOptimiser(recipe.optimiser, parameterSize(network), saved?.optimiser),
    device: training.device,
    blockSizeOnCpu: askedOnce(() => usableBlockSize(network)),
    loader: set.openLoader(),
  };
  const best = parametersOver(network, saved?.bestWeights);
  const history = [...(saved?.history ?? [])];
  let wallSeconds = saved === undefined ? 0 : saved.wallSeconds;
  // What an earlier start did is told again: who listens now may not have heard it.
  for (const metrics of history) training.listener?.onEpoch?.(metrics);
  let isStopped = training.finishNow === true && history.length < recipe.epochs;
  try {
    for (let epoch = history.length + 1; epoch <= recipe.epochs && !isStopped; epoch++) {
      const began = performance.now();
      const trained = await trainEpoch(training, state, epoch);
      if (trained === undefined) {
        isStopped = true;
        break;
      }
      const validation = await probabilitiesOf(network, state.parameters, training.shape, state.loader, set.validation);
      const metrics: EpochMetrics = {
        epoch,
        ...trained,
        ...validationMetrics(validation.isMc, validation.probability, training.threshold),
      };
      history.push(metrics);
      if (bestEpochOf(history) === metrics) best.flat.set(state.parameters.flat);
      if (wallSeconds !== undefined) wallSeconds += (performance.now() - began) / 1000;
      if (checkpoint !== undefined) {
        await writeCheckpoint(checkpoint.path, {
          identity: checkpoint.identity,
          history,
          weights: state.parameters.flat,
          bestWeights: best.flat,
          optimiser: state.optimiser.state,
          wallSeconds,
        });
      }
      // Told only when it is kept: what a window has shown survives the next moment.
      training.listener?.onEpoch?.(metrics);
      if (signal?.aborted) isStopped = epoch < recipe.epochs;
      if (isStopped) break;
    }
  } finally {
    await state.loader.close();
  }
  const bestEpoch = bestEpochOf(history);
  if (bestEpoch === undefined) throw new DomainFailure({ kind: 'cancelled' });
  const hasDeviceFailed = state.device !== training.device;
  return { parameters: best, history, best: bestEpoch, isStopped, wallSeconds, hasDeviceFailed };
}

interface TrainingState {
  readonly parameters: Parameters;
  readonly gradients: Parameters;
  readonly optimiser: Optimiser;
  /** Undefined, which is the CPU, from the moment on at which it failed. */
  device: TrainingDevice | undefined;
  readonly blockSizeOnCpu: () => Promise<BlockSize | undefined>;
  readonly loader: BatchLoader;
}

/** The probe takes up to a second: it is made when its answer is first wanted. */
function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

const stepsPerEpoch = ({ set, recipe }: NetworkTraining): number => Math.floor(set.trainCount / recipe.batchSize);

/** One pass over the examples; undefined where it was stopped before its end. */
async function trainEpoch(
  training: NetworkTraining,
  state: TrainingState,
  epoch: number,
): Promise<ReturnType<typeof trainMetrics> | undefined> {
  const { network, recipe, set, signal, listener } = training;
  const { parameters, gradients, optimiser, loader } = state;
  const stepCount = stepsPerEpoch(training);
  const examples = [...set.trainExamples(epoch)];
  randomStream(recipe.seed, SHUFFLE_STREAM + epoch).shuffleInPlace(examples);
  const lists = Array.from({ length: stepCount }, (_, step) =>
    examples.slice(step * recipe.batchSize, (step + 1) * recipe.batchSize),
  );
  // A session per epoch ties the dropout masks to the epoch, whatever came before it in this process.
  const session = await openSteadySession(network, parameters, gradients, {
    rowCount: recipe.batchSize,
    hasDropout: recipe.hasDropout,
    dropoutSeed: recipe.seed + epoch * DROPOUT_SEED_STRIDE,
    device: state.device,
    blockSizeOnCpu: state.blockSizeOnCpu,
    classWeights: classWeightsOf(recipe, set.trainMcCount, set.trainCount - set.trainMcCount),
    threads: training.threads,
    onDeviceFailed: (why) => {
      state.device = undefined;
      listener?.onDeviceFailed?.(why);
    },
  });
  let lossSum = 0;
  const counts = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
  try {
    let step = 0;
    let started = performance.now();
    for await (const batch of batchesAhead(loader, lists)) {
      const made = performance.now();
      if (signal?.aborted) return undefined;
      const { loss, probabilities } = await session.computeGradients(batch);
      const done = (epoch - 1) * stepCount + step;
      step++;
      optimiser.step(parameters.flat, gradients.flat, learningRateAt(recipe, done, recipe.epochs * stepCount));
      lossSum += loss;
      addCounts(counts, confusionCounts(batch.isMc, probabilities, training.threshold));
      const [batchMs, stepMs] = [made - started, performance.now() - started];
      listener?.onStep?.({ epoch, step, stepCount, loss, batchMs, stepMs });
      // run() holds the thread: without a turn of the loop Ctrl-C would never be heard.
      await nextTurn();
      started = performance.now();
    }
  } finally {
    await session.close();
  }
  return trainMetrics(lossSum / stepCount, counts);
}

function addCounts(sum: Record<keyof ConfusionCounts, number>, more: ConfusionCounts): void {
  for (const key of Object.keys(sum) as (keyof ConfusionCounts)[]) sum[key] += more[key];
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
  return probabilitiesIn(session, batches, examples).finally(() => session.close());
}

/** As `probabilitiesOf`, by an open session. */
export async function probabilitiesIn(
  session: NetworkSession,
  batches: BatchMaker,
  examples: readonly Example[],
): Promise<{ isMc: Uint8Array; probability: Float32Array }> {
  const isMc = new Uint8Array(examples.length);
  const probability = new Float32Array(examples.length);
  const lists = piecesOf(examples, INFERENCE_BATCH);
  let from = 0;
  for await (const batch of batchesAhead(batches, lists)) {
    isMc.set(batch.isMc, from);
    probability.set(await session.probabilities(batch), from);
    from += batch.rowCount;
  }
  return { isMc, probability };
}
