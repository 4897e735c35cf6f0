import type { DeviceFindings, DeviceTestJob } from '../contract/device-test.ts';
import type { DeviceExercise } from '../services/device/device-test.ts';
import { compareWithCpu } from '../services/device/device-test.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { modelExercise, probeExercise } from '../services/inference/inference-exercise.ts';
import { loadModel } from '../services/model-store/load-model.ts';

/** Tries a provider on known work, the small network first: what fails there need not meet a large one. */
export async function runDeviceTest({ provider, work }: DeviceTestJob): Promise<DeviceFindings> {
  let findings = await findingsOf(probeExercise(), provider);
  if (work.modelFolder !== undefined && findings.largestDifference <= findings.tolerance) {
    findings = await findingsOf(modelExercise(await loadModel(work.modelFolder, [])), provider);
  }
  return findings;
}

async function findingsOf(exercise: DeviceExercise, provider: DeviceTestJob['provider']): Promise<DeviceFindings> {
  return {
    adapter: await adapterText(provider),
    tolerance: exercise.tolerance,
    ...(await compareWithCpu(exercise, provider)),
  };
}
