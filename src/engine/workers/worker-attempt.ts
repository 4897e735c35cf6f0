import type { ClassifyJob } from '../../contract/classify-messages.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import { runWorkerJob } from './worker-job.ts';
import type { JobEnd } from './worker-job.ts';
import type { StartWorker } from './worker-link.ts';

/** How one worker process ended its classification. */
export type AttemptOutcome =
  | Exclude<JobEnd, { readonly kind: 'died' }>
  /** The device refused, not the work: another one may do it. */
  | { readonly kind: 'device-failed'; readonly why: string }
  /** `batch` is the one that was begun and not finished; undefined where the worker died before any. */
  | { readonly kind: 'died'; readonly why: string; readonly batch: BegunBatch | undefined };

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

/** Gives one classification to a fresh worker and waits for its end. Never rejects because of the worker. */
export async function attemptJob(
  startWorker: StartWorker,
  job: ClassifyJob,
  listeners: AttemptListeners,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  let begun: BegunBatch | undefined;
  const end = await runWorkerJob(
    startWorker,
    job,
    (report, worker) => {
      switch (report.kind) {
        case 'task':
          listeners.onTask?.(report.label, report.fraction);
          break;
        case 'planned':
          listeners.onPlanned?.(report.batchCount);
          break;
        case 'batch-begun':
          begun = { batch: report.batch, rows: report.rows };
          break;
        case 'batch-done':
          begun = undefined;
          if (listeners.onBatch(report.batch, report.predictions) === 'stop') return 'stop';
          worker.send({ kind: 'batch-stored', jobId: job.jobId, batch: report.batch });
          break;
        default:
          // A classification says nothing else.
          break;
      }
      return 'go-on';
    },
    signal,
  );
  if (end.kind === 'died') return { ...end, batch: begun };
  if (end.kind === 'failed' && end.error?.kind === 'device-failed')
    return { kind: 'device-failed', why: end.error.why };
  return end;
}
