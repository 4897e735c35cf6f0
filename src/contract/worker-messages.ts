import type { ColumnMap } from '../core/catalogue/column-map.ts';
import type { UnitFamily } from '../core/catalogue/column-reader.ts';
import type { Prediction } from '../core/classification/prediction.ts';
import type { Recipe } from '../core/network/recipe.ts';
import type { DomainError } from '../core/result/failure.ts';
import type { ProviderName } from './device-schemas.ts';
import type { DeviceFindings, DeviceTestJob } from './device-test.ts';
import type { ExplainAnswer, ExplainJob } from './explain-job.ts';

/**
 * What engine and worker say to each other. Plain data only: the messages cross a process border by structured clone.
 */
export interface ClassifyJob {
  readonly kind: 'classify';
  readonly jobId: number;
  readonly mosaics: readonly string[];
  readonly catalogue: string;
  readonly gaussians: string | undefined;
  readonly lr: string | undefined;
  readonly units: UnitFamily | undefined;
  readonly columnMap: ColumnMap | undefined;
  readonly modelFolder: string;
  /** What runs the network; it was tested before. */
  readonly provider: ProviderName;
  readonly recipe: Recipe;
  readonly scoreSisg: boolean;
  /** First batch to compute: batches before it are already stored. */
  readonly fromBatch: number;
  /** Rows that killed the worker before; they are answered `failed` without being looked at. */
  readonly poisonedRows: readonly number[];
}

export type ToWorker =
  | ClassifyJob
  | DeviceTestJob
  | ExplainJob
  /** The batch is in the project file: the worker waits for this before the next, so that a death costs one batch. */
  | { readonly kind: 'batch-stored'; readonly jobId: number; readonly batch: number }
  | { readonly kind: 'cancel'; readonly jobId: number }
  | { readonly kind: 'shutdown' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'planned'; readonly jobId: number; readonly batchCount: number; readonly rowCount: number }
  /** Sent before a batch is computed, so that a death can be laid at its door. */
  | { readonly kind: 'batch-begun'; readonly jobId: number; readonly batch: number; readonly rows: readonly number[] }
  | {
      readonly kind: 'batch-done';
      readonly jobId: number;
      readonly batch: number;
      readonly predictions: readonly Prediction[];
    }
  | { readonly kind: 'device-tested'; readonly jobId: number; readonly findings: DeviceFindings }
  | { readonly kind: 'explained'; readonly jobId: number; readonly answer: ExplainAnswer }
  | { readonly kind: 'job-done'; readonly jobId: number }
  | {
      readonly kind: 'job-failed';
      readonly jobId: number;
      readonly error: DomainError | undefined;
      readonly message: string;
    }
  | { readonly kind: 'task'; readonly label: string; readonly fraction: number | null };
