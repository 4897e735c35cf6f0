import { join } from 'node:path';
import type { DeviceChoice } from '../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../contract/device-schemas.ts';
import { testDevice } from '../engine/device-trust.ts';
import type { SelectedDevice } from '../engine/devices.ts';
import { Devices } from '../engine/devices.ts';
import { forkedWorkers } from '../engine/worker-link.ts';
import { adapterText } from '../services/device/graphics-adapter.ts';
import { presentProviders } from '../services/device/providers.ts';
import type { NetworkSession } from '../services/inference/onnx-session.ts';
import { openNetworkSession } from '../services/inference/onnx-session.ts';
import type { LoadedModel } from '../services/model-store/load-model.ts';
import { programFolder } from './folders.ts';
import type { CommandIo } from './io.ts';

/** A network on the device that was asked for, or on the CPU where that one cannot be trusted. */
export interface DeviceSession extends NetworkSession {
  readonly device: SelectedDevice;
}

/**
 * Opens a model on a device, which is tested in a process of its own first. Says which device computes where that is not
 * simply the CPU.
 * @throws DomainFailure `argument-invalid` where this machine has no such device
 */
export async function openOnDevice(model: LoadedModel, choice: DeviceChoice, io: CommandIo): Promise<DeviceSession> {
  const device = await selectDevice({ kind: 'inference', modelFolder: model.folder }, choice, io);
  return { ...(await openNetworkSession(model, { provider: device.provider })), device };
}

/** The device for a piece of work, as `openOnDevice` chooses it. */
export async function selectDevice(
  work: Parameters<Devices['select']>[0],
  choice: DeviceChoice,
  io: CommandIo,
): Promise<SelectedDevice> {
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
  devices.checkPresent(choice);
  const device = await devices.select(work);
  if (device.provider !== 'cpu') io.note(`Device: ${PROVIDER_LABELS[device.provider]} (${device.adapter})`);
  return device;
}
