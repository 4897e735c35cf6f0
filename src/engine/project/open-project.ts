import type { EngineEvent, PreflightReport, ProjectSummary } from '../../contract/schemas.ts';
import type { SisgGateSummary } from '../../contract/sisg.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import { withSisg } from '../../core/network/gate.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { parentNames } from '../../core/association/component-table.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Notice } from '../../core/result/notice.ts';
import type { RunHold } from '../../contract/run-hold.ts';
import { runHolds } from '../../services/preflight/holds.ts';
import { preflight } from '../../services/preflight/preflight.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import { hasTrainingSplit, trainingSplitOf } from '../../services/model-store/training-split.ts';
import type { ProjectInput } from '../../services/project-store/inputs.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import type { ExplainAnswer, ExplainQuestion } from '../../contract/explain-job.ts';
import type { Devices } from '../devices/devices.ts';
import type { EngineServices } from '../engine-services.ts';
import { Explainer } from '../sources/explainer.ts';
import type { EngineField } from './field.ts';
import { readingFingerprints } from './field-reading.ts';
import { AssociationDesk } from '../sources/association-desk.ts';
import { ComparedFileDesk } from '../runs/compared-file.ts';
import { LabelDesk } from '../labels/label-desk.ts';
import { InstalledModels } from '../models/installed-models.ts';
import type { LivePredictions } from '../runs/live-predictions.ts';
import { createRunQueue } from '../runs/run-queue.ts';
import type { RunQueue } from '../runs/run-queue.ts';
import { ReferenceLabels } from '../labels/reference-labels.ts';
import type { GateLabels } from '../runs/sisg-gate.ts';
import { referenceGateLabels, SisgGate } from '../runs/sisg-gate.ts';
import { ShownResults } from '../runs/shown-results.ts';
import { projectSummaryOf } from './summaries.ts';
import { changesBetween } from './project-inputs.ts';
import { fieldNameOf } from './project-path.ts';
import { TrainingDesk } from '../training/training-desk.ts';
import type { StartWorker } from '../workers/worker-link.ts';

export interface OpenProjectOptions {
  readonly services: EngineServices;
  readonly store: ProjectStore;
  readonly files: FieldFiles;
  /** Recipe of features and cutouts until a run says otherwise. */
  readonly recipe: Recipe;
  readonly field: EngineField;
  /** Which opening of the engine this is, from 1 on. */
  readonly opening: number;
  readonly catalogueFingerprint: string;
  readonly startWorker: StartWorker;
  readonly devices: Devices;
  readonly softwareVersion: string;
  readonly now: () => Date;
  publish(event: EngineEvent): void;
}

/** What an astronomer chooses about a run; the default model and its own geometry where not given. */
export interface RunRequest {
  readonly modelId?: string | undefined;
  readonly scoreSisg: boolean;
  readonly geometry?: CutoutGeometry | undefined;
}

/** The one project an engine has open: its file, its field in memory, its runs. */
export class OpenProject {
  readonly store: ProjectStore;
  readonly labels: LabelDesk;
  /** The labels that the field is judged by. */
  readonly reference: ReferenceLabels;
  readonly comparedFile: ComparedFileDesk;
  readonly associations: AssociationDesk;
  readonly sisg: SisgGate;
  readonly #options: OpenProjectOptions;
  readonly trainings: TrainingDesk;
  readonly #queue: RunQueue;
  readonly #explainer: Explainer;
  readonly #models: InstalledModels;
  readonly #shown: ShownResults;
  #holds: readonly RunHold[] = [];
  /** Sentences about the project itself, beside the field's. */
  readonly #notices: Notice[] = [];
  readonly #takenUp: Promise<void>;
  #isTakenUp = false;
  #tellTakenUp: (failure?: DomainFailure) => void = () => undefined;

