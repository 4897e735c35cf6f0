import type { RunDevice } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';

/**
 * What ran the network, as a list says it: "CPU (AMD EPYC)", and where one device took over from another, from which batch
 * and why. Undefined where it was not recorded.
 */
export function deviceText(devices: readonly RunDevice[]): string | undefined {
  if (devices.length === 0) return undefined;
  return devices
    .map(({ provider, adapter, fromBatch, why }, index) => {
      const name = `${PROVIDER_LABELS[provider]} (${adapter})`;
      return index === 0 ? name : `from batch ${fromBatch} ${name}: ${why ?? ''}`;
    })
    .join('; ');
}
