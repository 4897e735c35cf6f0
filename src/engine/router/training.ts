import { featureNamesOf } from '../../core/features/compute-features.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import { inputShapeOf, RECIPE_PRESETS } from '../../core/network/presets.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { defaultTrainingOf } from '../../core/training/training-recipe.ts';
import type { TrainingPlan } from '../../contract/training.ts';
import { labelFilesOf } from '../labels/label-files.ts';
import { contract } from './contract.ts';
import type { EngineContext } from './engine-context.ts';

/**
 * The plan with every path resolved and inside the fence; a file beside the open catalogue is allowed wherever that lies.
 * @throws DomainFailure `path-not-allowed`
 */
async function allowedPlan<Plan extends TrainingPlan>(context: EngineContext, plan: Plan): Promise<Plan> {
  const { fence, workbench } = context;
  const { labels, folders } = plan.data;
  const isBeside = labels.kind === 'file' && (await labelFilesOf(workbench.openProject)).includes(labels.path);
  const allowed = labels.kind === 'file' && !isBeside ? { ...labels, path: await fence.resolve(labels.path) } : labels;
  return {
    ...plan,
    data: { labels: allowed, folders: await Promise.all(folders.map((folder) => fence.resolve(folder))) },
  };
}

export const trainingRouter = contract.training.router({
  presets: contract.training.presets.handler(() =>
    RECIPE_PRESETS.map(({ recipe, summary }) => {
      const shape = inputShapeOf(recipe, featureNamesOf(recipe.features).length);
      const network = describeNetwork(recipe.network, shape, recipe.variant);
      return {
        recipeName: recipe.name,
        summary,
        network: recipe.network,
        parameterCount: parameterCount(network),
        training: defaultTrainingOf(recipe.network).training,
      };
    }),
  ),
  labelFiles: contract.training.labelFiles.handler(({ context }) => labelFilesOf(context.workbench.openProject)),
  examine: contract.training.examine.handler(async ({ context, input }) =>
    context.workbench.openProject.trainings.examine(await allowedPlan(context, input)),
  ),
  measure: contract.training.measure.handler(({ context, input }) =>
    context.workbench.openProject.trainings.measure(input),
  ),
  list: contract.training.list.handler(({ context }) => {
    const { trainings } = context.workbench.openProject;
    return { trainings: trainings.list(), progress: trainings.progress ?? null };
  }),
  start: contract.training.start.handler(async ({ context, input }) =>
    context.workbench.openProject.trainings.start(await allowedPlan(context, input)),
  ),
  stop: contract.training.stop.handler(async ({ context }) => {
    await context.workbench.openProject.trainings.stop();
    return {};
  }),
  resume: contract.training.resume.handler(({ context, input }) =>
    context.workbench.openProject.trainings.resume(input.id, input.finishNow),
  ),
  result: contract.training.result.handler(({ context, input }) =>
    context.workbench.openProject.trainings.result(input.id),
  ),
  remove: contract.training.remove.handler(async ({ context, input }) => {
    await context.workbench.openProject.trainings.remove(input.id);
    return {};
  }),
});
