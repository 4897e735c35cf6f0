import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { EngineEvent } from '../../contract/schemas.ts';
import type { TrainJob } from '../../contract/train-messages.ts';
import type {
  DataExamination,
  startTraining,
  StepEstimate,
  TrainingPlan,
  TrainingProgressMessage,
  TrainingResult,
  TrainingSummary,
} from '../../contract/training.ts';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { checkTrainingRecipe } from '../../core/training/training-recipe.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { ListedModel } from '../../services/model-store/load-model.ts';
import { checkModelFolder } from '../../services/model-store/save-model.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { StoredTraining } from '../../services/project-store/trainings.ts';
import { refuseTakenId } from '../../services/model-store/taken-id.ts';
import { findTrainingFields } from '../../services/trainer/training-fields.ts';
import { askWorker } from '../workers/ask-worker.ts';
import type { Devices, SelectedDevice } from '../devices/devices.ts';
import { learningTaskOf } from './learning-task.ts';
import type { JobEnd } from '../workers/worker-job.ts';
import { runWorkerJob } from '../workers/worker-job.ts';
import type { StartWorker } from '../workers/worker-link.ts';
import { resultOf } from './training-result.ts';
import { createStepClock, trainingSummaryOf } from './training-summary.ts';

export interface TrainingDeskOptions {
  readonly store: ProjectStore;
  readonly fieldName: string;
  readonly files: FieldFiles;
  readonly startWorker: StartWorker;
  readonly devices: Pick<Devices, 'select' | 'replace'>;
  /** Where new models are put; undefined where the host has no folder for them. */
  readonly modelFolder: string | undefined;
  readonly softwareVersion: string;
  readonly now: () => Date;
  listModels(): Promise<readonly ListedModel[]>;
  /** Labels made by hand in this project. */
  rowLabels(): RowLabels;
  publish(event: EngineEvent): void;
}

/** Deaths of the worker without an epoch in between before a training is given up. */
const DEATHS_BEFORE_GIVING_UP = 3;

/**
 * The trainings of the open project: one at a time, in a worker of its own beside the classification's. Whatever happens,
 * the checkpoint of the last whole epoch is on the disk, so a death costs one epoch at most.
 */
export class TrainingDesk {
  readonly #options: TrainingDeskOptions;
  #current: { readonly id: number; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  #progress: TrainingProgressMessage | undefined;

  constructor(options: TrainingDeskOptions) {
    this.#options = options;
  }

  get progress(): TrainingProgressMessage | undefined {
    return this.#progress;
  }

  list(): TrainingSummary[] {
    return this.#options.store.trainings().map(trainingSummaryOf);
  }

  /** @throws DomainFailure of the first file that cannot be used */
  async examine(plan: TrainingPlan): Promise<DataExamination> {
    const task = await this.#task(plan);
    const { found } = await askWorker(
      this.#options.startWorker,
      { kind: 'examine-data', jobId: 0, ...task },
      'data-examined',
    );
    const { report, refusals, warnings, notices, ...counts } = found;
    return {
      ...counts,
      report: report ?? null,
      refusals: [...refusals],
      warnings: [...warnings],
      notices: [...notices],
    };
  }

  async measure(plan: TrainingPlan): Promise<StepEstimate> {
    const { recipe, training } = await this.#recipeAndTraining(plan);
    const { startWorker, devices } = this.#options;
    const device = await devices.select({ kind: 'training', recipe });
    const { provider } = device;
    const job = { kind: 'measure-step', jobId: 0, recipe, training, provider } as const;
    const { secondsPerStep, peakBytes, bytesPerRow } = await askWorker(startWorker, job, 'step-measured');
    return { secondsPerStep, peakBytes, bytesPerRow, device };
  }

