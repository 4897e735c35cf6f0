import type { FieldToLearn, HeldOutRow } from '../../contract/train-messages.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import type { Sqlite } from './sqlite-file.ts';

/** `stopped`: by hand, to be resumed or finished; `failed` likewise, once its cause is gone. */
export type TrainingState = 'running' | 'stopped' | 'failed' | 'complete';

/** What was asked for, frozen when it was begun: labels made since then do not change it. */
export interface StoredTask {
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  readonly fields: readonly FieldToLearn[];
  /** The first field is the project's own. */
  readonly hasOpenField: boolean;
  readonly startModelId: string | undefined;
  readonly compareModelId: string | undefined;
  readonly trainedOn: string;
}

/** The rows that were held out, with P(MC) of both models. */
export interface StoredResult {
  readonly heldOut: readonly HeldOutRow[];
  readonly threshold: { readonly before: number | null; readonly now: number };
}

export interface StoredTraining {
  readonly id: number;
  /** Of the model that it makes. */
  readonly modelId: string;
  readonly state: TrainingState;
  readonly task: StoredTask;
  readonly history: readonly EpochMetrics[];
  readonly result: StoredResult | undefined;
  readonly failure: string | undefined;
  readonly softwareVersion: string;
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
}

interface TrainingRow {
  readonly id: number;
  readonly model_id: string;
  readonly state: TrainingState;
  readonly task_json: string;
  readonly history_json: string;
  readonly result_json: string | null;
  readonly failure: string | null;
  readonly software_version: string;
  readonly started_at: string;
  readonly finished_at: string | null;
}

export type NewTraining = Pick<StoredTraining, 'modelId' | 'task' | 'softwareVersion' | 'startedAt'>;
export type TrainingChange = Partial<Pick<StoredTraining, 'state' | 'history' | 'result' | 'failure' | 'finishedAt'>>;

export function createTraining(
  sqlite: Sqlite,
  { modelId, task, softwareVersion, startedAt }: NewTraining,
): StoredTraining {
  const { lastInsertRowid } = sqlite
    .prepare(
      `INSERT INTO trainings (model_id, state, task_json, software_version, started_at) VALUES (?, 'running', ?, ?, ?)`,
    )
    .run(modelId, JSON.stringify(task, replaceArrays), softwareVersion, startedAt);
  return readTraining(sqlite, Number(lastInsertRowid));
}

/** @throws DomainFailure `training-not-found` */
export function readTraining(sqlite: Sqlite, id: number): StoredTraining {
  const row = sqlite.prepare('SELECT * FROM trainings WHERE id = ?').get(id) as TrainingRow | undefined;
  if (row === undefined) throw new DomainFailure({ kind: 'training-not-found', id: String(id) });
  return toStored(row);
}

/** All trainings, oldest first. */
export function listTrainings(sqlite: Sqlite): readonly StoredTraining[] {
  return (sqlite.prepare('SELECT * FROM trainings ORDER BY id').all() as TrainingRow[]).map(toStored);
}

/** Changes what is given and leaves the rest; `undefined` takes a value away. */
export function updateTraining(sqlite: Sqlite, id: number, change: TrainingChange): StoredTraining {
  const { state, history, result, failure, finishedAt } = { ...readTraining(sqlite, id), ...change };
  sqlite
    .prepare(
      'UPDATE trainings SET state = ?, history_json = ?, result_json = ?, failure = ?, finished_at = ? WHERE id = ?',
    )
    .run(
      state,
      JSON.stringify(history),
      result === undefined ? null : JSON.stringify(result),
      failure ?? null,
      finishedAt ?? null,
      id,
    );
  return readTraining(sqlite, id);
}

export function deleteTraining(sqlite: Sqlite, id: number): void {
  sqlite.prepare('DELETE FROM trainings WHERE id = ?').run(id);
}

function toStored(row: TrainingRow): StoredTraining {
  return {
    id: row.id,
    modelId: row.model_id,
    state: row.state,
    task: JSON.parse(row.task_json, reviveArrays) as StoredTask,
    history: (JSON.parse(row.history_json) as Record<keyof EpochMetrics, number | null>[]).map(withNaN),
    result: row.result_json === null ? undefined : (JSON.parse(row.result_json) as StoredResult),
    failure: row.failure ?? undefined,
    softwareVersion: row.software_version,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

/** JSON has no NaN: it is stored as null. */
function withNaN(epoch: Record<keyof EpochMetrics, number | null>): EpochMetrics {
  return Object.fromEntries(
    Object.entries(epoch).map(([name, value]) => [name, value ?? Number.NaN]),
  ) as unknown as EpochMetrics;
}

/** Flags of labels are bytes, which JSON would write as an object. */
const replaceArrays = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { bytes: [...value] } : value;
function reviveArrays(_: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && 'bytes' in value && Array.isArray(value.bytes);
  return isBytes ? Uint8Array.from(value.bytes as number[]) : value;
}
