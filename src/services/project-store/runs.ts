import type { RunDevice } from '../../contract/device-schemas.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { forgetRunDevices, readRunDevices } from './run-devices.ts';
import type { Sqlite } from './sqlite-file.ts';

export type StoredRunState = 'queued' | 'running' | 'complete' | 'cancelled' | 'failed';

/** What makes two runs the same work: equal identity, equal predictions. */
export interface RunIdentity {
  readonly weightsSha256: string;
  readonly recipe: Recipe;
  /** Fingerprints of the inputs, in the project's order. */
  readonly inputFingerprints: readonly string[];
  readonly scoreSisg: boolean;
}

export interface NewRun extends RunIdentity {
  readonly modelId: string;
  readonly isTrained: boolean;
  readonly softwareVersion: string;
  readonly threshold: number;
  readonly rowCount: number;
  readonly startedAt: string;
}

export interface StoredRun extends NewRun {
  readonly id: number;
  readonly state: StoredRunState;
  readonly rowsDone: number;
  /** Undefined until the worker has planned the run. */
  readonly batchCount: number | undefined;
  /** First batch that is not stored. */
  readonly nextBatch: number;
  /** Rows that killed the worker. */
  readonly poisonedRows: readonly number[];
  readonly finishedAt: string | undefined;
  readonly failure: string | undefined;
  /** What computed it, part by part; empty for a run that was not begun, or by an older program. */
  readonly devices: readonly RunDevice[];
}

interface RunRow {
  readonly id: number;
  readonly model_id: string;
  readonly is_trained: number;
  readonly weights_sha256: string;
  readonly recipe_json: string;
  readonly input_fingerprints_json: string;
  readonly software_version: string;
  readonly state: StoredRunState;
  readonly score_sisg: number;
  readonly threshold: number;
  readonly row_count: number;
  readonly rows_done: number;
  readonly batch_count: number | null;
  readonly next_batch: number;
  readonly poisoned_rows_json: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly failure: string | null;
}

function toStoredRun(sqlite: Sqlite, row: RunRow): StoredRun {
  return {
    id: row.id,
    modelId: row.model_id,
    isTrained: row.is_trained === 1,
    weightsSha256: row.weights_sha256,
    recipe: JSON.parse(row.recipe_json) as Recipe,
    inputFingerprints: JSON.parse(row.input_fingerprints_json) as string[],
    softwareVersion: row.software_version,
    state: row.state,
    scoreSisg: row.score_sisg === 1,
    threshold: row.threshold,
    rowCount: row.row_count,
    rowsDone: row.rows_done,
    batchCount: row.batch_count ?? undefined,
    nextBatch: row.next_batch,
    poisonedRows: JSON.parse(row.poisoned_rows_json) as number[],
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    failure: row.failure ?? undefined,
    devices: readRunDevices(sqlite, row.id),
  };
}

export function createRun(sqlite: Sqlite, run: NewRun): StoredRun {
  const { lastInsertRowid } = sqlite
    .prepare(
      `INSERT INTO runs (model_id, is_trained, weights_sha256, recipe_json, input_fingerprints_json, software_version,
         state, score_sisg, threshold, row_count, started_at)
       VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`,
    )
    .run(
      run.modelId,
      Number(run.isTrained),
      run.weightsSha256,
      JSON.stringify(run.recipe),
      JSON.stringify(run.inputFingerprints),
      run.softwareVersion,
      Number(run.scoreSisg),
      run.threshold,
      run.rowCount,
      run.startedAt,
    );
  return readRun(sqlite, Number(lastInsertRowid));
}

/** @throws DomainFailure `run-not-found` */
export function readRun(sqlite: Sqlite, id: number): StoredRun {
  const row = sqlite.prepare('SELECT * FROM runs WHERE id = ?').get(id) as RunRow | undefined;
  if (row === undefined) throw new DomainFailure({ kind: 'run-not-found', id });
  return toStoredRun(sqlite, row);
}

/** All runs, oldest first. */
export function listRuns(sqlite: Sqlite): readonly StoredRun[] {
  return (sqlite.prepare('SELECT * FROM runs ORDER BY id').all() as RunRow[]).map((row) => toStoredRun(sqlite, row));
}

/** The newest run of the same weights, recipe, inputs and SISG choice. */
export function findRun(sqlite: Sqlite, identity: RunIdentity): StoredRun | undefined {
  const row = sqlite
    .prepare(
      `SELECT * FROM runs WHERE weights_sha256 = ? AND recipe_json = ? AND input_fingerprints_json = ?
         AND score_sisg = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(
      identity.weightsSha256,
      JSON.stringify(identity.recipe),
      JSON.stringify(identity.inputFingerprints),
      Number(identity.scoreSisg),
    ) as RunRow | undefined;
  return row === undefined ? undefined : toStoredRun(sqlite, row);
}

/** Forgets what a run has stored, so that this version of the program computes all of it. */
export function restartRun(sqlite: Sqlite, id: number, softwareVersion: string): StoredRun {
  sqlite.transaction(() => {
    sqlite.prepare('DELETE FROM predictions WHERE run = ?').run(id);
    forgetRunDevices(sqlite, id);
    sqlite
      .prepare(
        `UPDATE runs SET next_batch = 0, rows_done = 0, batch_count = NULL, poisoned_rows_json = '[]',
           software_version = ? WHERE id = ?`,
      )
      .run(softwareVersion, id);
  })();
  return readRun(sqlite, id);
}

export interface RunChange {
  readonly state?: StoredRunState;
  readonly batchCount?: number;
  readonly poisonedRows?: readonly number[];
  /** null takes an earlier end back, when a run is resumed. */
  readonly finishedAt?: string | null;
  readonly failure?: string | null;
}

/** Changes what is given and leaves the rest. */
export function updateRun(sqlite: Sqlite, id: number, change: RunChange): StoredRun {
  const columns: [string, string | number | null][] = [];
  if (change.state !== undefined) columns.push(['state', change.state]);
  if (change.batchCount !== undefined) columns.push(['batch_count', change.batchCount]);
  if (change.poisonedRows !== undefined) columns.push(['poisoned_rows_json', JSON.stringify(change.poisonedRows)]);
  if (change.finishedAt !== undefined) columns.push(['finished_at', change.finishedAt]);
  if (change.failure !== undefined) columns.push(['failure', change.failure]);
  if (columns.length > 0) {
    const assignments = columns.map(([column]) => `${column} = ?`).join(', ');
    sqlite.prepare(`UPDATE runs SET ${assignments} WHERE id = ?`).run(...columns.map(([, value]) => value), id);
  }
  return readRun(sqlite, id);
}
