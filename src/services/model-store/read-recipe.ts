import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import { recipeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { checkTrainingRecipe } from '../../core/training/training-recipe.ts';
import { recipeSchema } from '../../contract/recipe-schema.ts';
import { trainingSettings } from '../../contract/training.ts';

/**
 * The recipe of that name, or of that file where the name ends in `.json`: what `lobate recipe NAME --json` prints,
 * changed or not.
 * @throws DomainFailure 'recipe-invalid' saying what is wrong with it, or which recipes there are
 */
export async function readRecipe(nameOrPath: string): Promise<Recipe> {
  if (!/\.json$/i.test(nameOrPath)) return recipeOf(nameOrPath);
  const recipe = await readChecked(nameOrPath, recipeSchema);
  checkRecipe(recipe);
  return recipe;
}

/**
 * The training recipe of a file: what `lobate recipe NAME --training --json` prints, changed or not.
 * @throws DomainFailure 'recipe-invalid', or 'argument-invalid' where a setting is out of its range
 */
export async function readTrainingRecipe(path: string): Promise<TrainingRecipe> {
  const recipe = await readChecked(path, trainingSettings);
  checkTrainingRecipe(recipe);
  return recipe;
}

async function readChecked<T>(path: string, schema: z.ZodType<T>): Promise<T> {
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
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path: at, message } = parsed.error.issues[0]!;
  return refuse(at.length === 0 ? message : `${at.join('.')}: ${message}`);
}
