import type { Prediction } from '../../core/classification/prediction.ts';
import type { StoredRun } from './runs.ts';
import { readRun } from './runs.ts';
import type { Sqlite } from './sqlite-file.ts';

/** Status index of a row that has no result yet. */
export const NO_RESULT = 255;

/** The results of a run as columns, one entry per catalogue row. */
export interface StoredPredictions {
  readonly runId: number;
  /** P(MC) [0..1]; NaN where there is none. */
  readonly probability: Float64Array;
  /** Index into `statusNames`; `NO_RESULT` where the row has no result yet. */
  readonly status: Uint8Array;
  readonly statusNames: readonly string[];
  /** Finite share of the window [0..1]; NaN where the source lies on no mosaic. */
  readonly validFraction: Float32Array;
  /** Index into the project's mosaics; −1 where the source lies on none, or has no result yet. */
  readonly mosaic: Int32Array;
}

/** NaN has no place in a STRICT column; SQLite's missing value is NULL. */
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * Stores a batch and moves the run past it, in one transaction: after a crash the batch is either whole or absent, and
 * `nextBatch` agrees with it. Storing the same batch twice leaves the same table.
 */
export function commitBatch(
  sqlite: Sqlite,
  runId: number,
  batch: number,
  predictions: readonly Prediction[],
): StoredRun {
  const insert = sqlite.prepare(
    `INSERT OR REPLACE INTO predictions (run, row, status, probability, valid_fraction, mosaic)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  // Counting the table would grow with every batch; a batch that is stored again was counted the first time.
  const advance = sqlite.prepare(
    'UPDATE runs SET next_batch = ?, rows_done = rows_done + ? WHERE id = ? AND next_batch <= ?',
  );
  sqlite.transaction(() => {
    for (const { row, status, probability, validFraction, mosaic } of predictions) {
      insert.run(runId, row, status, orNull(probability), orNull(validFraction), mosaic);
    }
    advance.run(batch + 1, predictions.length, runId, batch);
  })();
  return readRun(sqlite, runId);
}

interface PredictionRow {
  readonly row: number;
  readonly status: string;
  readonly probability: number | null;
  readonly valid_fraction: number | null;
  readonly mosaic: number;
}

/** @param rowCount rows of the catalogue: length of the columns */
export function readPredictions(sqlite: Sqlite, runId: number, rowCount: number): StoredPredictions {
  const probability = new Float64Array(rowCount).fill(Number.NaN);
  const validFraction = new Float32Array(rowCount).fill(Number.NaN);
  const status = new Uint8Array(rowCount).fill(NO_RESULT);
  const mosaic = new Int32Array(rowCount).fill(-1);
  const indexOfStatus = new Map<string, number>();
  const rows = sqlite
    .prepare('SELECT row, status, probability, valid_fraction, mosaic FROM predictions WHERE run = ? ORDER BY row')
    .iterate(runId) as IterableIterator<PredictionRow>;
  for (const stored of rows) {
    const { row } = stored;
    if (row >= rowCount) continue;
    if (!indexOfStatus.has(stored.status)) indexOfStatus.set(stored.status, indexOfStatus.size);
    status[row] = indexOfStatus.get(stored.status)!;
    probability[row] = stored.probability ?? Number.NaN;
    validFraction[row] = stored.valid_fraction ?? Number.NaN;
    mosaic[row] = stored.mosaic;
  }
  return { runId, probability, status, statusNames: [...indexOfStatus.keys()], validFraction, mosaic };
}
