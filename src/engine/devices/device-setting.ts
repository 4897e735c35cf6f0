import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import { deviceChoice } from '../../contract/device-schemas.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';

const storedSetting = z.object({ device: deviceChoice });

/** The chosen device belongs to the machine and not to a project: it is kept beside the list of recent ones. */
export interface DeviceSetting {
  /** `auto` where nothing was chosen yet. */
  read(): Promise<DeviceChoice>;
  /** @throws DomainFailure `file-unwritable` */
  write(device: DeviceChoice): Promise<void>;
}

export function createDeviceSetting(cacheFolder: string): DeviceSetting {
  const file = join(cacheFolder, 'device.json');
  return {
    async read() {
      try {
        return storedSetting.parse(JSON.parse(await readFile(file, 'utf8'))).device;
      } catch {
        return 'auto';
      }
    },
    write: (device) => writeAtomically(file, `${JSON.stringify({ device })}\n`),
  };
}
