import { inferenceModel } from '../../core/network/inference-graph.ts';
import type { NetworkInputShape } from '../../core/network/network-description.ts';
import { initialParameters } from '../../core/network/parameters.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { PROBE_SHAPE, probeNetwork } from '../../core/network/probe-network.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { DeviceExercise } from '../device/device-test.ts';
import { drawnInput } from './drawn-input.ts';
import { shapedSession } from './onnx-session.ts';

/** Largest difference in probability to the CPU at which a provider is trusted. */
export const TRUSTED_DIFFERENCE = 1e-4;

/** Probabilities of a model for drawn inputs. */
export function modelExercise({ onnxPath, description }: LoadedModel): DeviceExercise {
  return exerciseOf(onnxPath, inputShapeOf(description.recipe, description.featureNames.length));
}

/** Probabilities of the small built-in network for drawn inputs. */
export function probeExercise(): DeviceExercise {
  const network = probeNetwork();
  return exerciseOf(joinChunks(inferenceModel(network, initialParameters(network, 1))), PROBE_SHAPE);
}

function exerciseOf(onnx: string | Uint8Array, shape: NetworkInputShape): DeviceExercise {
  return {
    tolerance: TRUSTED_DIFFERENCE,
    comparison: 'absolute',
    async open(provider) {
      const session = await shapedSession(onnx, shape, { provider });
      return {
        pass: async (rowCount) => [await session.probabilities(drawnInput(rowCount, shape))],
        close: () => session.close(),
      };
    },
  };
}
