import type { Prediction } from '../core/classification/prediction.ts';
import type { Recipe } from '../core/network/recipe.ts';
import type { ProviderName } from './device-schemas.ts';
import type { FieldFiles } from './field-files.ts';

/** Gives the rows of a field their P(MC). */
export interface ClassifyJob {
  readonly kind: 'classify';
  readonly jobId: number;
  readonly files: FieldFiles;
  readonly modelFolder: string;
  /** What runs the network; it was tested before. */
  readonly provider: ProviderName;
  readonly recipe: Recipe;
  readonly scoreSisg: boolean;
  /** Part of the mosaics, of how many; all of them where absent. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  /** First batch to compute: batches before it are already stored. */
  readonly fromBatch: number;
  /** Rows that killed the worker before; they are answered `failed` without being looked at. */
  readonly poisonedRows: readonly number[];
}

/** What the engine says during it. */
export interface BatchStored {
  /** The batch is in the project file: the worker waits for this before the next, so that a death costs one batch. */
  readonly kind: 'batch-stored';
  readonly jobId: number;
  readonly batch: number;
}

/** What the worker says during it. */
export type ClassifyReport =
  | { readonly kind: 'planned'; readonly jobId: number; readonly batchCount: number; readonly rowCount: number }
  /** Sent before a batch is computed, so that a death can be laid at its door. */
  | { readonly kind: 'batch-begun'; readonly jobId: number; readonly batch: number; readonly rows: readonly number[] }
  | {
      readonly kind: 'batch-done';
      readonly jobId: number;
      readonly batch: number;
      readonly predictions: readonly Prediction[];
    };
