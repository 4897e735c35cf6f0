import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CandidateEvent, NewCandidateEvent } from '../../core/association/candidate.ts';
import type { RunDevice } from '../../contract/device-schemas.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import type { LabelEvent, NewLabelEvent } from '../../core/labels/label-event.ts';
import { appendCandidates, readCandidates } from './candidate-history.ts';
import type { PlacedInput, ProjectInput } from './inputs.ts';
import { placedInputs, readInputs, writeInputs } from './inputs.ts';
import { appendLabels, readLabels } from './label-history.ts';
import type { StoredPredictions } from './predictions.ts';
import { commitBatch, readPredictions } from './predictions.ts';
import { recordRunDevice } from './run-devices.ts';
import type { NewRun, RunChange, RunIdentity, StoredRun } from './runs.ts';
import { createRun, findRun, listRuns, readRun, restartRun, updateRun } from './runs.ts';
import { writeSharedCopy } from './shared-copy.ts';
import type { NewTraining, StoredTraining, TrainingChange } from './trainings.ts';
import { createTraining, deleteTraining, listTrainings, readTraining, updateTraining } from './trainings.ts';
import type { Sqlite } from './sqlite-file.ts';
import { closeSqliteFile, openSqliteCopy, openSqliteFile, withoutWaiting } from './sqlite-file.ts';

/** Extension of a project file, dot included. */
export const PROJECT_EXTENSION = '.lobate';

export interface ProjectDescription {
  readonly name: string;
  readonly isDemo: boolean;
  readonly createdAt: string;
}

/**
 * An open project file. Every call is synchronous and on disk when it returns, but for `setViewState`; nobody else can
 * open the file.
 */
export interface ProjectStore {
  readonly path: string;
  readonly description: ProjectDescription;
  /** @throws DomainFailure `project-input-missing` */
  inputs(): readonly ProjectInput[];
  /** The inputs, whether they are there or not. */
  placedInputs(): readonly PlacedInput[];
  setInputs(inputs: readonly ProjectInput[]): void;
  createRun(run: NewRun): StoredRun;
  /** @throws DomainFailure `run-not-found` */
  run(id: number): StoredRun;
  runs(): readonly StoredRun[];
  findRun(identity: RunIdentity): StoredRun | undefined;
  updateRun(id: number, change: RunChange): StoredRun;
  /** Forgets what the run has stored. */
  restartRun(id: number, softwareVersion: string): StoredRun;
  /** Predictions and the next batch in one transaction. */
  commitBatch(runId: number, batch: number, predictions: readonly Prediction[]): StoredRun;
  predictions(runId: number, rowCount: number): StoredPredictions;
  /** Adds to the history of labels, which nothing changes afterwards. */
  appendLabels(events: readonly NewLabelEvent[]): readonly LabelEvent[];
  /** The whole history of labels, oldest first. */
  labels(): readonly LabelEvent[];
  /** Adds to the history of association candidates, which nothing changes afterwards. */
  appendCandidates(events: readonly NewCandidateEvent[]): void;
  /** The whole history of candidates, oldest first. */
  candidates(): readonly CandidateEvent[];
  /** What computes the run from a batch on. */
  recordRunDevice(runId: number, device: RunDevice): void;
  createTraining(training: NewTraining): StoredTraining;
  /** @throws DomainFailure `training-not-found` */
  training(id: number): StoredTraining;
  trainings(): readonly StoredTraining[];
  updateTraining(id: number, change: TrainingChange): StoredTraining;
  deleteTraining(id: number): void;
  /** A JSON value the window keeps, or undefined. */
  viewState(key: string): unknown;
  /** Outlives the program, however it ends, but not a power cut. */
  setViewState(key: string, value: unknown): void;
  /** Writes a copy to give away, its inputs named relative to it. @throws DomainFailure `file-unwritable` */
  saveCopy(target: string): Promise<void>;
  /** Folds the log into the file and lets go of it. Does nothing when closed already. */
  close(): void;
}

