import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { InputPlace } from '../../contract/session.ts';
import { sessionView } from '../../contract/session.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { PlacedInput } from '../../services/project-store/inputs.ts';
import { locateInputs } from '../../services/project-store/locate-inputs.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import { openProject } from '../../services/project-store/project-store.ts';
import { createFolderFence } from '../files/folder-fence.ts';
import { allowedProject, fenceWithProject, writableProject } from './allowed-paths.ts';
import { contract } from './contract.ts';

const KEY = 'session';

const placeOf = ({ role, path, isThere }: PlacedInput): InputPlace => ({ role, path, isThere });

/** Works on a project that no window has open, and lets go of it again. */
async function withProject<T>(path: string, action: (store: ProjectStore) => T | Promise<T>): Promise<T> {
  const store = openProject(path);
  try {
    return await action(store);
  } finally {
    store.close();
  }
}

export const sessionRouter = contract.session.router({
  settings: contract.session.settings.handler(({ context }) => context.settings.list()),
  keepSetting: contract.session.keepSetting.handler(async ({ context, input }) => {
    await context.settings.keep(input.name, input.text);
    return {};
  }),
  view: contract.session.view.handler(({ context }) => {
    // The file may come from anybody, or from a newer version: what is not understood is as if it were not there.
    const kept = sessionView.safeParse(context.workbench.project?.store.viewState(KEY));
    return kept.success ? kept.data : null;
  }),
  keepView: contract.session.keepView.handler(({ context, input }) => {
    const { project } = context.workbench;
    if (project?.store.path === input.project) project.store.setViewState(KEY, input.view);
    return {};
  }),
  inputs: contract.session.inputs.handler(async ({ context, input }) =>
    withProject(await allowedProject(context, input.project), (store) => store.placedInputs().map(placeOf)),
  ),
  locate: contract.session.locate.handler(async ({ context, input }) => {
    const project = await allowedProject(context, input.project);
    // Beside a project that was opened from elsewhere before is where its files are looked for first.
    const fence = await createFolderFence([...context.fence.roots, dirname(project)]);
    const folder = await fence.resolve(input.folder);
    return withProject(project, async (store) => {
      const inputs = store.placedInputs();
      const found = await locateInputs(
        inputs.filter(({ isThere }) => !isThere),
        folder,
      );
      const placed = inputs.map((place) => {
        const path = found.get(place);
        return path === undefined ? place : { ...place, path, isThere: true };
      });
      if (found.size > 0) store.setInputs(placed);
      return placed.map(placeOf);
    });
  }),
  saveCopy: contract.session.saveCopy.handler(async ({ context, input }) => {
    const { store } = context.workbench.openProject;
    const path = await writableProject(await fenceWithProject(context), input.path);
    if ((await realpath(path).catch(() => path)) === store.path) {
      throw new DomainFailure({ kind: 'argument-invalid', name: path, why: 'this is the project itself' });
    }
    await store.saveCopy(path);
    return { path };
  }),
});
