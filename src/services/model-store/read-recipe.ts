import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import { recipeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { recipeSchema } from '../../contract/recipe-schema.ts';

/**
 * The recipe of that name, or of that file where the name ends in `.json`: what `lobate recipe NAME --json` prints,
 * changed or not.
 * @throws DomainFailure 'recipe-invalid' saying what is wrong with it, or which recipes there are
 */
export async function readRecipe(nameOrPath: string): Promise<Recipe> {
  if (!/\.json$/i.test(nameOrPath)) return recipeOf(nameOrPath);
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'recipe-invalid', name: basename(nameOrPath), why });
  };
  const text = await readFile(nameOrPath, 'utf8').catch(() => refuse('the file cannot be read'));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('it is not JSON');
  }
  const parsed = recipeSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return refuse(path.length === 0 ? message : `${path.join('.')}: ${message}`);
  }
  checkRecipe(parsed.data);
  return parsed.data;
}
