import type { Orientation } from '../../core/cutout/augment.ts';
import { EXACT_ORIENTATIONS, exactPatchSidePix, patchSidePix } from '../../core/cutout/augment.ts';
import { momentsFor } from '../../core/features/scaling.ts';
import type { FeatureMoments, FeatureScaling } from '../../core/features/scaling.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { RandomStream } from '../../core/random/philox.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { randomStream } from '../../core/random/philox.ts';
import type { BalancedPart } from '../../core/training/balanced-set.ts';
import { chooseBalancedSet } from '../../core/training/balanced-set.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import type { BatchMaker, Example } from './batches.ts';
import { batchSource, createBatchMaker } from './batches.ts';
import type { BatchLoader } from './batch-loader.ts';
import { openBatchLoader } from './batch-loader.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { featuresOf } from './labelled-rows.ts';
import { readSkyPatches } from './sky-patches.ts';

/** Everything a training needs of the sky, in memory. */
export interface TrainingSet {
  /** Appearances of the training rows in an epoch (from 1), unshuffled; the same epoch gives the same. */
  trainExamples(epoch: number): readonly Example[];
  /** How many there are in each epoch. */
  readonly trainCount: number;
  /** How many of them are MC. */
  readonly trainMcCount: number;
  readonly validation: readonly Example[];
  readonly test: readonly Example[];
  /** Different rows of the training part. */
  readonly trainRows: readonly number[];
  readonly moments: FeatureMoments | undefined;
  readonly batches: BatchMaker;
  /** The same batches, made beside the one who asks. */
  openLoader(): BatchLoader;
  /** How many different rows of each class each part has, for the card. */
  readonly counts: Readonly<Record<'train' | 'validation' | 'test', { readonly mc: number; readonly s: number }>>;
}

const ORIENTATION_STREAM = 520;
/** Orientations of epoch k are drawn from this stream + k. */
const EPOCH_ORIENTATION_STREAM = 1_000_000;
/** What is withheld in epoch k is drawn from this stream + k. */
const EPOCH_WITHHELD_STREAM = 2_000_000;

export interface TrainingSetOptions {
  /** False for a network without image branch: no pixel is read then. */
  readonly needsImages: boolean;
  /** Moments to standardise by, of the model that is gone on from; those of the training rows where absent. */
  readonly moments?: FeatureMoments | undefined;
  readonly progress: { begin(total: number): void; read(done: number): void };
  readonly signal?: AbortSignal | undefined;
}

/** Chooses the balanced set and reads its pixels. Validation and test rows appear once, as they are. */
export async function prepareTrainingSet(
  rows: LabelledRows,
  recipe: Recipe,
  training: TrainingRecipe,
  { needsImages, progress, signal, ...options }: TrainingSetOptions,
): Promise<TrainingSet> {
  if (training.withheldFeatures > 0) refuseUnwithholdable(recipe, needsImages);
  const chosen = chooseBalancedSet(rows, training);
  const all = Object.values(chosen).flatMap(({ mc, s }) => [...mc, ...s]);
  const { sidePix } = recipe.cutout;
  const sideToKeep = patchSides(chosen.train, training, sidePix);
  const sideOf = (row: number): number => sideToKeep.get(row) ?? sidePix;
  if (needsImages) progress.begin(all.length);
  const patches = needsImages
    ? await readSkyPatches(rows, all, sideOf, recipe.cutout, (done) => progress.read(done), signal)
    : new Map<number, never>();
  const isKept = (row: number): boolean => !needsImages || patches.has(row);
  const kept = ({ mc, s }: BalancedPart): BalancedPart => ({ mc: mc.filter(isKept), s: s.filter(isKept) });
  const parts = { train: kept(chosen.train), validation: kept(chosen.validation), test: kept(chosen.test) };
  const trainRows = [...parts.train.mc, ...parts.train.s];
  const { scaling } = recipe.features;
  const moments = scaling === 'none' ? undefined : (options.moments ?? momentsOf(rows, trainRows, scaling));
  const asTheyAre = ({ mc, s }: BalancedPart): Example[] =>
    [...mc, ...s].map((row) => ({ row, orientation: undefined }));
  const fixedExamples = [...asTheyAre(parts.train), ...turnedExamples(parts.train.mc, training)];
  const source = batchSource(rows, patches, recipe, moments, needsImages);
  const turned = (epoch: number): readonly Example[] =>
    training.augmentation === 'turn-all' ? turnedAnew(fixedExamples, training.seed, epoch) : fixedExamples;
  return {
    trainExamples: (epoch) => withFeaturesWithheld(turned(epoch), training, epoch),
    trainCount: fixedExamples.length,
    trainMcCount: fixedExamples.length - parts.train.s.length,
    trainRows,
    validation: asTheyAre(parts.validation),
    test: asTheyAre(parts.test),
    moments,
    batches: createBatchMaker(source),
    openLoader: () => openBatchLoader(source),
    counts: {
      train: countsOf(parts.train),
      validation: countsOf(parts.validation),
      test: countsOf(parts.test),
    },
  };
}

