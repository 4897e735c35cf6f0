import type { EngineEvent, PreflightReport, ProjectSummary } from '../contract/schemas.ts';
import type { SisgGateSummary } from '../contract/sisg.ts';
import type { Prediction } from '../core/classification/prediction.ts';
import type { CutoutGeometry } from '../core/cutout/cutout-recipe.ts';
import { withSisg } from '../core/network/gate.ts';
import { withGeometry } from '../core/network/geometry.ts';
import type { ShownScore } from '../core/labels/label-event.ts';
import type { Recipe } from '../core/network/recipe.ts';
import { parentNames } from '../core/association/component-table.ts';
import { describeError } from '../core/result/describe-error.ts';
import { DomainFailure } from '../core/result/failure.ts';
import type { Notice } from '../core/result/notice.ts';
import type { RunHold } from '../contract/run-hold.ts';
import { runHolds } from '../services/preflight/holds.ts';
import { preflight } from '../services/preflight/preflight.ts';
import type { FieldFiles } from '../contract/field-files.ts';
import type { ListedModel } from '../services/model-store/load-model.ts';
import { trainingSplitOf } from '../services/model-store/training-split.ts';
import type { ProjectStore } from '../services/project-store/project-store.ts';
import type { StoredRun } from '../services/project-store/runs.ts';
import type { ExplainAnswer, ExplainQuestion } from '../contract/explain-job.ts';
import type { Devices } from './devices.ts';
import type { EngineServices } from './engine-services.ts';
import { Explainer } from './explainer.ts';
import type { EngineField } from './field.ts';
import { readingFingerprints } from './field-reading.ts';
import { openEngineField } from './field.ts';
import { AssociationDesk } from './association-desk.ts';
import { LabelDesk } from './label-desk.ts';
import { LivePredictions } from './live-predictions.ts';
import { createRunQueue } from './run-queue.ts';
import type { RunQueue } from './run-queue.ts';
import type { RateMeter } from './run-rate.ts';
import { createRateMeter } from './run-rate.ts';
import { ReferenceLabels } from './reference-labels.ts';
import type { GateLabels } from './sisg-gate.ts';
import { referenceGateLabels, SisgGate } from './sisg-gate.ts';
import { projectSummaryOf, runSummaryOf } from './summaries.ts';
import { fieldNameOf } from './project-path.ts';
import { TrainingDesk } from './training-desk.ts';
import type { StartWorker } from './worker-link.ts';

export interface OpenProjectOptions {
  readonly services: EngineServices;
  readonly store: ProjectStore;
  readonly files: FieldFiles;
  /** Recipe of features and cutouts until a run says otherwise. */
  readonly recipe: Recipe;
  readonly field: EngineField;
  /** Which opening of the engine this is, from 1 on. */
  readonly opening: number;
  /** Sentences about the project itself, beside the field's. */
  readonly notices: readonly Notice[];
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
  readonly associations: AssociationDesk;
  readonly sisg: SisgGate;
  readonly #options: OpenProjectOptions;
  readonly trainings: TrainingDesk;
  readonly #queue: RunQueue;
  readonly #explainer: Explainer;
  #field: EngineField;
  #recipe: Recipe;
  #shownRunId: number | undefined;
  #predictions: LivePredictions | undefined;
  #holds: readonly RunHold[] = [];
  #rate: RateMeter = createRateMeter();
  readonly #notices: Notice[];

