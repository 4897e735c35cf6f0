/**
 * Entry of the worker process: everything slow or crash-prone (reading pixels, onnxruntime, whose run() blocks its
 * thread) happens here and never in the engine. Started as a child process by Node hosts and as a utility process by
 * Electron; the messages are the same (contract/worker-messages.ts).
 */
import type { FromWorker, ToWorker, WorkerJob } from '../contract/worker-messages.ts';
import { domainErrorOf } from '../core/result/failure.ts';
import { messageOf } from '../core/result/message-of.ts';
import { createExplainDesk } from './explain-desk.ts';
import { connectToParent } from './parent-link.ts';
import type { StoredBatches } from './stored-batches.ts';
import { createStoredBatches } from './stored-batches.ts';

interface RunningJob {
  readonly abort: AbortController;
  /** Of a classification. */
  readonly stored: StoredBatches;
}

const parent = connectToParent<ToWorker, FromWorker>();
const running = new Map<number, RunningJob>();
const desk = createExplainDesk();

/** Each job's code is loaded when it is wanted: a classification needs no trainer. */
async function carryOut(job: WorkerJob, { abort, stored }: RunningJob): Promise<void> {
  const { jobId } = job;
  switch (job.kind) {
    case 'classify':
      return (await import('./classify-job.ts')).runClassifyJob(job, parent.send, stored, abort.signal);
    case 'test-device':
      parent.send({
        kind: 'device-tested',
        jobId,
        findings: await (await import('./test-device-job.ts')).runDeviceTest(job),
      });
      return;
    case 'explain':
      parent.send({ kind: 'explained', jobId, answer: await desk.answer(job, parent.send, abort.signal) });
      return;
    case 'train':
      return (await import('./train-job.ts')).runTrainJob(job, parent.send, abort.signal);
    case 'examine-data':
      return (await import('./train-job.ts')).runExamineJob(job, parent.send);
    case 'install-model': {
      const modelId = await (await import('./install-model-job.ts')).runInstallModelJob(job);
      parent.send({ kind: 'model-installed', jobId, modelId });
      return;
    }
    case 'measure-step':
      return (await import('./train-job.ts')).runMeasureJob(job, parent.send);
  }
}

/** Does a job and tells of its end, good or bad. */
function begin(job: WorkerJob): void {
  const { jobId } = job;
  const abort = new AbortController();
  const runningJob = { abort, stored: createStoredBatches(abort.signal) };
  running.set(jobId, runningJob);
  carryOut(job, runningJob)
    .then(
      () => parent.send({ kind: 'job-done', jobId }),
      (thrown: unknown) =>
        parent.send({
          kind: 'job-failed',
          jobId,
          error: domainErrorOf(thrown),
          message: messageOf(thrown),
        }),
    )
    .finally(() => running.delete(jobId));
}

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
    default:
      begin(message);
  }
});

parent.send({ kind: 'ready' });
