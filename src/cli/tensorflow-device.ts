import { domainErrorOf } from '../core/result/failure.ts';
import { judgementOf, notUsed, reasonOf } from '../engine/devices/device-trust.ts';
import { compareWithCpu } from '../services/device/device-test.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { loadTensorFlow } from '../services/trainer/tensorflow/load-tensorflow.ts';
import { openTensorFlowSession } from '../services/trainer/tensorflow/tensorflow-session.ts';
import type { TrainingDevice } from '../services/trainer/training-device.ts';
import { deviceLabel } from '../services/trainer/training-device.ts';
import type { OpenTrainingSession } from '../services/trainer/training-session.ts';
import { tensorFlowExercise } from '../services/trainer/training-exercise.ts';
import type { CommandIo } from './io.ts';

/**
 * The optional TensorFlow for one training, after a step of the small network beside the CPU's in this process. Where
 * that fails or gives other numbers a note says so, and the CPU trains.
 * @param load another one in tests
 * @throws DomainFailure 'argument-invalid' where it is not installed
 */
export async function tensorFlowDevice(
  io: Pick<CommandIo, 'note'>,
  load: typeof loadTensorFlow = loadTensorFlow,
): Promise<TrainingDevice> {
  const { tf, computesOn, isOnGraphicsCard } = await load();
  const adapter = `${computesOn}, ${await adapterText(isOnGraphicsCard ? 'cuda' : 'cpu')}`;
  const open: OpenTrainingSession = (...session) => openTensorFlowSession(tf, ...session);
  const distrust = await whyNot(open, adapter);
  if (distrust !== undefined) {
    io.note(`${distrust} The CPU is used instead.`);
    return { provider: 'cpu', adapter: await adapterText('cpu') };
  }
  const device = { provider: 'tensorflow', adapter, open } as const;
  io.note(`Device: ${deviceLabel(device)}`);
  return device;
}

/** Why its numbers are not to be trusted, in a sentence; undefined where they are the CPU's. */
async function whyNot(open: OpenTrainingSession, adapter: string): Promise<string | undefined> {
  const exercise = tensorFlowExercise(open);
  try {
    const found = await compareWithCpu(exercise, 'tensorflow');
    const { isTrusted, sentence } = judgementOf('TensorFlow', { adapter, tolerance: exercise.tolerance, ...found });
    return isTrusted ? undefined : sentence;
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error === undefined) throw thrown;
    return notUsed('TensorFlow', reasonOf(error));
  }
}
