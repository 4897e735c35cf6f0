import type { Recipe } from '../../src/core/network/recipe.ts';
import { recipeOf, withScaling } from '../../src/core/network/presets.ts';
import type { TrainingRecipe } from '../../src/core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../src/core/training/training-recipe.ts';

/** A piece of simulated sky: what `lobate simulate` is given. */
export interface Sky {
  readonly seed: number;
  readonly fields: number;
  readonly sizePix: number;
}

/** What the shipped models learn from, and what they are judged on: never the same seed. */
export const TRAIN_SKY: Sky = { seed: 1001, fields: 13, sizePix: 9000 };
export const TEST_SKY: Sky = { seed: 9001, fields: 3, sizePix: 9000 };

export const SEEDS = [1, 2, 3] as const;
/** The seed whose model ships, chosen before any was trained. */
const SHIPPED_SEED = 1;

/** A network and its features. */
export interface Variant {
  readonly name: string;
  /** As `lobate recipe` lists it. */
  readonly recipe: string;
  readonly epochs: number;
  /** Id of the model that ships; undefined for what it is compared with. */
  readonly ships?: string;
  /** What it has to beat: variants by name, and the logistic regression on its features. */
  readonly comparedWith?: readonly string[];
}

export const VARIANTS: readonly Variant[] = [
  {
    name: 'compact',
    recipe: 'compact',
    epochs: 3,
    ships: 'compact-sim-4',
    comparedWith: ['ann-only', 'cnn-only', 'logistic'],
  },
  {
    name: 'compact-no-lr',
    recipe: 'no-lr',
    epochs: 3,
    ships: 'compact-no-lr-sim-3',
    comparedWith: ['ann-no-lr', 'cnn-only', 'logistic-no-lr'],
  },
  { name: 'cnn-only', recipe: 'cnn-only', epochs: 3 },
  { name: 'ann-only', recipe: 'ann-only', epochs: 12 },
  { name: 'ann-no-lr', recipe: 'ann-no-lr', epochs: 12 },
];

/** Logistic regressions: on the features of which variant. */
export const REGRESSIONS: Readonly<Record<string, string>> = { logistic: 'compact', 'logistic-no-lr': 'compact-no-lr' };

/** One training. */
export interface Training {
  readonly variant: Variant;
  readonly seed: number;
  readonly modelId: string;
  readonly isShipped: boolean;
}

/** All of them, those that ship first, then seed by seed, so that what is there at any time compares all. */
export const TRAININGS: readonly Training[] = SEEDS.flatMap((seed) =>
  VARIANTS.map((variant): Training => {
    const isShipped = variant.ships !== undefined && seed === SHIPPED_SEED;
    return { variant, seed, isShipped, modelId: isShipped ? variant.ships : `${variant.name}-seed${seed}` };
  }),
);

export const modelIdOf = (variant: string, seed: number): string =>
  TRAININGS.find((training) => training.variant.name === variant && training.seed === seed)?.modelId ??
  `${variant}-seed${seed}`;

/** Recipe and settings of a training, as `lobate train` takes them from its options. */
export function settingsOf(
  { recipe: name, epochs }: Variant,
  seed: number,
): { recipe: Recipe; training: TrainingRecipe } {
  const bare = recipeOf(name);
  const { training, scaling } = defaultTrainingOf(bare.network);
  return { recipe: withScaling(bare, scaling), training: { ...training, epochs, seed } };
}

export const simulateCommand = ({ seed, fields, sizePix }: Sky, folder: string): string =>
  `lobate simulate --seed ${seed} --fields ${fields} --size ${sizePix} --out ${folder}`;