  constructor(options: OpenProjectOptions) {
    this.#options = options;
    this.store = options.store;
    this.#models = new InstalledModels(() => options.services.listModels());
    this.#shown = new ShownResults(options, options.field, options.recipe);
    this.#takenUp = new Promise((known, fail) => {
      this.#tellTakenUp = (failure) => (failure === undefined ? known() : fail(failure));
    });
    // Nobody may be waiting for it when the project is closed.
    this.#takenUp.catch(() => undefined);
    const { catalogueFingerprint } = options;
    this.reference = new ReferenceLabels(options.store, {
      names: () => this.field.field.catalogue.name,
      positions: () => this.field.field.catalogue,
    });
    this.comparedFile = new ComparedFileDesk({
      store: options.store,
      catalogueFingerprint,
      rows: () => ({ name: this.field.field.catalogue.name, positions: this.field.field.catalogue }),
    });
    this.labels = new LabelDesk({
      store: options.store,
      names: options.field.field.catalogue.name,
      catalogueFingerprint,
      now: options.now,
      publish: (event) => options.publish(event),
      shownScore: (row) => this.#shown.scoreOf(row),
    });
    this.associations = new AssociationDesk({
      store: options.store,
      catalogueFingerprint,
      now: options.now,
      rowOf: (member) => this.labels.book.rowOf(member),
      publish: (event) => options.publish(event),
    });
    this.sisg = new SisgGate({
      store: options.store,
      field: () => this.field,
      probability: () => this.predictions?.probability,
      labels: () => this.#gateLabels(),
    });
    this.#explainer = new Explainer({
      files: options.files,
      startWorker: options.startWorker,
      onTask: (label, fraction) => options.publish({ type: 'task', label, fraction }),
    });
    this.trainings = new TrainingDesk({
      devices: options.devices,
      store: options.store,
      fieldName: fieldNameOf(options.files.catalogue),
      files: options.files,
      startWorker: options.startWorker,
      modelFolder: options.services.modelFolders?.[0],
      softwareVersion: options.softwareVersion,
      now: options.now,
      listModels: () => options.services.listModels(),
      rowLabels: () => this.labels.rowLabels(parentNames(this.field.field.catalogue, this.associations.candidates)),
      publish: (event) => options.publish(event),
    });
    this.#queue = createRunQueue({
      store: options.store,
      files: options.files,
      startWorker: options.startWorker,
      now: options.now,
      selectDevice: (modelFolder, signal) => options.devices.select({ kind: 'inference', modelFolder }, signal),
      replaceDevice: (failed, modelFolder, why) =>
        options.devices.replace(failed, { kind: 'inference', modelFolder }, why),
      onChanged: (run) => this.#shown.publishRun(run),
      onBatch: (run, predictions) => this.#shown.takeBatch(run, predictions),
      onTask: (label, fraction) => options.publish({ type: 'task', label, fraction }),
    });
  }

  /**
   * Puts a question about a source to the model of the run on screen, in a worker of its own.
   * @throws DomainFailure `run-not-found`, `model-of-run-gone`, and what the question meets
   */
  async ask(question: ExplainQuestion, signal?: AbortSignal): Promise<ExplainAnswer> {
    const run = this.shownRun;
    if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
    const { folder } = await this.#models.of(run);
    return this.#explainer.ask(question, folder, run.recipe, signal);
  }

  /** The files of the field, and how their columns are read. */
  get files(): FieldFiles {
    return this.#options.files;
  }

  /**
   * What the model of a run saw of each row in its training, as `mc_dl_dataset`; undefined where the model is gone or does
   * not say.
   * @param run that on screen where not given; one of another project may be of a model that is installed here
   * @throws DomainFailure file-unreadable where its record is broken
   */
  async trainingSplit(run = this.shownRun): Promise<Uint8Array | undefined> {
    if (run === undefined) return undefined;
    const model = await this.#models.withWeights(run.weightsSha256);
    return model && trainingSplitOf(model.folder, this.field.field.catalogue);
  }

  /** Whether the model of a run says anything of its training. */
  async hasTrainingSplit(run: StoredRun): Promise<boolean> {
    const model = await this.#models.withWeights(run.weightsSha256);
    return model !== undefined && (await hasTrainingSplit(model.folder));
  }

  get field(): EngineField {
    return this.#shown.field;
  }

  /** The recipe of the run on screen: what its cutouts and features were made with. */
  get recipe(): Recipe {
    return this.#shown.recipe;
  }

  get shownRun(): StoredRun | undefined {
    return this.#shown.run;
  }

  get predictions(): LivePredictions | undefined {
    return this.#shown.predictions;
  }

  summary(): ProjectSummary {
    return {
      ...projectSummaryOf(this.store, this.field, this.#notices, this.shownRun),
      opening: this.#options.opening,
      isTakenUp: this.#isTakenUp,
      holds: [...this.#holds],
    };
  }

  /** The files as they are now, which runs are kept with; one that has changed since is said to have. */
  takeInputs(inputs: readonly ProjectInput[]): void {
    this.#notices.push(...changesBetween(this.store.inputs(), inputs));
    this.store.setInputs(inputs);
  }

  /**
   * Shows what is stored for the present inputs: a finished run as it is, an interrupted one by taking it up where it
   * stopped; with no run at all, starts one with the default model, unless something in the data is to be seen first.
   */
  async takeUp(): Promise<void> {
    this.trainings.takeUp();
    const fingerprints = JSON.stringify(this.#inputFingerprints());
    const newest = this.store.runs().findLast((run) => JSON.stringify(run.inputFingerprints) === fingerprints);
    try {
      if (newest === undefined) {
        const { description } = await this.#models.find(undefined);
        this.#holds = runHolds(this.field.field, description.recipe);
        if (this.#holds.length === 0) await this.#beginRun({ scoreSisg: false });
        return;
      }
      await this.#shown.show(newest);
      if (newest.state === 'running' || newest.state === 'queued') await this.resumeRun();
    } catch (thrown) {
      if (!(thrown instanceof DomainFailure)) throw thrown;
      // The field can be looked at without a run: a missing model must not keep it closed.
      this.#notices.push({ level: 'warning', message: describeError(thrown.error) });
    } finally {
      this.#isTakenUp = true;
      this.#tellTakenUp();
    }
  }

  /**
   * Starts a run, or takes up the one that the project has for the same model, inputs and SISG choice; a complete one is
   * only shown.
   * @throws DomainFailure `run-in-progress`, `model-not-found`, `cancelled` when the project is closed before it is taken up
   */
  async startRun(request: RunRequest): Promise<StoredRun> {
    await this.#takenUp;
    return this.#beginRun(request);
  }

  async #beginRun({ modelId, scoreSisg, geometry }: RunRequest): Promise<StoredRun> {
    if (this.#queue.isBusy) throw new DomainFailure({ kind: 'run-in-progress' });
    const { folder, description } = await this.#models.find(modelId);
    const identity = {
      weightsSha256: description.weightsSha256,
      recipe: this.#recipeFor(description.recipe, geometry),
      inputFingerprints: this.#inputFingerprints(),
      scoreSisg,
    };
    const run =
      this.#resumable(this.store.findRun(identity)) ??
      this.store.createRun({
        ...identity,
        modelId: description.id,
        isTrained: description.isTrained,
        softwareVersion: this.#options.softwareVersion,
        threshold: description.threshold,
        rowCount: this.field.field.catalogue.rowCount,
        startedAt: this.#options.now().toISOString(),
      });
    this.#holds = [];
    await this.#shown.show(run);
    if (run.state !== 'complete') this.#queue.start(run, folder);
    this.#options.publish({ type: 'project-changed' });
    return this.store.run(run.id);
  }

  /** Ends the run in progress; what is stored stays and can be taken up. */
  async cancelRun(): Promise<void> {
    await this.#queue.cancel();
  }

  /** @throws DomainFailure `run-not-found`, `run-in-progress`, `model-of-run-gone` */
  async resumeRun(): Promise<StoredRun> {
    const run = this.shownRun;
    if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
    if (run.state === 'complete') return run;
    if (this.#queue.isBusy) throw new DomainFailure({ kind: 'run-in-progress' });
    const model = await this.#models.of(run);
    await this.#shown.show(this.#resumable(run)!);
    this.#queue.start(this.store.run(run.id), model.folder);
    return this.store.run(run.id);
  }

  /** What a run would meet; without any model, by the recipe on screen. @throws DomainFailure `model-not-found` */
  async preflight({ modelId, geometry }: Omit<RunRequest, 'scoreSisg'>): Promise<PreflightReport> {
    const model = await this.#models.findOrNone(modelId);
    const { field, assignment } = this.field;
    const recipe = this.#recipeFor(model?.description.recipe ?? this.recipe, geometry);
    const installed = (await this.#models.all()).map(({ description }) => ({
      ...description,
      recipe: this.#recipeFor(description.recipe, geometry),
    }));
    const report = await preflight(field, assignment, recipe, model?.description, installed);
    const labels = (await this.reference.summary())?.join ?? undefined;
    return labels === undefined ? report : { ...report, joins: [...report.joins, labels] };
  }

  /** The gate of the next run beside its model's and that of the results on screen. */
  async sisgSummary(): Promise<SisgGateSummary> {
    const shown = this.shownRun;
    const model = (await this.#models.withWeights(shown?.weightsSha256)) ?? (await this.#models.findOrNone(undefined));
    return this.sisg.summary(model?.description.recipe ?? this.recipe, shown?.recipe);
  }

  /** Lets go of everything. A run in progress is left to be taken up at the next opening. */
  async close(): Promise<void> {
    this.#tellTakenUp(new DomainFailure({ kind: 'cancelled' }));
    this.#explainer.close();
    await Promise.all([this.#queue.close(), this.trainings.close()]);
    this.comparedFile.close();
    this.store.close();
    await this.field.close();
  }

  /** A model's recipe as this project runs it. */
  #recipeFor(recipe: Recipe, geometry: CutoutGeometry | undefined): Recipe {
    return withSisg(withGeometry(recipe, geometry), this.sisg.thresholds);
  }

  /** Labels of the file that was given, else those on which the labellers here agree. */
  async #gateLabels(): Promise<GateLabels | undefined> {
    const summary = await this.reference.summary();
    const { columns } = this.reference;
    if (summary !== null && columns !== undefined) return referenceGateLabels(summary.path, columns);
    return this.labels.gateLabels();
  }

  /** Another version may cut the rows into other batches: what it left unfinished is begun again. */
  #resumable(run: StoredRun | undefined): StoredRun | undefined {
    const { softwareVersion } = this.#options;
    if (run === undefined || run.state === 'complete' || run.softwareVersion === softwareVersion) return run;
    return this.store.restartRun(run.id, softwareVersion);
  }

  #inputFingerprints(): readonly string[] {
    const files = this.store.inputs().map(({ role, fingerprint }) => `${role}:${fingerprint}`);
    return [...files, ...readingFingerprints(this.#options.files)];
  }
}
