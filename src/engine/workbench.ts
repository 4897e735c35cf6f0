import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ColumnReading } from '../contract/column-report.ts';
import type { OpenRequest, ProjectSummary } from '../contract/schemas.ts';
import type { Recipe } from '../core/network/recipe.ts';
import { parseColumnMap } from '../core/catalogue/column-map.ts';
import { DomainFailure } from '../core/result/failure.ts';
import type { Notice } from '../core/result/notice.ts';
import { changeFilePart, resolveFitsPath, selectorText } from '../services/fits-files/fits-path.ts';
import type { FieldFiles } from '../contract/field-files.ts';
import { fingerprintsOf } from '../services/project-store/fingerprint.ts';
import type { InputRole, ProjectInput } from '../services/project-store/inputs.ts';
import type { ProjectStore } from '../services/project-store/project-store.ts';
import { openOrCreateProject, openProject, PROJECT_EXTENSION } from '../services/project-store/project-store.ts';
import type { Devices } from './devices.ts';
import type { EngineServices } from './engine-services.ts';
import type { EventHub } from './events.ts';
import type { EngineField } from './field.ts';
import { openEngineField } from './field.ts';
import { fieldReading, storedReading, storeReading } from './field-reading.ts';
import { OpenProject } from './open-project.ts';
import { defaultProjectPath, fieldNameOf } from './project-path.ts';
import type { RecentProjects } from './recent-projects.ts';
import type { StartWorker } from './worker-link.ts';

/** Progress is told so often [ms]. */
const PROGRESS_EVERY_MS = 200;

export interface WorkbenchOptions {
  readonly services: EngineServices;
  readonly events: EventHub;
  readonly recent: RecentProjects;
  readonly startWorker: StartWorker;
  readonly devices: Devices;
  readonly cacheFolder: string;
  readonly softwareVersion: string;
  /** Recipe of features and cutouts while no model says otherwise. */
  readonly fallbackRecipe: Recipe;
  readonly now: () => Date;
}

/**
 * What is open, and the ways to open something else. One opening at a time; the old project is let go of only when the
 * new one is there, unless they are the same file. Paths are trusted here: the router checks those of a window.
 */
export class Workbench {
  readonly #options: WorkbenchOptions;
  #open: OpenProject | undefined;
  #openings = 0;
  #reading: AbortController | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WorkbenchOptions) {
    this.#options = options;
  }

  get project(): OpenProject | undefined {
    return this.#open;
  }

  /** @throws DomainFailure `project-none-open` */
  get openProject(): OpenProject {
    if (this.#open === undefined) throw new DomainFailure({ kind: 'project-none-open' });
    return this.#open;
  }

  /** Opens the files as a project: the one that is kept for them, or a new one. */
  open(request: OpenRequest): Promise<ProjectSummary> {
    return this.#inTurn(async () => {
      const files = await realFiles(request);
      const path =
        request.project === undefined
          ? await defaultProjectPath(files.catalogue, this.#options.cacheFolder)
          : resolve(request.project);
      return this.#openFiles(path, files, { name: fieldNameOf(files.catalogue), isDemo: false });
    });
  }

  /** Opens a project file with the inputs it names. @throws DomainFailure `project-input-missing` and the store's */
  openFile(path: string): Promise<ProjectSummary> {
    return this.#inTurn(async () => {
      await this.#letGoOf(resolve(path));
      const store = openProject(resolve(path));
      try {
        const stored = store.inputs();
        const files = { ...filesOf(stored, store.path), ...storedReading(store) };
        const inputs = await inputsOf(files);
        const field = await this.#readField(files);
        return await this.#install(store, files, inputs, field, changesBetween(stored, inputs));
      } catch (thrown) {
        store.close();
        throw thrown;
      }
    });
  }

  /** Reads the open project's files anew, with other columns or units. Refused, the project stays as it was. */
  reread(reading: ColumnReading): Promise<ProjectSummary> {
    return this.#inTurn(async () => {
      const { store: present, files: as } = this.openProject;
      const files = { ...as, ...fieldReading(reading) };
      const [inputs, field] = await Promise.all([inputsOf(files), this.#readField(files)]);
      await this.#letGo();
      const store = openProject(present.path);
      try {
        return await this.#install(store, files, inputs, field, []);
      } catch (thrown) {
        store.close();
        await field.close();
        throw thrown;
      }
    });
  }

  /** Stops reading the files of a field that is being opened; its call is refused with 'cancelled'. */
  cancelOpening(): void {
    this.#reading?.abort();
  }

  openDemo(): Promise<ProjectSummary> {
    return this.#inTurn(async () => {
      const { services, events } = this.#options;
      const files = await services.ensureDemoField((fraction, label) =>
        // 1 tells the window that the task is over; reading the field still follows.
        events.publish({ type: 'task', label, fraction: Math.min(fraction, 0.99) }),
      );
      const path = join(dirname(files.catalogue), `demo${PROJECT_EXTENSION}`);
      return this.#openFiles(path, files, { name: 'Demo field', isDemo: true });
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#letGo());
  }

  async #openFiles(
    path: string,
    files: FieldFiles,
    description: { readonly name: string; readonly isDemo: boolean },
  ): Promise<ProjectSummary> {
    await this.#letGoOf(path);
    // Read before the project is made: for files that are no field, nothing is written.
    const inputs = await inputsOf(files);
    const field = await this.#readField(files);
    let store: ProjectStore | undefined;
    try {
      store = openOrCreateProject(path, description, this.#options.now);
      return await this.#install(store, files, inputs, field, []);
    } catch (thrown) {
      store?.close();
      await field.close();
      throw thrown;
    }
  }

  /** Reads mosaics, catalogue and features, telling the window that it takes a while. */
  async #readField(files: FieldFiles): Promise<EngineField> {
    const { services, events } = this.#options;
    const abort = new AbortController();
    this.#reading = abort;
    let shown = 'Reading the catalogue';
    events.publish({ type: 'task', label: shown, fraction: null });
    let saidAt = 0;
    const onProgress = (label: string, fraction: number): void => {
      const now = performance.now();
      if (label === shown && now - saidAt < PROGRESS_EVERY_MS) return;
      [shown, saidAt] = [label, now];
      // 1 tells the window that the task is over.
      events.publish({ type: 'task', label, fraction: Math.min(fraction, 0.99) });
    };
    try {
      const { features } = await this.#recipe();
      return await openEngineField(services, files, features, { signal: abort.signal, onProgress });
    } finally {
      this.#reading = undefined;
      events.publish({ type: 'task', label: shown, fraction: 1 });
    }
  }

  async #recipe(): Promise<Recipe> {
    const [model] = await this.#options.services.listModels();
    return model?.description.recipe ?? this.#options.fallbackRecipe;
  }

  async #install(
    store: ProjectStore,
    files: FieldFiles,
    inputs: readonly ProjectInput[],
    field: EngineField,
    notices: readonly Notice[],
  ): Promise<ProjectSummary> {
    const { services, events, recent, startWorker, devices, softwareVersion, now } = this.#options;
    store.setInputs(inputs);
    storeReading(store, files);
    const recipe = await this.#recipe();
    await this.#letGo();
    const project = new OpenProject({
      services,
      store,
      files,
      recipe,
      field,
      opening: ++this.#openings,
      notices,
      startWorker,
      devices,
      softwareVersion,
      now,
      publish: (event) => events.publish(event),
    });
    this.#open = project;
    await recent.add({ name: store.description.name, path: store.path, openedAt: now().toISOString() });
    await project.takeUp();
    events.publish({ type: 'project-changed' });
    return project.summary();
  }

  async #letGoOf(path: string): Promise<void> {
    const samePath = await realpath(path).catch(() => path);
    if (this.#open?.store.path === samePath) await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const closing = this.#open;
    if (closing === undefined) return;
    this.#open = undefined;
    await closing.close();
    this.#options.events.publish({ type: 'project-changed' });
  }

  /** Runs openings and closings one after the other; one that fails does not hold up the next. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** Real paths, so that a project is found again through any link. @throws DomainFailure `file-not-found` */