const countsOf = ({ mc, s }: BalancedPart): { mc: number; s: number } => ({ mc: mc.length, s: s.length });

/** Side of the patch that each training row's orientations need [pixel]; rows that are never turned are not named. */
function patchSides(train: BalancedPart, training: TrainingRecipe, sidePix: number): Map<number, number> {
  switch (training.augmentation) {
    case 'rotate':
      return new Map(training.augmentationFactor > 1 ? train.mc.map((row) => [row, patchSidePix(sidePix)]) : []);
    case 'turn':
      return new Map(training.augmentationFactor > 1 ? train.mc.map((row) => [row, exactPatchSidePix(sidePix)]) : []);
    case 'turn-all':
      return new Map([...train.mc, ...train.s].map((row) => [row, exactPatchSidePix(sidePix)]));
  }
}

/** The same appearances, each in an exact orientation drawn for this epoch. */
function turnedAnew(examples: readonly Example[], seed: number, epoch: number): Example[] {
  const random = randomStream(seed, EPOCH_ORIENTATION_STREAM + epoch);
  return examples.map(({ row }) => ({
    row,
    orientation: EXACT_ORIENTATIONS[random.integer(EXACT_ORIENTATIONS.length)],
  }));
}

/** Without a picture nothing tells of a row whose features are withheld; unscaled features have no mean that is 0. */
function refuseUnwithholdable({ features }: Recipe, needsImages: boolean): void {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'argument-invalid', name: 'withheld features', why });
  };
  if (!needsImages) refuse('must be 0 for a network without picture');
  if (features.scaling === 'none') refuse('must be 0 where features are not standardised');
}

/** The same appearances, the recipe's share of them without features. */
function withFeaturesWithheld(
  examples: readonly Example[],
  { withheldFeatures: share, seed }: TrainingRecipe,
  epoch: number,
): readonly Example[] {
  if (share === 0) return examples;
  const random = randomStream(seed, EPOCH_WITHHELD_STREAM + epoch);
  return examples.map((example) => (random.uniform() < share ? { ...example, isWithoutFeatures: true } : example));
}

/** The extra appearances of the MC rows, each in an orientation of its own. */
function turnedExamples(mc: readonly number[], training: TrainingRecipe): Example[] {
  const random = randomStream(training.seed, ORIENTATION_STREAM);
  return mc.flatMap((row) =>
    Array.from({ length: training.augmentationFactor - 1 }, () => ({
      row,
      orientation: drawOrientation(training.augmentation, random),
    })),
  );
}

function drawOrientation(kind: TrainingRecipe['augmentation'], random: RandomStream): Orientation {
  switch (kind) {
    case 'rotate':
      return { angleRad: 2 * Math.PI * random.uniform(), isMirrored: random.integer(2) === 1 };
    case 'turn':
    case 'turn-all':
      // Never the first, which is the row as it is.
      return EXACT_ORIENTATIONS[1 + random.integer(EXACT_ORIENTATIONS.length - 1)]!;
  }
}

/** Moments over the training rows, each counted once, by which the scaling standardises. */
export function momentsOf(
  rows: LabelledRows,
  chosen: readonly number[],
  scaling: Exclude<FeatureScaling, 'none'>,
): FeatureMoments {
  return momentsFor(scaling, featuresOf(rows, chosen), rows.featureNames.length);
}
