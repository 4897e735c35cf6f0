import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ProviderName } from '../../contract/device-schemas.ts';
import { FEATURES_INPUT, IMAGES_INPUT, PROBABILITIES_OUTPUT } from '../../core/network/inference-graph.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { moveTowards } from '../../core/network/normalisation.ts';
import { isTrainable } from '../../core/network/parameter-tensors.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import type { TrainingGraphOptions } from '../../core/network/training-graph.ts';
import { trainingModel } from '../../core/network/training-graph.ts';
import type { ClassWeights } from '../../core/training/class-weights.ts';
import { EQUAL_WEIGHTS, weightedTargets } from '../../core/training/class-weights.ts';
import {
  batchStatistic,
  gradientOutput,
  isOnesInput,
  LOSS_OUTPUT,
  TARGETS_INPUT,
} from '../../core/network/training-names.ts';
import { onDevice } from '../inference/on-device.ts';
import { sessionSettings } from '../inference/onnx-session.ts';
import { orOutOfMemory } from './memory.ts';

/** A batch with the truth: 1 where the row is MC. */
export interface LabelledInput extends NetworkInput {
  readonly isMc: Uint8Array;
}

export interface TrainingStep {
  /** Mean cross-entropy over the batch, with dropout where it is on. */
  readonly loss: number;
  /** P(MC) per row as seen in this step. */
  readonly probabilities: Float32Array;
}

export interface TrainingSessionOptions extends Omit<TrainingGraphOptions, 'isForDevice'> {
  /** What computes; the CPU where absent. Any other one has to be trusted first. */
  readonly provider?: ProviderName | undefined;
  readonly classWeights?: ClassWeights | undefined;
  /** Threads of one step; onnxruntime's own choice where absent. */
  readonly threads?: number | undefined;
}

export interface TrainingSession {
  /**
   * Runs forward and backward on the current weights and leaves the gradients in `gradients`. Moves the running averages
   * of batch normalisation towards this batch's. Blocks the thread.
   */
  computeGradients(batch: LabelledInput): Promise<TrainingStep>;
  close(): Promise<void>;
}

/** Opens a session over parameters and gradients, as `openTrainingSession` does. */
export type OpenTrainingSession = (
  network: NetworkDescription,
  parameters: Parameters,
  gradients: Parameters,
  options: TrainingSessionOptions,
) => Promise<TrainingSession>;

/**
 * Opens a training graph over `parameters`: their arrays are read in place at every step, and `gradients` (same layout)
 * is written in place, so that nothing of the size of the network is allocated per step. Running averages have no
 * gradient: it stays 0, with which every optimiser leaves them as they are.
 */
export async function openTrainingSession(
  network: NetworkDescription,
  parameters: Parameters,
  gradients: Parameters,
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  const { rowCount, classWeights = EQUAL_WEIGHTS, provider = 'cpu' } = options;
  const what = `a training step of ${rowCount} rows of network ${network.id}`;
  const graph = trainingModel(network, { ...options, isForDevice: provider !== 'cpu' });
  const session = await orOutOfMemory(what, () =>
    onDevice(provider, () => InferenceSession.create(joinChunks(graph), sessionSettings(provider, options.threads))),
  );
  const weightFeeds: Record<string, Tensor> = {};
  const fetches: Record<string, Tensor | null> = { [LOSS_OUTPUT]: null, [PROBABILITIES_OUTPUT]: null };
  const runningAverages = parameters.tensors.filter((tensor) => !isTrainable(tensor));
  for (const { name, shape } of parameters.tensors.filter(isTrainable)) {
    weightFeeds[name] = new Tensor('float32', parameters.view(name), shape);
    fetches[gradientOutput(name)] = new Tensor('float32', gradients.view(name), shape);
  }
  const ones = onesFeeds(session);
  for (const { name } of runningAverages) fetches[batchStatistic(name)] = null;

  return {
    async computeGradients({ rowCount: given, images, features, isMc }) {
      if (given !== rowCount) throw new RangeError(`${given} rows for a graph of ${rowCount}`);
      const targets = weightedTargets(isMc, classWeights);
      const feeds: Record<string, Tensor> = {
        ...weightFeeds,
        ...ones,
        [TARGETS_INPUT]: new Tensor('float32', targets, [rowCount, 2]),
      };
      if (network.image !== undefined) {
        const { channels, sidePix } = network.image;
        feeds[IMAGES_INPUT] = new Tensor('float32', images, [rowCount, channels, sidePix, sidePix]);
      }
      if (network.features !== undefined) {
        feeds[FEATURES_INPUT] = new Tensor('float32', features, [rowCount, network.features.count]);
      }
      const outputs = await orOutOfMemory(what, () => onDevice(provider, () => session.run(feeds, fetches)));
      for (const { name } of runningAverages) {
        const ofBatch = outputs[batchStatistic(name)]!.data as Float32Array;
        moveTowards(parameters.view(name), ofBatch);
      }
      const both = outputs[PROBABILITIES_OUTPUT]!.data as Float32Array;
      return {
        loss: Number(outputs[LOSS_OUTPUT]!.data[0]),
        probabilities: Float32Array.from({ length: rowCount }, (_, row) => both[row * 2 + 1]!),
      };
    },
    close: () => session.release(),
  };
}

/** The ones that a device's graph draws its dropouts over, cut from one array. */
function onesFeeds(session: InferenceSession): Record<string, Tensor> {
  const wanted = session.inputMetadata.flatMap((input) => {
    if (!input.isTensor || !isOnesInput(input.name)) return [];
    const shape = input.shape.map(Number);
    return [{ name: input.name, shape, length: shape.reduce((product, axis) => product * axis, 1) }];
  });
  const ones = new Float32Array(Math.max(0, ...wanted.map(({ length }) => length))).fill(1);
  const feeds = wanted.map(({ name, shape, length }) => [name, new Tensor('float32', ones.subarray(0, length), shape)]);
  return Object.fromEntries(feeds) as Record<string, Tensor>;
}
