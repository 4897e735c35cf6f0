import type { ProviderName } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { onnxruntimeReason } from './onnxruntime-reason.ts';

/** What another provider than the CPU throws says something of the device and not of the model or the rows. */
export async function onDevice<T>(provider: ProviderName, action: () => Promise<T>): Promise<T> {
  if (provider === 'cpu') return action();
  try {
    return await action();
  } catch (thrown) {
    const why = thrown instanceof Error ? onnxruntimeReason(thrown.message) : String(thrown);
    throw new DomainFailure({ kind: 'device-failed', device: PROVIDER_LABELS[provider], why }, { cause: thrown });
  }
}