  /** @throws DomainFailure `run-in-progress` (of a training), `argument-invalid` (name taken), and those of the files */
  async start(request: z.output<typeof startTraining>): Promise<TrainingSummary> {
    this.#requireIdle();
    const { store, softwareVersion, now } = this.#options;
    checkModelFolder(this.#outFolder(request.modelId));
    refuseTakenId(request.modelId, await this.#options.listModels());
    const task = await this.#task(request);
    this.#requireIdle();
    const training = store.createTraining({
      modelId: request.modelId,
      task: {
        ...task,
        hasOpenField: request.data.labels.kind !== 'none',
        startModelId: request.startModelId ?? undefined,
        compareModelId: request.compareModelId ?? undefined,
        trainedOn: task.fields.map(({ name }) => name).join(', '),
      },
      softwareVersion,
      startedAt: now().toISOString(),
    });
    this.#begin(training, false);
    return trainingSummaryOf(training);
  }

  /** @throws DomainFailure `training-not-found`, `run-in-progress` */
  resume(id: number, finishNow: boolean): TrainingSummary {
    const training = this.#options.store.training(id);
    if (training.state === 'complete' || this.#current?.id === id) return trainingSummaryOf(training);
    this.#requireIdle();
    this.#begin(training, finishNow);
    return trainingSummaryOf(this.#options.store.training(id));
  }

  async stop(): Promise<void> {
    const stopped = this.#current;
    await this.#interrupt();
    if (stopped !== undefined && this.#options.store.training(stopped.id).state === 'running') {
      this.#change(stopped.id, { state: 'stopped', finishedAt: this.#options.now().toISOString() });
    }
  }

  /** Goes on with what was running when the project was closed or the program died. */
  takeUp(): void {
    const interrupted = this.#options.store.trainings().findLast(({ state }) => state === 'running');
    if (interrupted !== undefined) this.#begin(interrupted, false);
  }

  async result(id: number): Promise<TrainingResult | null> {
    const training = this.#options.store.training(id);
    return resultOf(training, await this.#options.listModels());
  }

  async remove(id: number): Promise<void> {
    if (this.#current?.id === id) throw new DomainFailure({ kind: 'run-in-progress' });
    const { modelId, state } = this.#options.store.training(id);
    if (state !== 'complete') await rm(`${this.#outFolder(modelId)}.checkpoint`, { force: true });
    this.#options.store.deleteTraining(id);
  }

  /** Lets the training be taken up at the next opening. */
  async close(): Promise<void> {
    await this.#interrupt();
  }

  async #interrupt(): Promise<void> {
    const current = this.#current;
    current?.abort.abort();
    await current?.ended;
  }

  #requireIdle(): void {
    if (this.#current !== undefined) throw new DomainFailure({ kind: 'run-in-progress' });
  }

  #outFolder(modelId: string): string {
    const { modelFolder } = this.#options;
    if (modelFolder !== undefined) return join(modelFolder, modelId);
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: modelId,
      why: 'there is no folder for models of your own',
    });
  }

  async #recipeAndTraining(plan: TrainingPlan): Promise<ReturnType<typeof learningTaskOf>> {
    const task = learningTaskOf(plan, await this.#options.listModels());
    checkTrainingRecipe(task.training);
    return task;
  }

  async #task(plan: TrainingPlan) {
    const { recipe, training } = await this.#recipeAndTraining(plan);
    const { labels, folders } = plan.data;
    const { files, fieldName: name } = this.#options;
    const others = await findTrainingFields(folders);
    const own =
      labels.kind === 'none'
        ? []
        : [
            {
              name,
              files,
              labels: labels.kind === 'file' ? labels : { kind: 'rows' as const, labels: this.#options.rowLabels() },
            },
          ];
    const fields = [...own, ...others];
    if (fields.length === 0) {
      throw new DomainFailure({ kind: 'training-data-insufficient', why: 'there is no field with labels' });
    }
    return { recipe, training, fields };
  }

  #begin(training: StoredTraining, finishNow: boolean): void {
    const abort = new AbortController();
    const { id } = training;
    this.#change(id, { state: 'running', failure: undefined, finishedAt: undefined });
    const ended = this.#carryOut(training, finishNow, abort.signal)
      .catch((thrown: unknown): JobEnd => ({
        error: undefined,
        kind: 'failed',
        sentence: thrown instanceof DomainFailure ? describeError(thrown.error) : String(thrown),
      }))
      .then((end) => {
        this.#current = undefined;
        this.#progress = undefined;
        const finishedAt = this.#options.now().toISOString();
        if (end.kind === 'done') this.#change(id, { state: 'complete', finishedAt });
        else if (end.kind !== 'stopped') this.#change(id, { state: 'failed', failure: sentenceOf(end), finishedAt });
      });
    this.#current = { id, abort, ended };
  }

  /** Starts workers until the training is through; a death goes on from the checkpoint. */
  async #carryOut(training: StoredTraining, finishNow: boolean, signal: AbortSignal): Promise<JobEnd> {
    const work = { kind: 'training', recipe: training.task.recipe } as const;
    let device = await this.#options.devices.select(work, signal);
    let deaths = 0;
    for (;;) {
      const clock = createStepClock(training.task.training.epochs, () => this.#options.now().getTime());
      const epochsBefore = this.#options.store.training(training.id).history.length;
      const history: StoredTraining['history'][number][] = [];
      const end = await runWorkerJob(
        this.#options.startWorker,
        await this.#job(training, finishNow, device),
        (report) => {
          if (report.kind === 'train-epoch') {
            history.push(report.metrics);
            // Epochs before a resumption are told again.
            if (history.length > epochsBefore) this.#change(training.id, { history: [...history] });
          } else if (report.kind === 'train-stage' || report.kind === 'train-step') {
            this.#progress = clock.progressOf(training.id, report, this.#progress);
            this.#options.publish({ type: 'training-progress', progress: this.#progress });
          } else if (report.kind === 'train-device-failed') {
            void this.#options.devices.replace(device, work, report.why);
          } else if (report.kind === 'train-result') {
            const { heldOut, threshold } = report;
            this.#options.store.updateTraining(training.id, { history: [...history], result: { heldOut, threshold } });
          }
          return 'go-on';
        },
        signal,
      );
      if (end.kind !== 'died') return end;
      if (device.provider !== 'cpu') {
        device = await this.#options.devices.replace(device, work, `it ended the worker process (${end.why})`);
        continue;
      }
      deaths = this.#options.store.training(training.id).history.length > epochsBefore ? 1 : deaths + 1;
      if (deaths >= DEATHS_BEFORE_GIVING_UP) return end;
    }
  }

  async #job(
    { id, modelId, task, startedAt }: StoredTraining,
    finishNow: boolean,
    { provider, adapter }: SelectedDevice,
  ): Promise<TrainJob> {
    const models = await this.#options.listModels();
    const folderOf = (wanted: string | undefined): string | undefined => {
      if (wanted === undefined) return undefined;
      const model = models.find(({ description }) => description.id === wanted);
      if (model !== undefined) return model.folder;
      const available = models.map(({ description }) => description.id);
      throw new DomainFailure({ kind: 'model-not-found', id: wanted, available });
    };
    return {
      kind: 'train',
      jobId: id,
      recipe: task.recipe,
      training: task.training,
      fields: task.fields,
      startFolder: folderOf(task.startModelId),
      compareFolder: folderOf(task.compareModelId),
      outFolder: this.#outFolder(modelId),
      trainedOn: task.trainedOn,
      createdAt: startedAt,
      softwareVersion: this.#options.softwareVersion,
      device: { provider, adapter },
      finishNow,
    };
  }

  #change(id: number, change: Parameters<ProjectStore['updateTraining']>[1]): void {
    const training = trainingSummaryOf(this.#options.store.updateTraining(id, change));
    this.#options.publish({ type: 'training', training });
  }
}

function sentenceOf(end: JobEnd): string {
  switch (end.kind) {
    case 'failed':
      return end.sentence;
    case 'died':
      return `${describeError({ kind: 'worker-died', why: end.why })} The last whole epoch is kept; where this happens again, there may be too little memory: take a smaller batch`;
    case 'done':
      return 'the worker gave no answer';
    case 'stopped':
      return describeError({ kind: 'cancelled' });
  }
}
