import { z } from 'zod';
import { providerName } from './device-schemas.ts';
import { modelId } from './models.ts';

/** What window and engine say to each other about learning. */

/** How a network is trained: `TrainingRecipe` of core, which checks the ranges. */
export const trainingSettings = z.strictObject({
  version: z.literal(1),
  optimiser: z.enum(['sgd', 'nesterov', 'rmsprop', 'adam']),
  learningRate: z.number(),
  schedule: z.enum(['constant', 'cosine']),
  batchSize: z.number(),
  epochs: z.number(),
  seed: z.number(),
  augmentationFactor: z.number(),
  augmentation: z.enum(['rotate', 'turn', 'turn-all']),
  hasDropout: z.boolean(),
  mcExclusion: z.enum(['row', 'source', 'none']),
  split: z.enum(['cell', 'source', 'row']),
  classWeights: z.enum(['none', 'balanced']),
  /** Absent in what was written before it was there. */
  withheldFeatures: z.number().default(0),
});
export type TrainingSettings = z.infer<typeof trainingSettings>;

/** Where the labels of the open field come from, and what else is learned from. */
export const learningData = z.object({
  /** `window`: what labellers agree on in this project. */
  labels: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('window') }),
    z.object({ kind: z.literal('file'), path: z.string() }),
    /** The open field is not learned from. */
    z.object({ kind: z.literal('none') }),
  ]),
  /** Folders of other fields, as `lobate simulate` writes them. */
  folders: z.array(z.string()).max(100),
});
export type LearningData = z.infer<typeof learningData>;

export const trainingPlan = z.object({
  data: learningData,
  recipeName: z.string(),
  training: trainingSettings,
  /** Model to go on from, whose recipe is used; null for weights drawn from the seed. */
  startModelId: z.string().nullable(),
});
export type TrainingPlan = z.infer<typeof trainingPlan>;

export const startTraining = trainingPlan.extend({ modelId, compareModelId: z.string().nullable() });

export const trainingPreset = z.object({
  recipeName: z.string(),
  summary: z.string(),
  network: z.string(),
  parameterCount: z.number().int(),
  training: trainingSettings,
});
export type TrainingPreset = z.infer<typeof trainingPreset>;

const count = z.number().int();
const partCounts = z.object({ mc: count, s: count, blends: count });

export const dataExamination = z.object({
  candidateCount: count,
  leftOut: z.object({
    unlabelled: count,
    artefact: count,
    ambiguous: count,
    withoutFeatures: count,
    outsideMosaics: count,
  }),
  /** Null where no set can be chosen. */
  report: z
    .object({
      candidates: partCounts.extend({ sisgMc: count, sisgS: count }),
      parts: z.object({ train: partCounts, validation: partCounts, test: partCounts }),
      leakage: z.object({ dividedSources: count, repeatedRows: count, sharedPictures: count }),
      duplicates: count,
      loneMc: count,
    })
    .nullable(),
  refusals: z.array(z.string()),
  warnings: z.array(z.string()),
  notices: z.array(z.string()),
});
export type DataExamination = z.infer<typeof dataExamination>;

export const stepEstimate = z.object({
  secondsPerStep: z.number(),
  peakBytes: z.number(),
  bytesPerRow: z.number(),
  /** What the steps were measured on; `why` it is not the device that was asked for, null where it is. */
  device: z.object({ provider: providerName, adapter: z.string(), why: z.string().nullable() }),
});
export type StepEstimate = z.infer<typeof stepEstimate>;

const share = z.union([z.number(), z.nan()]);
export const epochSummary = z.object({
  epoch: count,
  trainLoss: share,
  trainAccuracy: share,
  trainPrecision: share,
  trainRecall: share,
  validationLoss: share,
  validationAccuracy: share,
  validationPrecision: share,
  validationRecall: share,
  validationF1: share,
  validationAuc: share,
});
export type EpochSummary = z.infer<typeof epochSummary>;

export const trainingState = z.enum(['running', 'stopped', 'failed', 'complete']);

export const trainingSummary = z.object({
  id: count,
  modelId: z.string(),
  state: trainingState,
  recipeName: z.string(),
  epochs: count,
  startModelId: z.string().nullable(),
  compareModelId: z.string().nullable(),
  history: z.array(epochSummary),
  failure: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type TrainingSummary = z.infer<typeof trainingSummary>;

/** Where a running training is, between two epochs. */
export const trainingProgress = z.object({
  id: count,
  stage: z.enum(['reading-cutouts', 'training', 'testing']),
  epoch: count,
  step: count,
  stepCount: count,
  loss: z.number().nullable(),
  /** Of the stage 0..1, null while unknown. */
  fraction: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type TrainingProgressMessage = z.infer<typeof trainingProgress>;

/** The trainings of a project, oldest first, and how far the one is that is going on. */
export const trainingList = z.object({ trainings: z.array(trainingSummary), progress: trainingProgress.nullable() });
export type TrainingList = z.infer<typeof trainingList>;

const interval = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable();

/** The new model against the one before it on rows that neither the weights nor the choice of the epoch have seen. */
export const trainingResult = z.object({
  mcRows: count,
  sRows: count,
  /** Each null where it is not defined; `difference` is now − before, with its 95 % interval by physical source. */
  metrics: z.array(
    z.object({ name: z.string(), before: z.number().nullable(), now: z.number().nullable(), difference: interval }),
  ),
  /** McNemar's exact test; null without another model. */
  mcNemar: z.object({ onlyBefore: count, onlyNow: count, pValue: z.number().nullable() }).nullable(),
  /** Why no difference has an interval, as in "too few MC sources for an interval (n = 5)"; null where they have one. */
  noIntervals: z.string().nullable(),
  /** True where the model before may have been trained on these rows. */
  mayHaveSeen: z.boolean(),
  /** Rows on different sides of the two thresholds. */
  flipped: z.array(
    z.object({
      /** Row of the open catalogue; null where it is of another field. */
      row: count.nullable(),
      name: z.string(),
      raDeg: z.number(),
      decDeg: z.number(),
      isMc: z.boolean(),
      before: z.number(),
      now: z.number(),
    }),
  ),
});
export type TrainingResult = z.infer<typeof trainingResult>;

export const preferredModel = z.object({
  /** The model that is used unless another is asked for. */
  modelId: z.string().nullable(),
  /** Models that were the default one after the other, oldest first; the last can be taken back. */
  promoted: z.array(z.string()),
});
export type PreferredModel = z.infer<typeof preferredModel>;
