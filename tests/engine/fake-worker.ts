import type { ClassifyJob } from '../../src/contract/classify-messages.ts';
import type { FromWorker } from '../../src/contract/worker-messages.ts';
import type { Prediction } from '../../src/core/classification/prediction.ts';
import type { StartWorker } from '../../src/engine/workers/worker-link.ts';

export interface FakeWorkers {
  readonly start: StartWorker;
  /** Every job that was given to a worker, in order. */
  readonly jobs: ClassifyJob[];
  /** Batches that were begun, over all workers. */
  readonly begun: number[];
  /** Batches that were computed and sent, over all workers. */
  readonly done: number[];
}

export interface FakeWorkerOptions {
  readonly batches: readonly (readonly number[])[];
  /** Whether the worker dies when it computes this batch with these rows (the poisoned ones left out). */
  readonly diesOn?: (batch: number, rows: readonly number[], job: ClassifyJob) => boolean;
  /** Stops before this batch until `release` is called. */
  readonly holdBefore?: { readonly batch: number; readonly released: Promise<void> };
  readonly failsWith?: string;
  /** Refuses, as a driver does that throws, when it is to compute this batch. */
  readonly deviceFailsOn?: (batch: number, job: ClassifyJob) => boolean;
  readonly diesAtOnce?: boolean;
}

/** P(MC) that the fake gives a row: any fixed number will do. */
export const fakeProbability = (row: number): number => Math.fround((row % 10) / 10);

/** Workers in this process that answer as the real one does, in the same order of messages. */
export function fakeWorkers(options: FakeWorkerOptions): FakeWorkers {
  const jobs: ClassifyJob[] = [];
  const begun: number[] = [];
  const done: number[] = [];

  const start: StartWorker = () => {
    let isAlive = true;
    let tell: (message: FromWorker) => void = () => undefined;
    let tellExit: (why: string) => void = () => undefined;
    const send = (message: FromWorker): void => {
      if (isAlive) tell(message);
    };
    const die = (): void => {
      if (!isAlive) return;
      isAlive = false;
      tellExit('signal SIGKILL');
    };
    const compute = async (job: ClassifyJob): Promise<void> => {
      jobs.push(job);
      await Promise.resolve();
      if (options.diesAtOnce === true) {
        die();
        return;
      }
      if (options.failsWith !== undefined) {
        send({ kind: 'job-failed', jobId: job.jobId, error: undefined, message: options.failsWith });
        return;
      }
      const poisoned = new Set(job.poisonedRows);
      for (let batch = job.fromBatch; batch < options.batches.length; batch++) {
        if (options.holdBefore?.batch === batch) await options.holdBefore.released;
        if (!isAlive) return;
        const rows = options.batches[batch]!;
        begun.push(batch);
        send({ kind: 'batch-begun', jobId: job.jobId, batch, rows });
        const seen = rows.filter((row) => !poisoned.has(row));
        if (options.diesOn?.(batch, seen, job) === true) {
          die();
          return;
        }
        if (options.deviceFailsOn?.(batch, job) === true) {
          const error = { kind: 'device-failed', device: 'WebGPU', why: 'device lost' } as const;
          send({ kind: 'job-failed', jobId: job.jobId, error, message: error.kind });
          return;
        }
        if (batch === job.fromBatch) {
          const rowCount = options.batches.flat().length;
          send({ kind: 'planned', jobId: job.jobId, batchCount: options.batches.length, rowCount });
        }
        done.push(batch);
        send({
          kind: 'batch-done',
          jobId: job.jobId,
          batch,
          predictions: rows.map((row): Prediction => {
            const isPoisoned = poisoned.has(row);
            return {
              row,
              status: isPoisoned ? 'failed' : 'classified',
              probability: isPoisoned ? Number.NaN : fakeProbability(row),
              validFraction: 1,
              mosaic: 0,
            };
          }),
        });
        await Promise.resolve();
      }
      send({ kind: 'job-done', jobId: job.jobId });
    };
    return {
      send: (message) => {
        if (message.kind === 'classify') void compute(message);
      },
      onMessage: (listener) => (tell = listener),
      onExit: (listener) => (tellExit = listener),
      kill: die,
    };
  };
  return { start, jobs, begun, done };
}
