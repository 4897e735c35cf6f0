import { join } from 'node:path';
import type { DeviceChoice } from '../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../contract/device-schemas.ts';
import type { DeviceWork } from '../contract/device-test.ts';
import { testDevice } from '../engine/devices/device-trust.ts';
import type { SelectedDevice } from '../engine/devices/devices.ts';
import { Devices } from '../engine/devices/devices.ts';
import type { StartWorker } from '../engine/workers/worker-link.ts';
import { forkedWorkers } from '../engine/workers/worker-link.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { presentProviders } from '../services/device/providers.ts';
import type { NetworkSession } from '../services/inference/onnx-session.ts';
import { openNetworkSession } from '../services/inference/onnx-session.ts';
import type { LoadedModel } from '../services/model-store/load-model.ts';
import { programFolder } from './folders.ts';
import type { CommandIo } from './io.ts';

/** The devices of this machine for one command, and the processes in which they are tested and work. */
export interface DeviceDesk {
  readonly devices: Pick<Devices, 'replace'>;
  readonly startWorker: StartWorker;
  /**
   * The device for a piece of work, tested in a process of its own first. Says which one computes where that is not
   * simply the CPU.
   * @throws DomainFailure `argument-invalid` where this machine has no such device
   */
  select(work: DeviceWork): Promise<SelectedDevice>;
  /** The CPU, and why it is not the device that was asked for. */
  onCpu(why: string | null): Promise<SelectedDevice>;
}

export function deviceDesk(choice: DeviceChoice, io: CommandIo): DeviceDesk {
  const startWorker = forkedWorkers(join(programFolder, 'src', 'worker', 'index.ts'));
  const devices = new Devices(
    {
      present: presentProviders(),
      test: (provider, tested, signal) => testDevice(startWorker, provider, tested, { signal }),
      adapterText,
      onNotice: (sentence) => io.note(sentence),
    },
    choice,
  );
  return {
    devices,
    startWorker,
    select: async (work) => {
      devices.checkPresent(choice);
      const device = await devices.select(work);
      if (device.provider !== 'cpu') io.note(`Device: ${PROVIDER_LABELS[device.provider]} (${device.adapter})`);
      return device;
    },
    onCpu: async (why) => ({ provider: 'cpu', adapter: await adapterText('cpu'), why }),
  };
}

/**
 * Opens a model in this process on a device that was tested in another.
 * @throws DomainFailure `argument-invalid` where this machine has no such device
 */
export async function openOnDevice(model: LoadedModel, choice: DeviceChoice, io: CommandIo): Promise<NetworkSession> {
  const { provider } = await deviceDesk(choice, io).select({ kind: 'inference', modelFolder: model.folder });
  return openNetworkSession(model, { provider });
}
