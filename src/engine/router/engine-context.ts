import type { DeviceSetting } from '../devices/device-setting.ts';
import type { Devices } from '../devices/devices.ts';
import type { EngineServices } from '../engine-services.ts';
import type { EventHub } from '../events.ts';
import type { FolderFence } from '../files/folder-fence.ts';
import type { MachineSettings } from '../machine-settings.ts';
import type { ModelShelf } from '../models/model-shelf.ts';
import type { OnlineSwitch } from '../online-switch.ts';
import type { RecentProjects } from '../project/recent-projects.ts';
import type { SampDesk } from '../samp/samp-desk.ts';
import type { Workbench } from '../workbench.ts';

/** What the handlers of the contract work with. */
export interface EngineContext {
  readonly host: 'desktop' | 'web';
  readonly softwareVersion: string;
  readonly startFolder: string;
  readonly devices: Devices;
  readonly deviceSetting: DeviceSetting;
  readonly workbench: Workbench;
  readonly events: EventHub;
  readonly recent: RecentProjects;
  readonly settings: MachineSettings;
  readonly fence: FolderFence;
  readonly samp: SampDesk;
  readonly online: OnlineSwitch;
  readonly models: ModelShelf;
  readonly services: EngineServices;
}
