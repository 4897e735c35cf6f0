import { z } from 'zod';
import { recipeSchema } from './recipe-schema.ts';

/** The settings between the files and the network, of an installed model. */
export const modelRecipe = z.object({ modelId: z.string(), recipe: recipeSchema });
export type ModelRecipe = z.infer<typeof modelRecipe>;
