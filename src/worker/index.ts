/**
 * Entry of the worker process: everything slow or crash-prone (reading pixels, onnxruntime, whose run() blocks its
 * thread) happens here and never in the engine. Started as a child process by Node hosts and as a utility process by
 * Electron; the messages are the same (contract/worker-messages.ts).
 */
import type { FromWorker, ToWorker } from '../contract/worker-messages.ts';
import { domainErrorOf } from '../core/result/failure.ts';
import { runClassifyJob } from './classify-job.ts';
import { connectToParent } from './parent-link.ts';
import type { StoredBatches } from './stored-batches.ts';
import { createStoredBatches } from './stored-batches.ts';

interface RunningJob {
  readonly abort: AbortController;
  readonly stored: StoredBatches;
}

const parent = connectToParent<ToWorker, FromWorker>();
const running = new Map<number, RunningJob>();

parent.onMessage((message) => {
  switch (message.kind) {
    case 'cancel':
      running.get(message.jobId)?.abort.abort();
      return;
    case 'batch-stored':
      running.get(message.jobId)?.stored.confirm(message.batch);
      return;
    case 'shutdown':
      process.exit(0);
      return;
    case 'classify': {
      const { jobId } = message;
      const abort = new AbortController();
      const stored = createStoredBatches(abort.signal);
      running.set(jobId, { abort, stored });
      runClassifyJob(message, parent.send, stored, abort.signal)
        .then(
          () => parent.send({ kind: 'job-done', jobId }),
          (thrown: unknown) =>
            parent.send({
              kind: 'job-failed',
              jobId,
              error: domainErrorOf(thrown),
              message: thrown instanceof Error ? thrown.message : String(thrown),
            }),
        )
        .finally(() => running.delete(jobId));
    }
  }
});

parent.send({ kind: 'ready' });
