import type { WorkerJob, WorkerReport } from '../../contract/worker-messages.ts';
import { describeError } from '../../core/result/describe-error.ts';
import type { DomainError } from '../../core/result/failure.ts';
import type { StartWorker, WorkerLink } from './worker-link.ts';

/** How one worker process ended its job. */
export type JobEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly sentence: string; readonly error: DomainError | undefined }
  | { readonly kind: 'died'; readonly why: string }
  /** Told to stop, by the signal or by `onReport`. */
  | { readonly kind: 'stopped' };

/** Hears what the worker says; `stop` ends it at once. What it throws ends the job and rejects. */
export type ReportListener = (report: WorkerReport, worker: Pick<WorkerLink, 'send'>) => 'go-on' | 'stop';

/** Gives one job of any kind to a fresh worker and waits for its end, good or bad. Never rejects because of the worker. */
export function runWorkerJob(
  startWorker: StartWorker,
  job: WorkerJob,
  onReport: ReportListener,
  signal: AbortSignal,
): Promise<JobEnd> {
  return new Promise((resolve, reject) => {
    const worker = startWorker();
    let isOver = false;
    const end = (outcome: JobEnd): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', onAbort);
      // A polite shutdown would wait for a batch in native code; killing loses nothing that is not recomputed.
      if (outcome.kind !== 'died') worker.kill();
      resolve(outcome);
    };
    const onAbort = (): void => end({ kind: 'stopped' });
    worker.onMessage((message) => {
      if (isOver) return;
      try {
        switch (message.kind) {
          case 'ready':
            return;
          case 'job-done':
            end({ kind: 'done' });
            return;
          case 'job-failed':
            end({
              kind: 'failed',
              sentence: message.error === undefined ? message.message : describeError(message.error),
              error: message.error,
            });
            return;
          default:
            if (onReport(message, worker) === 'stop') end({ kind: 'stopped' });
        }
      } catch (thrown) {
        // The store refused (a full disk): the job cannot go on, and the caller has to know.
        isOver = true;
        signal.removeEventListener('abort', onAbort);
        worker.kill();
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
    worker.onExit((why) => end({ kind: 'died', why }));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    worker.send(job);
  });
}