async function realFiles(request: OpenRequest): Promise<FieldFiles> {
  const real = (path: string): Promise<string> =>
    changeFilePart(path, realpath).catch((cause: unknown) => {
      throw new DomainFailure({ kind: 'file-not-found', path }, { cause });
    });
  return {
    mosaics: await Promise.all(request.mosaics.map(real)),
    catalogue: await real(request.catalogue),
    gaussians: request.gaussians === undefined ? undefined : await real(request.gaussians),
    lr: request.lr === undefined ? undefined : await real(request.lr),
    units: request.units,
    columnMap: request.map === undefined ? undefined : parseColumnMap(request.map),
  };
}

async function inputsOf(files: FieldFiles): Promise<readonly ProjectInput[]> {
  const named: readonly (readonly [InputRole, string | undefined])[] = [
    ...files.mosaics.map((path) => ['mosaic', path] as const),
    ['catalogue', files.catalogue],
    ['gaussians', files.gaussians],
    ['lr', files.lr],
  ];
  const given = named.flatMap(([role, path]) => (path === undefined ? [] : [{ role, path }]));
  const paths = await Promise.all(given.map(async ({ path }) => (await resolveFitsPath(path)).path));
  const prints = await fingerprintsOf(paths);
  // Two HDUs of one file are two inputs: the selector is part of what tells them apart.
  return given.map(({ role, path }, at) => {
    const print = prints[at]!;
    return { role, path, ...print, fingerprint: print.fingerprint + selectorText(path, paths[at]!) };
  });
}

/** @throws DomainFailure `project-invalid` where the project names no catalogue or no mosaic */
export function filesOf(inputs: readonly ProjectInput[], projectPath: string): FieldFiles {
  const pathsOf = (role: InputRole): string[] => inputs.filter((input) => input.role === role).map(({ path }) => path);
  const [catalogue] = pathsOf('catalogue');
  const mosaics = pathsOf('mosaic');
  if (catalogue === undefined || mosaics.length === 0) {
    throw new DomainFailure({ kind: 'project-invalid', path: projectPath, why: 'it names no mosaic or no catalogue' });
  }
  return { mosaics, catalogue, gaussians: pathsOf('gaussians')[0], lr: pathsOf('lr')[0] };
}

function changesBetween(stored: readonly ProjectInput[], present: readonly ProjectInput[]): readonly Notice[] {
  return present
    .filter((input) => stored.every(({ fingerprint }) => fingerprint !== input.fingerprint))
    .map(({ path }) => ({
      level: 'warning',
      message: `${path}: has changed since this project last used it; earlier runs do not count for it.`,
    }));
}