/**
 * Opens the project at `path`, or makes it where there is none.
 * @throws DomainFailure `project-in-use`, `project-invalid`, `project-newer`, `file-unwritable`
 */
export function openOrCreateProject(
  path: string,
  description: { readonly name?: string; readonly isDemo?: boolean } = {},
  now: () => Date = () => new Date(),
): ProjectStore {
  const sqlite = openSqliteFile(path, 'create');
  sqlite
    .prepare('INSERT OR IGNORE INTO project (id, name, is_demo, created_at) VALUES (1, ?, ?, ?)')
    .run(
      description.name ?? basename(path, PROJECT_EXTENSION),
      Number(description.isDemo ?? false),
      now().toISOString(),
    );
  return storeOver(sqlite, path);
}

/**
 * Opens a project that is there.
 * @throws DomainFailure `file-not-found`, `project-in-use`, `project-invalid`, `project-newer`, `file-unwritable`
 */
export function openProject(path: string): ProjectStore {
  return storeOver(openSqliteFile(path, 'existing'), path);
}

/**
 * A copy in memory of a project that is there, to read in: the file is neither changed nor locked.
 * @throws DomainFailure as `openSqliteCopy`
 */
export async function openProjectCopy(path: string): Promise<ProjectStore> {
  return storeOver(await openSqliteCopy(path), path);
}

function storeOver(sqlite: Sqlite, givenPath: string): ProjectStore {
  // Relative input paths count from where the file really lies, not from a link to it.
  const path = join(realpathSync(dirname(givenPath)), basename(givenPath));
  const row = sqlite.prepare('SELECT name, is_demo, created_at FROM project').get() as
    { name: string; is_demo: number; created_at: string } | undefined;
  const description: ProjectDescription = {
    name: row?.name ?? basename(path, PROJECT_EXTENSION),
    isDemo: row?.is_demo === 1,
    createdAt: row?.created_at ?? '',
  };
  return {
    path,
    description,
    inputs: () => readInputs(sqlite, path),
    placedInputs: () => placedInputs(sqlite, path),
    setInputs: (inputs) => writeInputs(sqlite, path, inputs),
    createRun: (run) => createRun(sqlite, run),
    run: (id) => readRun(sqlite, id),
    runs: () => listRuns(sqlite),
    findRun: (identity) => findRun(sqlite, identity),
    updateRun: (id, change) => updateRun(sqlite, id, change),
    restartRun: (id, softwareVersion) => restartRun(sqlite, id, softwareVersion),
    commitBatch: (runId, batch, predictions) => commitBatch(sqlite, runId, batch, predictions),
    predictions: (runId, rowCount) => readPredictions(sqlite, runId, rowCount),
    appendLabels: (events) => appendLabels(sqlite, events),
    labels: () => readLabels(sqlite),
    appendCandidates: (events) => appendCandidates(sqlite, events),
    candidates: () => readCandidates(sqlite),
    recordRunDevice: (runId, device) => recordRunDevice(sqlite, runId, device),
    createTraining: (training) => createTraining(sqlite, training),
    training: (id) => readTraining(sqlite, id),
    trainings: () => listTrainings(sqlite),
    updateTraining: (id, change) => updateTraining(sqlite, id, change),
    deleteTraining: (id) => deleteTraining(sqlite, id),
    viewState: (key) => {
      const value = sqlite.prepare('SELECT value_json FROM view_state WHERE key = ?').pluck().get(key);
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : undefined;
    },
    setViewState: (key, value) => {
      const write = sqlite.prepare('INSERT OR REPLACE INTO view_state (key, value_json) VALUES (?, ?)');
      withoutWaiting(sqlite, () => write.run(key, JSON.stringify(value)));
    },
    saveCopy: (target) => writeSharedCopy(sqlite, placedInputs(sqlite, path), target),
    close: () => closeSqliteFile(sqlite),
  };
}
