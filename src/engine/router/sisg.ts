import { contract } from './contract.ts';

export const sisgRouter = contract.sisg.router({
  gate: contract.sisg.gate.handler(({ context }) => context.workbench.openProject.sisgSummary()),
  count: contract.sisg.count.handler(({ context, input }) =>
    context.workbench.openProject.sisg.count(input.thresholds, input.flaggedFrom),
  ),
  choose: contract.sisg.choose.handler(({ context, input }) => {
    const project = context.workbench.openProject;
    project.sisg.choose(input.thresholds ?? undefined);
    return project.sisgSummary();
  }),
});
