import { modelSummaryOf } from '../summaries.ts';
import { contract } from './contract.ts';

export const modelsRouter = contract.models.router({
  list: contract.models.list.handler(async ({ context }) =>
    (await context.services.listModels()).map((model) => modelSummaryOf(model)),
  ),
});
