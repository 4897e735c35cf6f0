import type { RowLabels } from '../core/catalogue/labels.ts';
import type { Recipe } from '../core/network/recipe.ts';
import type { DataSetReport } from '../core/training/data-set-report.ts';
import type { EpochMetrics } from '../core/training/epoch-history.ts';
import type { TrainingRecipe } from '../core/training/training-recipe.ts';
import type { ProviderName } from './device-schemas.ts';
import type { FieldFiles } from './field-files.ts';

/** A field to learn from, as it crosses the process border. */
export interface FieldToLearn {
  readonly name: string;
  readonly files: FieldFiles;
  readonly labels:
    { readonly kind: 'file'; readonly path: string } | { readonly kind: 'rows'; readonly labels: RowLabels };
}

/** What is learned, from what. */
export interface LearningTask {
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  readonly fields: readonly FieldToLearn[];
}

/** Says what a data set is made of, without reading a pixel. */
export interface ExamineJob extends LearningTask {
  readonly kind: 'examine-data';
  readonly jobId: number;
}

/** Times a step of the network and says how much memory it takes. */
export interface MeasureJob {
  readonly kind: 'measure-step';
  readonly jobId: number;
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  readonly provider: ProviderName;
}

/** Trains a network and writes it as a model. */
export interface TrainJob extends LearningTask {
  readonly kind: 'train';
  readonly jobId: number;
  /** Folder of the model to go on from. */
  readonly startFolder: string | undefined;
  /** Folder of the model to compare with on the rows that were held out. */
  readonly compareFolder: string | undefined;
  /** Folder of the new model; its checkpoint lies beside it. */
  readonly outFolder: string;
  readonly trainedOn: string;
  readonly createdAt: string;
  readonly softwareVersion: string;
  /** What computes the steps, tested already. */
  readonly device: { readonly provider: ProviderName; readonly adapter: string };
  /** Takes no further step: what the best epoch gave becomes the model. */
  readonly finishNow: boolean;
}

/** How a row that was held out fares with a model, and where it is. */
export interface HeldOutRow {
  readonly field: number;
  readonly row: number;
  readonly name: string;
  readonly raDeg: number;
  readonly decDeg: number;
  readonly isMc: boolean;
  /** Number of its physical source among those held out. */
  readonly group: number;
  /** P(MC) of the model it is compared with; null without one. */
  readonly before: number | null;
  readonly now: number;
}

export interface DataExamined {
  readonly report: DataSetReport | undefined;
  readonly leftOut: Readonly<
    Record<'unlabelled' | 'artefact' | 'ambiguous' | 'withoutFeatures' | 'outsideMosaics', number>
  >;
  readonly candidateCount: number;
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** What the worker says during these jobs. */
export type TrainReport =
  | { readonly kind: 'data-examined'; readonly jobId: number; readonly found: DataExamined }
  | {
      readonly kind: 'step-measured';
      readonly jobId: number;
      readonly secondsPerStep: number;
      /** Largest memory of the process during the steps, without pixels. */
      readonly peakBytes: number;
      readonly bytesPerRow: number;
    }
  | {
      readonly kind: 'train-stage';
      readonly jobId: number;
      readonly stage: TrainStage;
      readonly fraction: number | null;
    }
  | {
      readonly kind: 'train-step';
      readonly jobId: number;
      readonly epoch: number;
      readonly step: number;
      readonly stepCount: number;
      readonly loss: number;
    }
  /** The device failed in mid-training; the CPU goes on in the same worker. */
  | { readonly kind: 'train-device-failed'; readonly jobId: number; readonly why: string }
  | { readonly kind: 'train-epoch'; readonly jobId: number; readonly metrics: EpochMetrics }
  | {
      readonly kind: 'train-result';
      readonly jobId: number;
      readonly modelId: string;
      readonly heldOut: readonly HeldOutRow[];
      readonly threshold: { readonly before: number | null; readonly now: number };
    };

export type TrainStage = 'reading-cutouts' | 'training' | 'testing';
