import type { WorkerJob, WorkerReport } from '../../contract/worker-messages.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { runWorkerJob } from './worker-job.ts';
import type { StartWorker } from './worker-link.ts';

type Answer<Kind extends WorkerReport['kind']> = Extract<WorkerReport, { readonly kind: Kind }>;

/**
 * Gives a fresh worker a job that answers once.
 * @throws DomainFailure of the job; `worker-died`
 */
export async function askWorker<Kind extends WorkerReport['kind']>(
  startWorker: StartWorker,
  job: WorkerJob,
  wanted: Kind,
): Promise<Answer<Kind>> {
  let answer: Answer<Kind> | undefined;
  const end = await runWorkerJob(
    startWorker,
    job,
    (report) => {
      if (report.kind === wanted) answer = report as Answer<Kind>;
      return 'go-on';
    },
    new AbortController().signal,
  );
  if (answer !== undefined) return answer;
  if (end.kind === 'failed' && end.error !== undefined) throw new DomainFailure(end.error);
  if (end.kind === 'failed') throw new Error(end.sentence);
  throw new DomainFailure({ kind: 'worker-died', why: end.kind === 'died' ? end.why : 'it gave no answer' });
}
