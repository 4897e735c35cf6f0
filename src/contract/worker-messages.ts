import type { DomainError } from '../core/result/failure.ts';
import type { BatchStored, ClassifyJob, ClassifyReport } from './classify-messages.ts';
import type { DeviceFindings, DeviceTestJob } from './device-test.ts';
import type { ExplainAnswer, ExplainJob } from './explain-job.ts';
import type { InstallModelJob, ModelInstalled } from './install-model-job.ts';
import type { ExamineJob, MeasureJob, TrainJob, TrainReport } from './train-messages.ts';

/**
 * What engine and worker say to each other. Plain data only: the messages cross a process border by structured clone.
 * The jobs and what is said during each have a file per kind.
 */
export type WorkerJob = ClassifyJob | DeviceTestJob | ExplainJob | ExamineJob | MeasureJob | TrainJob | InstallModelJob;

export type ToWorker =
  WorkerJob | BatchStored | { readonly kind: 'cancel'; readonly jobId: number } | { readonly kind: 'shutdown' };

/** What a job may say before its end. */
export type WorkerReport =
  | ClassifyReport
  | TrainReport
  | ModelInstalled
  | { readonly kind: 'device-tested'; readonly jobId: number; readonly findings: DeviceFindings }
  | { readonly kind: 'explained'; readonly jobId: number; readonly answer: ExplainAnswer }
  | { readonly kind: 'task'; readonly label: string; readonly fraction: number | null };

export type FromWorker =
  | { readonly kind: 'ready' }
  | WorkerReport
  | { readonly kind: 'job-done'; readonly jobId: number }
  | {
      readonly kind: 'job-failed';
      readonly jobId: number;
      readonly error: DomainError | undefined;
      readonly message: string;
    };
