import { mkdir } from 'node:fs/promises';
import type { EngineEvent, OpenRequest, ProjectSummary, RecentProject } from '../contract/schemas.ts';
import { PROVIDER_LABELS } from '../contract/device-schemas.ts';
import { paths } from '../contract/paths.ts';
import { recipeOf } from '../core/network/presets.ts';
import { createDeviceSetting } from './devices/device-setting.ts';
import { testDevice } from './devices/device-trust.ts';
import { Devices } from './devices/devices.ts';
import type { EngineServices } from './engine-services.ts';
import type { EventHub } from './events.ts';
import { createEventHub } from './events.ts';
import { createFolderFence } from './files/folder-fence.ts';
import { createOnlineSwitch } from './online-switch.ts';
import type { OpenProject } from './project/open-project.ts';
import { createMachineSettings } from './machine-settings.ts';
import { ModelShelf } from './models/model-shelf.ts';
import { createRecentProjects } from './project/recent-projects.ts';
import { SampDesk } from './samp/samp-desk.ts';
import { startServer } from './web/server.ts';
import { createSessionKeeper } from './project/session.ts';
import { serveStaticFiles } from './web/static-files.ts';
import { realServices } from './wiring.ts';
import { Workbench } from './workbench.ts';
import type { StartWorker } from './workers/worker-link.ts';

export interface EngineOptions {
  readonly host: 'desktop' | 'web';
  readonly startWorker: StartWorker;
  /** Where the file browser begins. */
  readonly startFolder: string;
  /** Folders beside it that windows may look into and open files of. The desktop gives `/`: its dialogs go anywhere. */
  readonly allowedFolders: readonly string[];
  /** For what can be made again: the demo field, projects of folders that cannot be written, the list of recent ones. */
  readonly cacheFolder: string;
  /** Folders of models, strongest first. */
  readonly modelFolders: readonly string[];
  /** The built window. */
  readonly rendererFolder: string;
  readonly softwareVersion: string;
  /** Any free port where undefined. */
  readonly port?: number | undefined;
  /** The real ones where undefined. */
  readonly services?: EngineServices | undefined;
  /** Clock [ms]. */
  readonly now?: (() => number) | undefined;
  /** Told of failures that are bugs; they do not end the engine. */
  readonly onBug?: ((thrown: unknown) => void) | undefined;
}

/** A running engine, as its host sees it. Paths that the host gives are trusted. */
export interface RunningEngine {
  /** `http://127.0.0.1:PORT`; answers 401 without a session. */
  readonly url: string;
  readonly port: number;
  /** A new address to enter by: works once, for five minutes. */
  tokenUrl(): string;
  open(request: OpenRequest): Promise<ProjectSummary>;
  openFile(path: string): Promise<ProjectSummary>;
  openDemo(): Promise<ProjectSummary>;
  readonly project: OpenProject | undefined;
  /** Projects that were open on this machine, newest first. */
  recent(): Promise<readonly RecentProject[]>;
  events(signal?: AbortSignal): AsyncGenerator<EngineEvent, void>;
  /** Tells every window something its host noticed. */
  notify(event: EngineEvent): void;
  /** Stops the worker, closes the project into its one file and lets go of the port. */
  close(): Promise<void>;
}

/** Starts an engine on 127.0.0.1. Rejects where the port is taken (`EADDRINUSE`). */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { cacheFolder, startWorker, softwareVersion, startFolder } = options;
  const now = options.now ?? Date.now;
  const services = options.services ?? realServices(options);
  await mkdir(cacheFolder, { recursive: true });

  const events: EventHub = createEventHub();
  const recent = createRecentProjects(cacheFolder);
  const sessions = createSessionKeeper(now);
  const deviceSetting = createDeviceSetting(cacheFolder);
  const devices = new Devices(
    {
      present: services.presentProviders(),
      test: (provider, work, signal) => testDevice(startWorker, provider, work, { signal }),
      adapterText: (provider) => services.adapterText(provider),
      onNotice: (message) => events.publish({ type: 'notice', level: 'warning', message }),
      onTesting: (provider, isOver) => {
        const label = `Testing ${PROVIDER_LABELS[provider]}`;
        events.publish({ type: 'task', label, fraction: isOver ? 1 : null });
      },
    },
    await deviceSetting.read(),
  );
  const workbench = new Workbench({
    services,
    events,
    recent,
    startWorker,
    devices,
    cacheFolder,
    softwareVersion,
    fallbackRecipe: recipeOf('compact'),
    now: () => new Date(now()),
  });
  const settings = createMachineSettings(cacheFolder);
  const fence = await createFolderFence([startFolder, ...options.allowedFolders]);
  const samp = new SampDesk({
    services,
    events,
    settings,
    fence,
    cacheFolder,
    softwareVersion,
    project: () => workbench.project,
  });
  const online = createOnlineSwitch((isOn) => events.publish({ type: 'online-changed', isOn }));
  const models = new ModelShelf({ services, startWorker, softwareVersion, now: () => new Date(now()) });
  const server = await startServer({
    context: {
      host: options.host,
      softwareVersion,
      startFolder,
      devices,
      deviceSetting,
      workbench,
      events,
      recent,
      settings,
      fence,
      samp,
      online,
      models,
      services,
    },
    sessions,
    staticFiles: serveStaticFiles(options.rendererFolder),
    port: options.port ?? 0,
    onBug: options.onBug ?? (() => undefined),
  });
  const url = `http://127.0.0.1:${server.port}`;
  services.expectField();

  return {
    url,
    port: server.port,
    tokenUrl: () => `${url}${paths.session}?token=${sessions.newToken()}`,
    open: (request) => workbench.open(request),
    openFile: (path) => workbench.openFile(path),
    openDemo: () => workbench.openDemo(),
    recent: () => recent.list(),
    get project() {
      return workbench.project;
    },
    events: (signal) => events.subscribe(signal),
    notify: (event) => events.publish(event),
    async close() {
      await samp.close();
      await workbench.close();
      events.close();
      await server.close();
    },
  };
}
