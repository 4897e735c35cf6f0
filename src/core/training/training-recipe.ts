import type { FeatureScaling } from '../features/scaling.ts';
import { DomainFailure } from '../result/failure.ts';
import type { SplitKind } from './data-split.ts';
import { SPLIT_KINDS } from './data-split.ts';
import type { OptimiserName } from './optimiser.ts';
import { OPTIMISER_NAMES } from './optimiser.ts';

export type AugmentationKind = 'rotate' | 'turn' | 'turn-all';

/** How a network is trained (⚙ of the science notes §6). Stored in the model's card and in checkpoints. */
export interface TrainingRecipe {
  readonly version: 1;
  readonly optimiser: OptimiserName;
  readonly learningRate: number;
  /** `constant`, or `cosine`: falling from the learning rate to 0 over the epochs along half a cosine. */
  readonly schedule: 'constant' | 'cosine';
  readonly batchSize: number;
  /** 0 leaves the network with its seeded weights. */
  readonly epochs: number;
  readonly seed: number;
  /** How often each MC row of the training part appears: once as it is, the other times in another orientation. */
  readonly augmentationFactor: number;
  /**
   * `rotate`: the extra MC rows at any angle, bilinear, as in the paper. Interpolation blurs rows of this class only, so
   * a network can learn the blur. `turn`: the extra MC rows in quarter turns and mirrorings, which move whole pixels.
   * `turn-all`: every row of both classes in such an orientation, drawn anew each epoch.
   */
  readonly augmentation: AugmentationKind;
  readonly hasDropout: boolean;
  /**
   * `row`: MC rows that are SISG are left out. `source`: every row of a physical source with a SISG row is. Either way no S
   * row that is SISG takes part. `none`: SISG rows of both classes do, as in Figs. 1–5 of the paper.
   */
  readonly mcExclusion: 'row' | 'source' | 'none';
  /** What the split into training, validation and test keeps together. */
  readonly split: SplitKind;
  /**
   * `balanced`: a row counts for the loss in inverse proportion to its class in the training part, 1 on average; of use
   * where a field has too few S rows, or MC rows, to balance them. `none`: every row counts 1.
   */
  readonly classWeights: 'none' | 'balanced';
  /**
   * Share of a training epoch's appearances whose features are withheld, drawn anew each epoch, from 0 to below 1: they stand
   * at their mean over the training rows, and the picture alone can tell. Without it a network learns what the features tell
   * at once and hardly looks at the picture. For networks with a picture on standardised features only.
   */
  readonly withheldFeatures: number;
}

/** Alegre et al. 2024, §3.4–3.5, but for the split: theirs is by row. */
export const PUBLISHED_TRAINING: TrainingRecipe = {
  version: 1,
  optimiser: 'nesterov',
  learningRate: 1e-4,
  schedule: 'constant',
  batchSize: 32,
  epochs: 64,
  seed: 1,
  augmentationFactor: 3,
  augmentation: 'rotate',
  hasDropout: true,
  mcExclusion: 'row',
  split: 'cell',
  classWeights: 'none',
  withheldFeatures: 0,
};

/**
 * For the laptop networks, where 64 epochs at 1e-4 would take half a day: Adam from 5e-4 down along a cosine, on
 * standardised asinh of the features, and orientations that do not blur.
 */
const LAPTOP_TRAINING: TrainingRecipe = {
  ...PUBLISHED_TRAINING,
  optimiser: 'adam',
  learningRate: 5e-4,
  schedule: 'cosine',
  epochs: 12,
  augmentation: 'turn-all',
};

/** Three rows of ten are told by their picture alone, so that the other seven are told by both. */
const FUSED_LAPTOP_TRAINING: TrainingRecipe = { ...LAPTOP_TRAINING, withheldFeatures: 0.3 };

/** Ibid., §3.1.1: the networks of Figs. 1–6, on unscaled features and without augmentation. */
const EXPERIMENT_TRAINING: TrainingRecipe = {
  ...PUBLISHED_TRAINING,
  optimiser: 'rmsprop',
  epochs: 50,
  augmentationFactor: 1,
};

const LAPTOP_TRAININGS: ReadonlyMap<string, TrainingRecipe> = new Map([
  ['compact', FUSED_LAPTOP_TRAINING],
  ['cnn-only', LAPTOP_TRAINING],
  ['ann-only', LAPTOP_TRAINING],
]);

/**
 * How a network is trained unless told otherwise: `published` and the networks that it was compared with as the paper
 * says, the others for a laptop.
 */
export function defaultTrainingOf(network: string): {
  readonly training: TrainingRecipe;
  readonly scaling: FeatureScaling;
} {
  const laptop = LAPTOP_TRAININGS.get(network);
  if (laptop !== undefined) return { training: laptop, scaling: 'asinh-standardise' };
  return { training: network === 'published' ? PUBLISHED_TRAINING : EXPERIMENT_TRAINING, scaling: 'none' };
}

/** @throws DomainFailure 'argument-invalid' naming the setting */
export function checkTrainingRecipe(recipe: TrainingRecipe): void {
  const refuse = (name: string, why: string): never => {
    throw new DomainFailure({ kind: 'argument-invalid', name, why });
  };
  if (!OPTIMISER_NAMES.includes(recipe.optimiser)) refuse('optimiser', `must be one of ${OPTIMISER_NAMES.join(', ')}`);
  if (!(recipe.learningRate > 0 && recipe.learningRate < 10)) refuse('learning rate', 'must lie above 0 and below 10');
  if (!isWhole(recipe.batchSize, 1, 4096)) refuse('batch size', 'must be a whole number from 1 to 4096');
  if (!isWhole(recipe.epochs, 0, 100_000)) refuse('epochs', 'must be a whole number from 0 to 100000');
  if (!isWhole(recipe.seed, 0, 2 ** 32 - 1)) refuse('seed', 'must be a whole number from 0 to 4294967295');
  if (!SPLIT_KINDS.includes(recipe.split)) refuse('split', `must be one of ${SPLIT_KINDS.join(', ')}`);
  if (!isWhole(recipe.augmentationFactor, 1, 100)) refuse('augmentation', 'must be a whole number from 1 to 100');
  if (!(recipe.withheldFeatures >= 0 && recipe.withheldFeatures < 1)) {
    refuse('withheld features', 'must be a share from 0 to below 1');
  }
}

/** The share of rows that are told by their picture alone, as people read it [%]. */
export const withheldPercent = ({ withheldFeatures }: Pick<TrainingRecipe, 'withheldFeatures'>): number =>
  Math.round(100 * withheldFeatures);

function isWhole(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

/** Learning rate of a step counted over the whole training. */
export function learningRateAt(recipe: TrainingRecipe, step: number, stepCount: number): number {
  if (recipe.schedule === 'constant') return recipe.learningRate;
  return (recipe.learningRate * (1 + Math.cos((Math.PI * step) / stepCount))) / 2;
}
