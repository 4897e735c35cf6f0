import { contract } from './contract.ts';
import { allowedProject, allowedRequest } from './allowed-paths.ts';

export const projectRouter = contract.project.router({
  current: contract.project.current.handler(({ context }) => context.workbench.project?.summary() ?? null),
  recent: contract.project.recent.handler(({ context }) => context.recent.list()),
  open: contract.project.open.handler(async ({ context, input }) =>
    context.workbench.open(await allowedRequest(context, input)),
  ),
  openFile: contract.project.openFile.handler(async ({ context, input }) =>
    context.workbench.openFile(await allowedProject(context, input.path)),
  ),
  cancelOpening: contract.project.cancelOpening.handler(({ context }) => {
    context.workbench.cancelOpening();
    return {};
  }),
  openDemo: contract.project.openDemo.handler(({ context }) => context.workbench.openDemo()),
  preflight: contract.project.preflight.handler(({ context, input }) => context.workbench.openProject.preflight(input)),
  close: contract.project.close.handler(async ({ context }) => {
    await context.workbench.close();
    return {};
  }),
});
