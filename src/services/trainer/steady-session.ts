import type { BlockSize } from '../../core/network/blocked-layers.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingDevice } from './training-device.ts';
import type { OpenTrainingSession, TrainingSession, TrainingSessionOptions } from './training-session.ts';
import { openTrainingSession } from './training-session.ts';

export interface SteadyOptions extends Omit<TrainingSessionOptions, 'blockSize' | 'provider'> {
  /** What computes until it fails; the CPU where absent. */
  readonly device?: TrainingDevice | undefined;
  /** How the CPU trains fast, asked when it is to train. */
  readonly blockSizeOnCpu: () => Promise<BlockSize | undefined>;
  readonly onDeviceFailed: (why: string) => void;
}

/**
 * A training session that outlives its device: where that fails, the step is done again on the CPU, which goes on. The
 * weights lie in this process and change only after a step, so nothing is lost. A driver that ends the process is met by
 * whoever started it, from the checkpoint.
 * @param open opens onnxruntime's sessions; another one in tests
 */
export async function openSteadySession(
  network: NetworkDescription,
  parameters: Parameters,
  gradients: Parameters,
  options: SteadyOptions,
  open: OpenTrainingSession = openTrainingSession,
): Promise<TrainingSession> {
  const { onDeviceFailed, blockSizeOnCpu, device, ...rest } = options;
  const openOn = async (on: TrainingDevice | undefined): Promise<TrainingSession> => {
    if (on?.provider === 'tensorflow') return on.open(network, parameters, gradients, rest);
    const provider = on?.provider ?? 'cpu';
    const blockSize = provider === 'cpu' ? await blockSizeOnCpu() : undefined;
    return open(network, parameters, gradients, { ...rest, blockSize, provider });
  };
  const goOnOnCpu = (thrown: unknown): Promise<TrainingSession> => {
    if (!(thrown instanceof DomainFailure) || thrown.error.kind !== 'device-failed') throw thrown;
    onDeviceFailed(thrown.error.why);
    return openOn(undefined);
  };
  let session = await openOn(device).catch(goOnOnCpu);
  return {
    async computeGradients(batch) {
      try {
        return await session.computeGradients(batch);
      } catch (thrown) {
        const next = await goOnOnCpu(thrown);
        // What a failed device says on closing adds nothing.
        await session.close().catch(() => undefined);
        session = next;
        return session.computeGradients(batch);
      }
    },
    close: () => session.close(),
  };
}
