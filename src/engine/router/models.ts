import { modelSummaryOf } from '../summaries.ts';
import { contract } from './contract.ts';

export const modelsRouter = contract.models.router({
  list: contract.models.list.handler(async ({ context }) =>
    (await context.services.listModels()).map((model) => modelSummaryOf(model)),
  ),
  recipes: contract.models.recipes.handler(async ({ context }) =>
    (await context.services.listModels()).map(({ description }) => ({
      modelId: description.id,
      recipe: description.recipe,
    })),
  ),
});
