import type { SplitKind } from './data-split.ts';
import type { AugmentationKind, TrainingRecipe } from './training-recipe.ts';
import { withheldPercent } from './training-recipe.ts';

/** One setting of a training recipe as people read it. */
export interface TrainingSetting {
  readonly name: Exclude<keyof TrainingRecipe, 'version'>;
  readonly meaning: string;
  /** Section of Alegre et al. (2024), or "Lobate" where the choice is ours. */
  readonly source: string;
  readonly text: (recipe: TrainingRecipe) => string;
}

const EXCLUSION_WORDS: Readonly<Record<TrainingRecipe['mcExclusion'], string>> = {
  row: 'row: SISG rows are left out',
  source: 'source: SISG rows and every MC row of a source with one are left out',
  none: 'none: SISG rows of both classes take part',
};

const SPLIT_WORDS: Readonly<Record<SplitKind, string>> = {
  cell: 'cell: by physical source and sky cell (13.7′)',
  source: 'source: by physical source',
  row: 'row: by row, as published',
};

const AUGMENTATION_WORDS: Readonly<Record<AugmentationKind, string>> = {
  rotate: 'rotate: the extra MC rows at any angle and mirrored, bilinear',
  turn: 'turn: the extra MC rows in quarter turns and mirrored',
  'turn-all': 'turn-all: rows of both classes in quarter turns and mirrored, anew each epoch',
};

/** Every setting of a training recipe but its version, in the order in which the data pass it. */
export const TRAINING_SETTINGS: readonly TrainingSetting[] = [
  {
    name: 'mcExclusion',
    meaning: 'which rows are left out of the balanced set: as many S rows as MC rows, every blend among them',
    source: '§3.3',
    text: ({ mcExclusion }) => EXCLUSION_WORDS[mcExclusion],
  },
  {
    name: 'split',
    meaning: '70/15/15 into training, validation and test; what stays on one side',
    source: '§2.3 (by row); Lobate',
    text: ({ split }) => SPLIT_WORDS[split],
  },
  {
    name: 'augmentationFactor',
    meaning: 'how often each MC row of the training part appears; S rows are topped up with new singles',
    source: '§3.4',
    text: ({ augmentationFactor }) => `× ${augmentationFactor}`,
  },
  {
    name: 'augmentation',
    meaning: 'how rows are turned',
    source: '§3.4, Fig. 5',
    text: ({ augmentation }) => AUGMENTATION_WORDS[augmentation],
  },
  {
    name: 'withheldFeatures',
    meaning: 'share of the appearances, drawn anew each epoch, whose features stand at their mean',
    source: 'Lobate',
    text: (recipe) => (recipe.withheldFeatures === 0 ? 'none' : `${withheldPercent(recipe)} %`),
  },
  {
    name: 'classWeights',
    meaning: 'weights of the cross-entropy; balanced: in inverse proportion to the class',
    source: 'Lobate',
    text: ({ classWeights }) => classWeights,
  },
  {
    name: 'hasDropout',
    meaning: "the network's dropout",
    source: '§3.5',
    text: ({ hasDropout }) => (hasDropout ? 'on' : 'off'),
  },
  {
    name: 'optimiser',
    meaning: 'update rule; nesterov: momentum 0.9',
    source: '§3.5',
    text: ({ optimiser }) => optimiser,
  },
  {
    name: 'learningRate',
    meaning: 'step size',
    source: '§3.5',
    text: ({ learningRate }) => String(learningRate),
  },
  {
    name: 'schedule',
    meaning: 'learning rate over the epochs; cosine: falling to 0 along half a cosine',
    source: '§3.5',
    text: ({ schedule }) => schedule,
  },
  { name: 'batchSize', meaning: 'rows per step', source: '§3.5', text: ({ batchSize }) => `${batchSize} rows` },
  {
    name: 'epochs',
    meaning: 'passes over the training part; the epoch of the lowest validation loss is kept',
    source: '§3.5; Lobate',
    text: ({ epochs }) => String(epochs),
  },
  {
    name: 'seed',
    meaning: 'of the weights, the split, the order of rows, the turns and the dropout',
    source: 'Lobate',
    text: ({ seed }) => String(seed),
  },
];

/** Names of the settings in which two training recipes differ; the seed is no difference of method. */
export function differingTrainingSettings(one: TrainingRecipe, other: TrainingRecipe): ReadonlySet<string> {
  return new Set(
    TRAINING_SETTINGS.map(({ name }) => name).filter((name) => name !== 'seed' && one[name] !== other[name]),
  );
}
