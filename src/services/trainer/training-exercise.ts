import { featureNamesOf } from '../../core/features/compute-features.ts';
import type { BlockSize } from '../../core/network/blocked-layers.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import { initialParameters, parametersOver } from '../../core/network/parameters.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { probeNetwork } from '../../core/network/probe-network.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { randomStream } from '../../core/random/philox.ts';
import type { ProviderName } from '../../contract/device-schemas.ts';
import type { DeviceExercise } from '../device/device-test.ts';
import { usableBlockSize } from './block-size.ts';
import type { LabelledInput, OpenTrainingSession, TrainingSession } from './training-session.ts';
import { openTrainingSession } from './training-session.ts';

/** Of the small network, whose few values no rounding makes change places. */
const PROBE_TOLERANCE = 1e-4;
/**
 * Of a whole network. Where two pixels of a pooling window, or a value and 0, are as near as rounding, the gradient goes
 * another way: weights of `compact` that differ in their last bit move it by up to 3e-2 of a tensor's largest (an H100:
 * 9e-3). Wrong numbers are of the size of the right ones.
 */
const NETWORK_TOLERANCE = 0.1;
const PROBE_DROPOUT = 0.25;

/** A training step of the small built-in network, dropout included. */
export function probeTrainingExercise(): DeviceExercise {
  return exerciseOf(probeNetwork(PROBE_DROPOUT), PROBE_TOLERANCE, onnxruntimeOn);
}

/** The same for TensorFlow, but without dropout: its masks fall on other values. */
export function tensorFlowExercise(openTensorFlow: OpenTrainingSession): DeviceExercise<'tensorflow'> {
  const openOn = (device: 'tensorflow' | 'cpu') => (device === 'cpu' ? openTrainingSession : openTensorFlow);
  return exerciseOf(probeNetwork(), PROBE_TOLERANCE, openOn);
}

/** A training step of a recipe's network. */
export function networkTrainingExercise(recipe: Recipe): DeviceExercise {
  const shape = inputShapeOf(recipe, featureNamesOf(recipe.features).length);
  return exerciseOf(describeNetwork(recipe.network, shape, recipe.variant), NETWORK_TOLERANCE, onnxruntimeOn);
}

const onnxruntimeOn =
  (provider: ProviderName): OpenTrainingSession =>
  (network, parameters, gradients, options) =>
    openTrainingSession(network, parameters, gradients, { ...options, provider });

/** Loss, probabilities and gradients for drawn rows. */
function exerciseOf<Device extends string>(
  network: NetworkDescription,
  tolerance: number,
  openOn: (device: Device | 'cpu') => OpenTrainingSession,
): DeviceExercise<Device> {
  return {
    tolerance,
    comparison: 'relative',
    async open(device) {
      const parameters = initialParameters(network, 1);
      const gradients = parametersOver(network);
      // The CPU is timed as it would train, but compared in standard order: in blocks, a mask falls on other values.
      const blockSize = device === 'cpu' ? await usableBlockSize(network) : undefined;
      let open: { readonly session: TrainingSession; readonly of: string } | undefined;
      const step = async (rowCount: number, blocks: BlockSize | undefined): Promise<Float32Array[]> => {
        const of = `${rowCount} rows, blocks of ${blocks ?? 1}`;
        if (open?.of !== of) {
          await open?.session.close();
          const options = { rowCount, hasDropout: true, blockSize: blocks };
          open = { session: await openOn(device)(network, parameters, gradients, options), of };
        }
        const { loss, probabilities } = await open.session.computeGradients(drawnRows(network, rowCount));
        const ofTensors = gradients.tensors.map(({ name }) => Float32Array.from(gradients.view(name)));
        return [Float32Array.of(loss), probabilities, ...ofTensors];
      };
      let isFirst = true;
      return {
        async pass(rowCount) {
          if (!isFirst) return step(rowCount, blockSize);
          isFirst = false;
          const values = await step(rowCount, undefined);
          // Its first step lays out memory, and is not one to be timed.
          if (blockSize !== undefined) await step(rowCount, blockSize);
          return values;
        },
        close: async () => open?.session.close(),
      };
    },
  };
}

/** Rows of every other class; half the pixels 0, as sky below the cut is. The same for the same count. */
export function drawnRows({ image, features }: NetworkDescription, rowCount: number): LabelledInput {
  const random = randomStream(1);
  const pixels = image === undefined ? 0 : image.channels * image.sidePix * image.sidePix;
  return {
    rowCount,
    images: Float32Array.from({ length: rowCount * pixels }, () => Math.max(0, 2 * random.uniform() - 1)),
    features: Float32Array.from({ length: rowCount * (features?.count ?? 0) }, () => random.normal()),
    isMc: Uint8Array.from({ length: rowCount }, (_, row) => row % 2),
  };
}
