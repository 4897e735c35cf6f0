import type { ClassifyJob } from '../../contract/classify-messages.ts';
import type { ProviderName } from '../../contract/device-schemas.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { messageOf } from '../../core/result/message-of.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import type { SelectedDevice } from '../devices/devices.ts';
import { isolateRows } from './isolate-rows.ts';
import type { BegunBatch } from '../workers/worker-attempt.ts';
import { attemptJob } from '../workers/worker-attempt.ts';
import type { StartWorker } from '../workers/worker-link.ts';

/** Deaths of the worker on one batch before its rows are looked at one by one. */
const DEATHS_BEFORE_ISOLATION = 3;

export interface RunQueueOptions {
  readonly store: ProjectStore;
  readonly files: FieldFiles;
  readonly startWorker: StartWorker;
  /** What the run is to be computed with; it may have to be tested first. */
  selectDevice(modelFolder: string, signal: AbortSignal): Promise<SelectedDevice>;
  /** The device failed in mid-run; what it is to be replaced with. */
  replaceDevice(failed: SelectedDevice, modelFolder: string, why: string): Promise<SelectedDevice>;
  readonly now: () => Date;
  /** After each change of the run's state. */
  onChanged(run: StoredRun): void;
  /** After each batch is stored. */
  onBatch(run: StoredRun, predictions: readonly Prediction[]): void;
  onTask(label: string, fraction: number | null): void;
}

/** The runs of one open project: one at a time, each batch stored before it is told. */
export interface RunQueue {
  readonly isBusy: boolean;
  /** Takes up a run at its first batch that is not stored. @throws DomainFailure `run-in-progress` */
  start(run: StoredRun, modelFolder: string): void;
  /** Ends the run in progress, if any; what is stored stays. */
  cancel(): Promise<void>;
  /** Stops the worker but leaves the run as running, so that the next opening takes it up. */
  close(): Promise<void>;
}

export function createRunQueue(options: RunQueueOptions): RunQueue {
  const { store, now } = options;
  let current: { readonly abort: AbortController; readonly ended: Promise<void>; readonly runId: number } | undefined;

  const finish = (runId: number, state: 'complete' | 'cancelled' | 'failed', failure: string | null = null): void => {
    options.onChanged(store.updateRun(runId, { state, failure, finishedAt: now().toISOString() }));
  };

  const stop = async (): Promise<number | undefined> => {
    const stopped = current;
    stopped?.abort.abort();
    await stopped?.ended;
    return stopped?.runId;
  };

  return {
    get isBusy() {
      return current !== undefined;
    },
    start(run, modelFolder) {
      if (current !== undefined) throw new DomainFailure({ kind: 'run-in-progress' });
      const abort = new AbortController();
      options.onChanged(store.updateRun(run.id, { state: 'running', finishedAt: null, failure: null }));
      const ended = carryOut(options, run.id, modelFolder, abort.signal)
        .catch((thrown: unknown): RunEnd => ({ kind: 'failed', sentence: sentenceOf(thrown) }))
        .then((end) => {
          current = undefined;
          if (end.kind === 'complete') finish(run.id, 'complete');
          if (end.kind === 'failed') finish(run.id, 'failed', end.sentence);
        });
      current = { abort, ended, runId: run.id };
    },
    async cancel() {
      const runId = await stop();
      if (runId !== undefined && store.run(runId).state === 'running') finish(runId, 'cancelled');
    },
    async close() {
      await stop();
    },
  };
}

type RunEnd =
  { readonly kind: 'complete' } | { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly sentence: string };

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof DomainFailure) return describeError(thrown.error);
  return messageOf(thrown);
}

/** Starts workers until the run is through: after a death from the first batch that is not stored. */
async function carryOut(
  options: RunQueueOptions,
  runId: number,
  modelFolder: string,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { store, startWorker } = options;
  const deaths = new Map<number | undefined, number>();
  const isolated = new Set<number>();
  let device = await options.selectDevice(modelFolder, signal);
  for (;;) {
    const run = store.run(runId);
    store.recordRunDevice(runId, { fromBatch: run.nextBatch, ...device });
    options.onChanged(store.run(runId));
    const outcome = await attemptJob(
      startWorker,
      jobOf(run, options.files, modelFolder, device.provider, run.nextBatch, run.poisonedRows),
      {
        onPlanned: (batchCount) => store.updateRun(runId, { batchCount }),
        onTask: (label, fraction) => options.onTask(label, fraction),
        onBatch: (batch, predictions) => {
          options.onBatch(store.commitBatch(runId, batch, predictions), predictions);
          return 'go-on';
        },
      },
      signal,
    );
    if (outcome.kind === 'done') return { kind: 'complete' };
    if (outcome.kind === 'stopped' || outcome.kind === 'failed') return outcome;
    if (device.provider !== 'cpu') {
      // Whether it was the driver or a row: the CPU tells, from the first batch that is not stored.
      const why = outcome.kind === 'died' ? `it ended the worker process (${outcome.why})` : outcome.why;
      device = await options.replaceDevice(device, modelFolder, why);
      continue;
    }
    if (outcome.kind === 'device-failed') return { kind: 'failed', sentence: outcome.why };

    const batch = outcome.batch;
    const count = (deaths.get(batch?.batch) ?? 0) + 1;
    deaths.set(batch?.batch, count);
    if (count < DEATHS_BEFORE_ISOLATION) continue;
    const whyFailed = describeError({ kind: 'worker-died', why: outcome.why });
    if (batch === undefined) return { kind: 'failed', sentence: whyFailed };
    const culprits = await findCulprits(options, run, modelFolder, batch, signal);
    if (signal.aborted) return { kind: 'stopped' };
    if (culprits === undefined) return { kind: 'failed', sentence: whyFailed };
    // Every row lives alone and together they die, twice: then the batch cannot be had.
    const poisoned = culprits.length === 0 && isolated.has(batch.batch) ? batch.rows : culprits;
    isolated.add(batch.batch);
    deaths.delete(batch.batch);
    store.updateRun(runId, { poisonedRows: [...new Set([...run.poisonedRows, ...poisoned])] });
  }
}

/** Tries parts of the batch with throw-away workers; their results are not stored. */
async function findCulprits(
  options: RunQueueOptions,
  run: StoredRun,
  modelFolder: string,
  { batch, rows }: BegunBatch,
  signal: AbortSignal,
): Promise<readonly number[] | undefined> {
  const known = new Set(run.poisonedRows);
  const unknown = rows.filter((row) => !known.has(row));
  // It dies although no row is looked at: the rows are not the cause.
  if (unknown.length === 0) return undefined;
  return isolateRows(unknown, async (tried) => {
    const triedRows = new Set(tried);
    const poisoned = [...known, ...rows.filter((row) => !triedRows.has(row))];
    const outcome = await attemptJob(
      options.startWorker,
      jobOf(run, options.files, modelFolder, 'cpu', batch, poisoned),
      { onBatch: () => 'stop' },
      signal,
    );
    return outcome.kind !== 'died';
  });
}

function jobOf(
  run: StoredRun,
  files: FieldFiles,
  modelFolder: string,
  provider: ProviderName,
  fromBatch: number,
  poisonedRows: readonly number[],
): ClassifyJob {
  return {
    kind: 'classify',
    jobId: run.id,
    files,
    modelFolder,
    provider,
    recipe: run.recipe,
    scoreSisg: run.scoreSisg,
    fromBatch,
    poisonedRows,
  };
}
