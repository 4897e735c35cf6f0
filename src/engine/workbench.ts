import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ColumnReading } from '../contract/column-report.ts';
import type { OpenRequest, ProjectSummary } from '../contract/schemas.ts';
import type { Recipe } from '../core/network/recipe.ts';
import { parseColumnMap } from '../core/catalogue/column-map.ts';
import { DomainFailure } from '../core/result/failure.ts';
import { changeFilePart } from '../services/fits-files/fits-path.ts';
import type { FieldFiles } from '../contract/field-files.ts';
import type { ProjectStore } from '../services/project-store/project-store.ts';
import { openOrCreateProject, openProject, PROJECT_EXTENSION } from '../services/project-store/project-store.ts';
import { refuseCancelled } from '../services/threads/in-turn.ts';
import type { TileService } from '../services/tiles/tile-service-types.ts';
import type { Devices } from './devices/devices.ts';
import type { EngineServices } from './engine-services.ts';
import type { EventHub } from './events.ts';
import type { EngineField } from './project/field.ts';
import { openEngineField } from './project/field.ts';
import { fieldReading, storedReading, storeReading } from './project/field-reading.ts';
import type { OpenProjectOptions } from './project/open-project.ts';
import { OpenProject } from './project/open-project.ts';
import { filesOf, inputFingerprint } from './project/project-inputs.ts';
import { defaultProjectPath, fieldNameOf } from './project/project-path.ts';
import type { RecentProjects } from './project/recent-projects.ts';
import type { StartWorker } from './workers/worker-link.ts';

/** Progress is told so often [ms]. */
const PROGRESS_EVERY_MS = 200;

const READING_THROUGH = 'Reading the files through';