  constructor(options: OpenProjectOptions) {
    this.#options = options;
    this.store = options.store;
    this.#field = options.field;
    this.#recipe = options.recipe;
    this.#notices = [...options.notices];
    const catalogueFingerprint = options.store.inputs().find(({ role }) => role === 'catalogue')?.fingerprint ?? '';
    this.reference = new ReferenceLabels(options.store, {
      names: () => this.#field.field.catalogue.name,
      positions: () => this.#field.field.catalogue,
    });
    this.labels = new LabelDesk({
      store: options.store,
      names: options.field.field.catalogue.name,
      catalogueFingerprint,
      now: options.now,
      publish: (event) => options.publish(event),
      shownScore: (row) => this.#shownScore(row),
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
      field: () => this.#field,
      probability: () => this.#predictions?.probability,
      labels: () => this.#gateLabels(),
    });
    this.#explainer = new Explainer({
      files: options.files,
      startWorker: options.startWorker,
      onTask: (label, fraction) => options.publish({ type: 'task', label, fraction }),
    });
    this.trainings = new TrainingDesk({
      store: options.store,
      fieldName: fieldNameOf(options.files.catalogue),
      files: options.files,
      startWorker: options.startWorker,
      modelFolder: options.services.modelFolders?.[0],
      softwareVersion: options.softwareVersion,
      now: options.now,
      listModels: () => options.services.listModels(),
      rowLabels: () => this.labels.rowLabels(parentNames(this.#field.field.catalogue, this.associations.candidates)),
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
      onChanged: (run) => this.#publishRun(run),
      onBatch: (run, predictions) => this.#takeBatch(run, predictions),
      onTask: (label, fraction) => options.publish({ type: 'task', label, fraction }),
    });
  }

  /**
   * Puts a question about a source to the model of the run on screen, in a worker of its own.
   * @throws DomainFailure `run-not-found`, `model-not-found`, and what the question meets
   */
  async ask(question: ExplainQuestion, signal?: AbortSignal): Promise<ExplainAnswer> {
    const run = this.shownRun;
    if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
    const { folder } = await this.#modelOf(run);
    return this.#explainer.ask(question, folder, run.recipe, signal);
  }

  /** The files of the field, and how their columns are read. */
  get files(): FieldFiles {
    return this.#options.files;
  }

  /**
   * What the model of the run on screen saw of each row in its training, as `mc_dl_dataset`; undefined where the model is
   * gone or does not say.
   * @throws DomainFailure file-unreadable where its record is broken
   */
  async trainingSplit(): Promise<Uint8Array | undefined> {
    const run = this.shownRun;
    if (run === undefined) return undefined;
    const models = await this.#options.services.listModels();
    const model = models.find(({ description }) => description.weightsSha256 === run.weightsSha256);
    return model && trainingSplitOf(model.folder, this.#field.field.catalogue);
  }

  get field(): EngineField {
    return this.#field;
  }

  /** The recipe of the run on screen: what its cutouts and features were made with. */
  get recipe(): Recipe {
    return this.#recipe;
  }

  get shownRun(): StoredRun | undefined {
    return this.#shownRunId === undefined ? undefined : this.store.run(this.#shownRunId);
  }

  get predictions(): LivePredictions | undefined {
    return this.#predictions;
  }

  summary(): ProjectSummary {
    return {
      ...projectSummaryOf(this.store, this.#field, this.#notices, this.shownRun),
      opening: this.#options.opening,
      holds: [...this.#holds],
    };
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
        const { description } = await this.#findModel(undefined);
        this.#holds = runHolds(this.#field.field, description.recipe);
        if (this.#holds.length === 0) await this.startRun({ scoreSisg: false });
        return;
      }
      await this.#show(newest);
      if (newest.state === 'running' || newest.state === 'queued') await this.resumeRun();
    } catch (thrown) {
      if (!(thrown instanceof DomainFailure)) throw thrown;
      // The field can be looked at without a run: a missing model must not keep it closed.
      this.#notices.push({ level: 'warning', message: describeError(thrown.error) });
    }
  }

  /**
   * Starts a run, or takes up the one that the project has for the same model, inputs and SISG choice; a complete one is
   * only shown.
   * @throws DomainFailure `run-in-progress`, `model-not-found`
   */
  async startRun({ modelId, scoreSisg, geometry }: RunRequest): Promise<StoredRun> {
    if (this.#queue.isBusy) throw new DomainFailure({ kind: 'run-in-progress' });
    const { folder, description } = await this.#findModel(modelId);
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
        rowCount: this.#field.field.catalogue.rowCount,
        startedAt: this.#options.now().toISOString(),
      });
    this.#holds = [];
    await this.#show(run);
    if (run.state !== 'complete') this.#queue.start(run, folder);
    this.#options.publish({ type: 'project-changed' });
    return this.store.run(run.id);
  }

  /** Ends the run in progress; what is stored stays and can be taken up. */
  async cancelRun(): Promise<void> {
    await this.#queue.cancel();
  }

  /** @throws DomainFailure `run-not-found`, `run-in-progress`, `model-not-found` when its model is gone or has changed */
  async resumeRun(): Promise<StoredRun> {
    const run = this.shownRun;
    if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
    if (run.state === 'complete') return run;
    if (this.#queue.isBusy) throw new DomainFailure({ kind: 'run-in-progress' });
    const model = await this.#modelOf(run);
    await this.#show(this.#resumable(run)!);
    this.#queue.start(this.store.run(run.id), model.folder);
    return this.store.run(run.id);
  }

  /** What a run would meet; without any model, by the recipe on screen. @throws DomainFailure `model-not-found` */
  async preflight({ modelId, geometry }: Omit<RunRequest, 'scoreSisg'>): Promise<PreflightReport> {
    const models = await this.#options.services.listModels();
    const model = modelId === undefined && models.length === 0 ? undefined : await this.#findModel(modelId);
    const { field, assignment } = this.#field;
    const recipe = this.#recipeFor(model?.description.recipe ?? this.#recipe, geometry);
    const report = await preflight(field, assignment, recipe, model?.description);
    const labels = (await this.reference.summary())?.join ?? undefined;
    return labels === undefined ? report : { ...report, joins: [...report.joins, labels] };
  }

  /** The gate of the next run beside its model's and that of the results on screen. */
  async sisgSummary(): Promise<SisgGateSummary> {
    const shown = this.shownRun;
    const models = await this.#options.services.listModels();
    const model = models.find(({ description }) => description.weightsSha256 === shown?.weightsSha256) ?? models[0];
    return this.sisg.summary(model?.description.recipe ?? this.#recipe, shown?.recipe);
  }

  /** Lets go of everything. A run in progress is left to be taken up at the next opening. */
  async close(): Promise<void> {
    this.#explainer.close();
    await Promise.all([this.#queue.close(), this.trainings.close()]);
    this.store.close();
    await this.#field.close();
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

  /** What the window shows of the row. */
  #shownScore(row: number): ShownScore | undefined {
    const run = this.shownRun;
    const probability = this.#predictions?.probability[row] ?? Number.NaN;
    return run === undefined
      ? undefined
      : {
          runId: run.id,
          modelId: run.modelId,
          weightsSha256: run.weightsSha256,
          probability: Number.isNaN(probability) ? undefined : probability,
        };
  }

  /** Another version may cut the rows into other batches: what it left unfinished is begun again. */
  #resumable(run: StoredRun | undefined): StoredRun | undefined {
    const { softwareVersion } = this.#options;
    if (run === undefined || run.state === 'complete' || run.softwareVersion === softwareVersion) return run;
    return this.store.restartRun(run.id, softwareVersion);
  }

  /** @throws DomainFailure `model-not-found` where the weights of the run are gone or others */
  async #modelOf(run: StoredRun): Promise<ListedModel> {
    const models = await this.#options.services.listModels();
    const model = models.find(({ description }) => description.weightsSha256 === run.weightsSha256);
    if (model === undefined) {
      throw new DomainFailure({
        kind: 'model-not-found',
        id: run.modelId,
        available: models.map(({ description }) => description.id),
      });
    }
    return model;
  }

  async #findModel(modelId: string | undefined): Promise<ListedModel> {
    const models = await this.#options.services.listModels();
    const found = modelId === undefined ? models[0] : models.find(({ description }) => description.id === modelId);
    if (found !== undefined) return found;
    throw new DomainFailure({
      kind: 'model-not-found',
      id: modelId ?? 'default',
      available: models.map(({ description }) => description.id),
    });
  }

  #inputFingerprints(): readonly string[] {
    const files = this.store.inputs().map(({ role, fingerprint }) => `${role}:${fingerprint}`);
    return [...files, ...readingFingerprints(this.#options.files)];
  }

  async #show(run: StoredRun): Promise<void> {
    // Features on screen are those the run's network sees.
    if (JSON.stringify(run.recipe.features) !== JSON.stringify(this.#recipe.features)) {
      const old = this.#field;
      this.#field = await openEngineField(this.#options.services, this.#options.files, run.recipe.features);
      await old.close();
    }
    this.#recipe = run.recipe;
    this.#shownRunId = run.id;
    this.#predictions = new LivePredictions(this.store.predictions(run.id, this.#field.field.catalogue.rowCount));
    this.#rate = createRateMeter();
  }

  #publishRun(run: StoredRun): void {
    if (run.state !== 'running') this.#rate = createRateMeter();
    this.#options.publish({ type: 'run-progress', run: runSummaryOf(run), rowsPerSecond: null, secondsLeft: null });
  }

  #takeBatch(run: StoredRun, predictions: readonly Prediction[]): void {
    if (run.id === this.#predictions?.runId) this.#predictions.apply(predictions);
    const rate = this.#rate.measure(run.rowsDone, run.rowCount, this.#options.now().getTime());
    this.#options.publish({
      type: 'predictions',
      runId: run.id,
      rows: predictions.map(({ row }) => row),
      probability: predictions.map(({ probability }) => (Number.isNaN(probability) ? null : probability)),
      status: predictions.map(({ status }) => status),
    });
    this.#options.publish({ type: 'run-progress', run: runSummaryOf(run), ...rate });
  }
}
