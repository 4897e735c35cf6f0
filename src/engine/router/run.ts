import { runSummaryOf } from '../project/summaries.ts';
import { contract } from './contract.ts';

export const runRouter = contract.run.router({
  start: contract.run.start.handler(async ({ context, input }) =>
    runSummaryOf(await context.workbench.openProject.startRun(input)),
  ),
  cancel: contract.run.cancel.handler(async ({ context }) => {
    await context.workbench.openProject.cancelRun();
    return {};
  }),
  resume: contract.run.resume.handler(async ({ context }) =>
    runSummaryOf(await context.workbench.openProject.resumeRun()),
  ),
  recipe: contract.run.recipe.handler(({ context }) => context.workbench.openProject.shownRun?.recipe ?? null),
});