/** How a part of an opening is stopped and followed. */
interface OpeningTask {
  readonly signal: AbortSignal;
  /** Told what is being done, and the share of it that is done [0..1]. */
  readonly onProgress: (label: string, fraction: number) => void;
}

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
  #blankTiles: Promise<TileService> | undefined;
  /** Of the field that is being opened, from when its mosaics can be seen until it is open or refused. */
  #openingTiles: TileService | undefined;
  #openings = 0;
  #reading: AbortController | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WorkbenchOptions) {
    this.#options = options;
  }

  get project(): OpenProject | undefined {
    return this.#open;
  }

  /**
   * Tiles of the field of that key, be it open or being opened; those of the open field where there is no such, and of a blank
   * sky where none is open, since the window makes its sky before there is a field.
   */
  tiles(key: string | undefined): Promise<TileService> {
    if (this.#openingTiles !== undefined && this.#openingTiles.key === key) return Promise.resolve(this.#openingTiles);
    if (this.#open !== undefined) return Promise.resolve(this.#open.field.tiles);
    this.#blankTiles ??= this.#options.services.createTileService([]);
    return this.#blankTiles;
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
        const files = { ...filesOf(store.inputs(), store.path), ...storedReading(store) };
        return await this.#install(store, files, await this.#readField(files));
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
      const field = await this.#readField(files);
      await this.#letGo();
      const store = openProject(present.path);
      try {
        return await this.#install(store, files, field);
      } catch (thrown) {
        store.close();
        throw thrown;
      }
    });
  }

  /**
   * Stops reading the files of a field that is being opened; its call is refused with 'cancelled', and a field that is seen
   * already is let go of.
   */
  cancelOpening(): void {
    this.#reading?.abort();
  }

  openDemo(): Promise<ProjectSummary> {
    return this.#inTurn(async () => {
      const files = await this.#asTask('Opening the demo field', ({ signal, onProgress }) =>
        this.#options.services.ensureDemoField((fraction, label) => onProgress(label, fraction), signal),
      );
      const path = join(dirname(files.catalogue), `demo${PROJECT_EXTENSION}`);
      return this.#openFiles(path, files, { name: 'Demo field', isDemo: true });
    });
  }

  close(): Promise<void> {
    // A field that is seen while its files are still read through would hold this up.
    if (this.#open !== undefined) this.#reading?.abort();
    return this.#inTurn(() => this.#letGo());
  }

  async #openFiles(
    path: string,
    files: FieldFiles,
    description: { readonly name: string; readonly isDemo: boolean },
  ): Promise<ProjectSummary> {
    await this.#letGoOf(path);
    // Read before the project is made: for files that are no field, nothing is written.
    const field = await this.#readField(files);
    let store: ProjectStore | undefined;
    try {
      store = openOrCreateProject(path, description, this.#options.now);
    } catch (thrown) {
      await field.close();
      throw thrown;
    }
    try {
      return await this.#install(store, files, field);
    } catch (thrown) {
      store.close();
      throw thrown;
    }
  }

  /** Reads mosaics, catalogue and features, telling the window that it takes a while. */
  #readField(files: FieldFiles): Promise<EngineField> {
    this.#options.services.expectField();
    return this.#asTask('Reading the catalogue', async (task) => {
      const { features } = await this.#recipe();
      const onTiles = (tiles: TileService): void => this.#showOpening(tiles);
      return openEngineField(this.#options.services, files, features, { ...task, onTiles });
    });
  }

  /**
   * A part of an opening that takes a while: the window is told how far it is, and `cancelOpening` stops it.
   * @param label what it is called until it says what it is at
   */
  async #asTask<Result>(label: string, work: (task: OpeningTask) => Promise<Result>): Promise<Result> {
    const { events } = this.#options;
    const abort = new AbortController();
    this.#reading = abort;
    let [shown, saidAt] = [label, 0];
    events.publish({ type: 'task', label, fraction: null });
    const onProgress = (now: string, fraction: number): void => {
      const at = performance.now();
      if (now === shown && at - saidAt < PROGRESS_EVERY_MS) return;
      [shown, saidAt] = [now, at];
      // 1 tells the window that the task is over.
      events.publish({ type: 'task', label: now, fraction: Math.min(fraction, 0.99) });
    };
    try {
      return await work({ signal: abort.signal, onProgress });
    } finally {
      this.#reading = undefined;
      events.publish({ type: 'task', label: shown, fraction: 1 });
    }
  }

  /** Lets the window see the mosaics of the field that is being opened, or none any more. */
  #showOpening(tiles: TileService | undefined): void {
    if (tiles === this.#openingTiles) return;
    this.#openingTiles = tiles;
    const sky = tiles === undefined ? null : { hipsKey: tiles.key, ...tiles.initialView };
    this.#options.events.publish({ type: 'opening-sky', sky });
  }

  async #recipe(): Promise<Recipe> {
    const [model] = await this.#options.services.listModels();
    return model?.description.recipe ?? this.#options.fallbackRecipe;
  }

  /**
   * Makes a field that was read the open project. It can be looked at before what identifies its files is known; the call
   * settles after that. Lets go of the field where it fails.
   */
  async #install(store: ProjectStore, files: FieldFiles, field: EngineField): Promise<ProjectSummary> {
    const { services, events, recent, now } = this.#options;
    const project = await this.#taken(store, files, field);
    // Until it is known what the files are, nothing can be run: the window shows the task instead.
    await this.#asTask(READING_THROUGH, async ({ signal, onProgress }) => {
      try {
        // The sky first: the samples of hundreds of mosaics are gigabytes, and a run takes every core.
        events.publish({ type: 'project-changed' });
        this.#showOpening(undefined);
        await field.tiles.firstView;
        refuseCancelled(signal);
        const said = (fraction: number): void => onProgress(READING_THROUGH, fraction);
        project.takeInputs(await services.inputsOf(files, { signal, onProgress: said }));
        await recent.add({ name: store.description.name, path: store.path, openedAt: now().toISOString() });
        await project.takeUp();
      } catch (thrown) {
        await this.#letGo();
        throw thrown;
      }
    });
    events.publish({ type: 'project-changed' });
    return project.summary();
  }

  /** Makes a field the open project in the place of the one that was; closes it where that cannot be done. */
  async #taken(store: ProjectStore, files: FieldFiles, field: EngineField): Promise<OpenProject> {
    try {
      const catalogueFingerprint = await inputFingerprint(files.catalogue);
      storeReading(store, files);
      const recipe = await this.#recipe();
      await this.#letGo();
      this.#open = this.#projectOf({ store, files, field, recipe, catalogueFingerprint });
      return this.#open;
    } catch (thrown) {
      await field.close();
      throw thrown;
    }
  }

  #projectOf(
    opened: Pick<OpenProjectOptions, 'store' | 'files' | 'field' | 'recipe' | 'catalogueFingerprint'>,
  ): OpenProject {
    const { services, events, startWorker, devices, softwareVersion, now } = this.#options;
    return new OpenProject({
      ...opened,
      services,
      opening: ++this.#openings,
      startWorker,
      devices,
      softwareVersion,
      now,
      publish: (event) => events.publish(event),
    });
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
    const result = this.#turn.then(action).finally(() => this.#showOpening(undefined));
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
