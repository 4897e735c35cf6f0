/**
 * Entry of the worker process: everything slow or crash-prone (reading pixels, onnxruntime, whose run() blocks its
 * thread) happens here and never in the engine. Started as a child process by Node hosts and as a utility process by
 * Electron; the messages are the same (contract/worker-messages.ts).
 */
import type { FromWorker, ToWorker } from '../contract/worker-messages.ts';
import { domainErrorOf } from '../core/result/failure.ts';
import { runClassifyJob } from './classify-job.ts';
import { createExplainDesk } from './explain-desk.ts';
import { connectToParent } from './parent-link.ts';
import type { StoredBatches } from './stored-batches.ts';
import { createStoredBatches } from './stored-batches.ts';
import { runDeviceTest } from './test-device-job.ts';

interface RunningJob {
  readonly abort: AbortController;
  /** Of a classification. */
  readonly stored?: StoredBatches;
}

const parent = connectToParent<ToWorker, FromWorker>();
const running = new Map<number, RunningJob>();
const desk = createExplainDesk();

parent.onMessage((message) => {
  switch (message.kind) {
    case 'cancel':
      running.get(message.jobId)?.abort.abort();
      return;
    case 'batch-stored':
      running.get(message.jobId)?.stored?.confirm(message.batch);
      return;
    case 'shutdown':
      process.exit(0);
      return;
    case 'test-device': {
      const { jobId } = message;
      void carryOut(jobId, async () =>
        parent.send({ kind: 'device-tested', jobId, findings: await runDeviceTest(message) }),
      );
      return;
    }
    case 'explain': {
      const { jobId } = message;
      const abort = new AbortController();
      running.set(jobId, { abort });
      void carryOut(jobId, async () =>
        parent.send({ kind: 'explained', jobId, answer: await desk.answer(message, parent.send, abort.signal) }),
      ).finally(() => running.delete(jobId));
      return;
    }
    case 'classify': {
      const { jobId } = message;
      const abort = new AbortController();
      const stored = createStoredBatches(abort.signal);
      running.set(jobId, { abort, stored });
      void carryOut(jobId, () => runClassifyJob(message, parent.send, stored, abort.signal)).finally(() =>
        running.delete(jobId),
      );
    }
  }
});

/** Does a job and tells of its end, good or bad. */
async function carryOut(jobId: number, job: () => Promise<void>): Promise<void> {
  try {
    await job();
    parent.send({ kind: 'job-done', jobId });
  } catch (thrown) {
    parent.send({
      kind: 'job-failed',
      jobId,
      error: domainErrorOf(thrown),
      message: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

parent.send({ kind: 'ready' });
