import { z } from 'zod';
import { recipeSchema } from './recipe-schema.ts';
import { trainingSettings } from './training.ts';

/** The settings between the files and the network, of an installed model, and how it was trained where it says so. */
export const modelRecipe = z.object({
  modelId: z.string(),
  recipe: recipeSchema,
  training: trainingSettings.nullable(),
});
export type ModelRecipe = z.infer<typeof modelRecipe>;
