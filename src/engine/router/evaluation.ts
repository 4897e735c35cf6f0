import { comparableRuns } from '../runs/comparable-runs.ts';
import { allowedBeside, fenceWithProject } from './allowed-paths.ts';
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
  comparableRuns: contract.evaluation.comparableRuns.handler(async ({ context }) => [
    ...(await comparableRuns(context.workbench.openProject)),
  ]),
  compareWithFile: contract.evaluation.compareWithFile.handler(async ({ context, input }) => {
    const project = context.workbench.openProject;
    await project.comparedFile.load(await allowedBeside(context, input.path));
    return (await comparableRuns(project)).filter(({ file }) => file !== null);
  }),
  forgetComparedFile: contract.evaluation.forgetComparedFile.handler(({ context }) => {
    context.workbench.openProject.comparedFile.forget();
    return {};
  }),
});
