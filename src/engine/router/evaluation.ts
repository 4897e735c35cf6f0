import { comparableRuns } from '../comparable-runs.ts';
import { fenceWithProject } from './allowed-paths.ts';
import { contract } from './contract.ts';

export const evaluationRouter = contract.evaluation.router({
  reference: contract.evaluation.reference.handler(({ context }) => context.workbench.openProject.reference.summary()),
  loadReference: contract.evaluation.loadReference.handler(async ({ context, input }) => {
    const fence = await fenceWithProject(context);
    return context.workbench.openProject.reference.load(await fence.resolve(input.path));
  }),
  clearReference: contract.evaluation.clearReference.handler(({ context }) => {
    context.workbench.openProject.reference.clear();
    return {};
  }),
  comparableRuns: contract.evaluation.comparableRuns.handler(({ context }) =>
    comparableRuns(context.workbench.openProject).map(({ id, modelId, isTrained, recipe, startedAt, threshold }) => ({
      id,
      modelId,
      isTrained,
      recipeName: recipe.name,
      startedAt,
      threshold,
    })),
  ),
});
