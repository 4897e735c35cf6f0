import type { ClassifyJob, FromWorker } from '../contract/worker-messages.ts';
import type { Prediction } from '../core/classification/prediction.ts';
import { describeError } from '../core/result/describe-error.ts';
import type { StartWorker } from './worker-link.ts';

/** How one worker process ended its job. */
export type AttemptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly sentence: string }
  /** The device refused, not the work: another one may do it. */
  | { readonly kind: 'device-failed'; readonly why: string }
  /** `batch` is the one that was begun and not finished; undefined where the worker died before any. */
  | { readonly kind: 'died'; readonly why: string; readonly batch: BegunBatch | undefined }
  /** Told to stop, by the signal or by `onBatch`. */
  | { readonly kind: 'stopped' };

export interface BegunBatch {
  readonly batch: number;
  readonly rows: readonly number[];
}

export interface AttemptListeners {
  onPlanned?(batchCount: number): void;
  onTask?(label: string, fraction: number | null): void;
  /** `stop` ends the worker after this batch. */
  onBatch(batch: number, predictions: readonly Prediction[]): 'go-on' | 'stop';
}

/** Gives one job to a fresh worker and waits for its end, good or bad. Never rejects because of the worker. */
export function attemptJob(
  startWorker: StartWorker,
  job: ClassifyJob,
  listeners: AttemptListeners,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  return new Promise((resolve, reject) => {
    const worker = startWorker();
    let begun: BegunBatch | undefined;
    let isOver = false;
    const end = (outcome: AttemptOutcome): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', onAbort);
      // A polite shutdown would wait for a batch in native code; killing loses nothing that is not recomputed.
      if (outcome.kind !== 'died') worker.kill();
      resolve(outcome);
    };
    const onAbort = (): void => end({ kind: 'stopped' });

    const onMessage = (message: FromWorker): void => {
      if (isOver) return;
      switch (message.kind) {
        case 'ready':
        case 'device-tested':
        case 'explained':
          return;
        case 'task':
          return listeners.onTask?.(message.label, message.fraction);
        case 'planned':
          return listeners.onPlanned?.(message.batchCount);
        case 'batch-begun':
          begun = { batch: message.batch, rows: message.rows };
          return;
        case 'batch-done':
          begun = undefined;
          if (listeners.onBatch(message.batch, message.predictions) === 'stop') end({ kind: 'stopped' });
          else worker.send({ kind: 'batch-stored', jobId: job.jobId, batch: message.batch });
          return;
        case 'job-done': {
          end({ kind: 'done' });
          return;
        }
        case 'job-failed': {
          if (message.error?.kind === 'device-failed') {
            end({ kind: 'device-failed', why: message.error.why });
            return;
          }
          end({
            kind: 'failed',
            sentence: message.error === undefined ? message.message : describeError(message.error),
          });
          return;
        }
      }
    };
    worker.onMessage((message) => {
      try {
        onMessage(message);
      } catch (thrown) {
        // The store refused (a full disk): the run cannot go on, and the caller has to know.
        isOver = true;
        signal.removeEventListener('abort', onAbort);
        worker.kill();
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
    worker.onExit((why) => end({ kind: 'died', why, batch: begun }));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    worker.send(job);
  });
}
