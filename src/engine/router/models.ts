import { modelSummaryOf } from '../project/summaries.ts';
import type { PreferredModel } from '../../contract/training.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { windowFence } from './allowed-paths.ts';
import { contract } from './contract.ts';
import type { EngineContext } from './engine-context.ts';

/** The default model and what was promoted before it. */
async function preferred({ services }: EngineContext): Promise<PreferredModel> {
  const [first] = await services.listModels();
  return { modelId: first?.description.id ?? null, promoted: [...(await services.promotedModels())] };
}

export const modelsRouter = contract.models.router({
  list: contract.models.list.handler(async ({ context }) =>
    (await context.services.listModels()).map((model) => modelSummaryOf(model)),
  ),
  recipes: contract.models.recipes.handler(async ({ context }) =>
    (await context.services.listModels()).map(({ description }) => ({
      modelId: description.id,
      recipe: description.recipe,
      training: description.training ?? null,
    })),
  ),
  preferred: contract.models.preferred.handler(({ context }) => preferred(context)),
  promote: contract.models.promote.handler(async ({ context, input }) => {
    const available = (await context.services.listModels()).map(({ description }) => description.id);
    if (!available.includes(input.modelId)) {
      throw new DomainFailure({ kind: 'model-not-found', id: input.modelId, available });
    }
    await context.services.promoteModel(input.modelId);
    return preferred(context);
  }),
  import: contract.models.import.handler(async ({ context, input }) => ({
    modelId: await context.models.import(input.path, input.onnx, await windowFence(context)),
  })),
  exportPlace: contract.models.exportPlace.handler(({ context, input }) => ({
    path: context.models.exportPlace(input.modelId, context.workbench.project?.store.path),
  })),
  export: contract.models.export.handler(async ({ context, input }) => ({
    path: await context.models.export(input.modelId, input.path, await windowFence(context)),
  })),
  rollBack: contract.models.rollBack.handler(async ({ context }) => {
    await context.services.rollBackModel();
    return preferred(context);
  }),
});
