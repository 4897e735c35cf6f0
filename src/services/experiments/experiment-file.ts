import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { channelSchema } from '../../contract/recipe-schema.ts';
import { FEATURE_SCALINGS } from '../../core/features/scaling.ts';
import { recipeOf, withScaling } from '../../core/network/presets.ts';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { SPLIT_KINDS } from '../../core/training/data-split.ts';
import { OPTIMISER_NAMES } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { checkTrainingRecipe, defaultTrainingOf } from '../../core/training/training-recipe.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and "-"');

/** Settings that differ from the network's own. */
const trainingChanges = z
  .strictObject({
    optimiser: z.enum(OPTIMISER_NAMES),
    learningRate: z.number(),
    schedule: z.enum(['constant', 'cosine']),
    batchSize: z.number(),
    epochs: z.number(),
    augmentationFactor: z.number(),
    augmentation: z.enum(['rotate', 'turn', 'turn-all']),
    hasDropout: z.boolean(),
    mcExclusion: z.enum(['row', 'source', 'none']),
    split: z.enum(SPLIT_KINDS),
    classWeights: z.enum(['none', 'balanced']),
    withheldFeatures: z.number(),
  })
  .partial()
  // JSON has no undefined: what is there is a value.
  .transform((changes) => changes as Partial<TrainingRecipe>);

/** Simulated fields that are learned from where no others are given. */
const simulatedData = z.strictObject({
  seed: z.number().int().min(0).max(4294967295),
  fields: z.number().int().min(1).max(60),
  sizePix: z.number().int().min(300).max(18_000),
});

const variant = z.strictObject({
  /** What it is called in table and figures. */
  name: z.string().min(1).max(60),
  /** Name of a recipe that `lobate recipe` lists. */
  recipe: z.string(),
  /** Channels in place of the recipe's. */
  channels: z.array(channelSchema).min(1).optional(),
  scaling: z.enum(FEATURE_SCALINGS).optional(),
  training: trainingChanges.default({}),
});

const experimentSchema = z
  .strictObject({
    version: z.literal(1),
    id: slug,
    title: z.string(),
    /** Figure, table or section that it follows, and what it does otherwise. */
    source: z.string(),
    data: simulatedData,
    seeds: z.array(z.number().int().min(0).max(4294967295)).min(1),
    /** Of every variant, before its own. */
    training: trainingChanges.default({}),
    variants: z.array(variant).min(1),
    /** The same in minutes: less sky, fewer epochs. Its numbers mean nothing. */
    quick: z.strictObject({
      data: simulatedData,
      seeds: z.array(z.number().int()).min(1),
      /** Of every variant, after its own. */
      training: trainingChanges,
      /** Recipes in place of those that would take hours, by name. */
      recipes: z.record(z.string(), z.string()).default({}),
    }),
  })
  .refine(({ variants }) => new Set(variants.map(({ name }) => slugOf(name))).size === variants.length, {
    message: 'two variants have the same name',
    path: ['variants'],
  });

export type Experiment = z.infer<typeof experimentSchema>;
export type SimulatedData = z.infer<typeof simulatedData>;

/** One training of an experiment. */
export interface PlannedRun {
  readonly variant: string;
  /** Stem of its files: the variant and the seed. */
  readonly id: string;
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
}

/** @throws DomainFailure 'recipe-invalid' naming the file and what is wrong with it */
export async function readExperiment(path: string): Promise<Experiment> {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'recipe-invalid', name: basename(path), why });
  };
  const text = await readFile(path, 'utf8').catch(() => refuse('the file cannot be read'));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('it is not JSON');
  }
  const parsed = experimentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path: field, message } = parsed.error.issues[0]!;
  return refuse(field.length === 0 ? message : `${field.join('.')}: ${message}`);
}

/**
 * Its trainings, in the order in which they are done: every variant with the first seed, then with the next, so that what
 * is there at any time compares all.
 * @throws DomainFailure 'recipe-invalid', 'argument-invalid' (a setting out of range), before anything is trained
 */
export function plannedRuns(experiment: Experiment, isQuick: boolean): PlannedRun[] {
  const seeds = isQuick ? experiment.quick.seeds : experiment.seeds;
  return seeds.flatMap((seed) =>
    experiment.variants.map((given): PlannedRun => {
      const recipe = recipeOfVariant(given, isQuick ? experiment.quick.recipes : {});
      const training: TrainingRecipe = {
        ...defaultTrainingOf(recipe.network).training,
        ...experiment.training,
        ...given.training,
        ...(isQuick ? experiment.quick.training : {}),
        seed,
      };
      checkRecipe(recipe);
      checkTrainingRecipe(training);
      return { variant: given.name, id: `${slugOf(given.name)}-seed${seed}`, recipe, training };
    }),
  );
}

function recipeOfVariant(
  { recipe: name, channels, scaling }: Experiment['variants'][number],
  replaced: Readonly<Record<string, string>>,
): Recipe {
  const base = recipeOf(replaced[name] ?? name);
  const cut = channels === undefined ? base : { ...base, cutout: { ...base.cutout, channels } };
  return scaling === undefined ? cut : withScaling(cut, scaling);
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
