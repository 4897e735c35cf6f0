import type { DeviceFindings, DeviceTestJob, DeviceWork } from '../contract/device-test.ts';
import type { DeviceExercise } from '../services/device/device-test.ts';
import { compareWithCpu } from '../services/device/device-test.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { modelExercise, probeExercise } from '../services/inference/inference-exercise.ts';
import { loadModel } from '../services/model-store/load-model.ts';
import { networkTrainingExercise, probeTrainingExercise } from '../services/trainer/training-exercise.ts';

/**
 * A device on which the small network trains so much slower than on the CPU is a software renderer: minutes of a whole
 * network would tell nothing more. A graphics card is held up by the many small steps, but ten times at most.
 */
const SOFTWARE_SPEED = 1 / 50;

/** Tries a provider on known work, the small network first: what fails there need not meet a large one. */
export async function runDeviceTest({ provider, work }: DeviceTestJob): Promise<DeviceFindings> {
  const findings = await findingsOf(work.kind === 'training' ? probeTrainingExercise() : probeExercise(), provider);
  if (!(findings.largestDifference <= findings.tolerance)) return findings;
  const speed = findings.cpuMillisecondsPerRow / findings.millisecondsPerRow;
  if (work.kind === 'training' && speed < SOFTWARE_SPEED) return findings;
  const larger = await largerExercise(work);
  return larger === undefined ? findings : findingsOf(larger, provider);
}

async function largerExercise(work: DeviceWork): Promise<DeviceExercise | undefined> {
  if (work.kind === 'training') return networkTrainingExercise(work.recipe);
  return work.modelFolder === undefined ? undefined : modelExercise(await loadModel(work.modelFolder, []));
}

async function findingsOf(exercise: DeviceExercise, provider: DeviceTestJob['provider']): Promise<DeviceFindings> {
  return {
    adapter: await adapterText(provider),
    tolerance: exercise.tolerance,
    ...(await compareWithCpu(exercise, provider)),
  };
}
