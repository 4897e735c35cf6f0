import type { ProviderName } from '../../contract/device-schemas.ts';
import type { BlockSize } from '../../core/network/blocked-layers.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingSession, TrainingSessionOptions } from './training-session.ts';
import { openTrainingSession } from './training-session.ts';

export interface SteadyOptions extends Omit<TrainingSessionOptions, 'blockSize'> {
  /** How the CPU trains fast, asked when it is to train. */
  readonly blockSizeOnCpu: () => Promise<BlockSize | undefined>;
  readonly onDeviceFailed: (why: string) => void;
}

/** Opens sessions; another one in tests. */
type Open = typeof openTrainingSession;

/**
 * A training session that outlives its device: where that fails, the step is done again on the CPU, which goes on. The
 * weights lie in this process and change only after a step, so nothing is lost. A driver that ends the process is met by
 * whoever started it, from the checkpoint.
 */
export async function openSteadySession(
  network: NetworkDescription,
  parameters: Parameters,
  gradients: Parameters,
  options: SteadyOptions,
  open: Open = openTrainingSession,
): Promise<TrainingSession> {
  const { onDeviceFailed, blockSizeOnCpu, provider = 'cpu', ...rest } = options;
  const openOn = async (device: ProviderName): Promise<TrainingSession> => {
    const blockSize = device === 'cpu' ? await blockSizeOnCpu() : undefined;
    return open(network, parameters, gradients, { ...rest, blockSize, provider: device });
  };
  const goOnOnCpu = (thrown: unknown): Promise<TrainingSession> => {
    if (!(thrown instanceof DomainFailure) || thrown.error.kind !== 'device-failed') throw thrown;
    onDeviceFailed(thrown.error.why);
    return openOn('cpu');
  };
  let session = await openOn(provider).catch(goOnOnCpu);
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
