import { contract } from './contract.ts';

export const evaluationRouter = contract.evaluation.router({
  reference: contract.evaluation.reference.handler(({ context }) => context.workbench.openProject.reference.summary()),
  loadReference: contract.evaluation.loadReference.handler(async ({ context, input }) =>
    context.workbench.openProject.reference.load(await context.fence.resolve(input.path)),
  ),
  clearReference: contract.evaluation.clearReference.handler(({ context }) => {
    context.workbench.openProject.reference.clear();
    return {};
  }),
});
