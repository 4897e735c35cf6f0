import { lstat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { OpenRequest } from '../../contract/schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { changeFilePart } from '../../services/fits-files/fits-path.ts';
import { PROJECT_EXTENSION } from '../../services/project-store/project-store.ts';
import type { FolderFence } from '../files/folder-fence.ts';
import { createFolderFence } from '../files/folder-fence.ts';
import type { EngineContext } from './engine-context.ts';

/**
 * The request with every path resolved and inside the fence, or one that the engine knows already: an input of the open
 * project, or what was taken from another program.
 * @throws DomainFailure `path-not-allowed`
 */
export async function allowedRequest(
  { fence, samp, workbench }: EngineContext,
  request: OpenRequest,
): Promise<OpenRequest> {
  const { gaussians, lr, project, units, map } = request;
  const inputs = new Set((workbench.project?.store.inputs() ?? []).map(({ path }) => path));
  const allowed = async (path: string): Promise<string> =>
    inputs.has(path) || samp.hasTaken(path) ? path : changeFilePart(path, (file) => fence.resolve(file));
  return {
    mosaics: await Promise.all(request.mosaics.map(allowed)),
    catalogue: await allowed(request.catalogue),
    ...(gaussians === undefined ? {} : { gaussians: await allowed(gaussians) }),
    ...(lr === undefined ? {} : { lr: await allowed(lr) }),
    ...(units === undefined ? {} : { units }),
    ...(map === undefined ? {} : { map }),
    ...(project === undefined ? {} : { project: await writableProject(fence, project) }),
  };
}

/** A project file inside the fence, or one that was opened on this machine before, from wherever it is. */
export async function allowedProject(context: EngineContext, path: string): Promise<string> {
  return (await isRecent(context, path)) ? path : context.fence.resolve(path);
}

async function isRecent({ recent }: Pick<EngineContext, 'recent'>, path: string): Promise<boolean> {
  return (await recent.list()).some((project) => project.path === path);
}

/**
 * The fence with the open project's own folder in it: what belongs to a project lies beside it, and the desktop or the
 * command line may have opened it from outside.
 */
export function fenceWithProject({ fence, workbench }: FenceOfProject): Promise<FolderFence> {
  return createFolderFence([...fence.roots, dirname(workbench.openProject.store.path)]);
}

/** A file beside the open project, inside the fence, or a project that was opened on this machine before. */
export async function allowedBeside(context: EngineContext, path: string): Promise<string> {
  return (await isRecent(context, path)) ? path : (await fenceWithProject(context)).resolve(path);
}

/** What the window may name: the engine's folders, and the open project's where there is one. */
export const windowFence = async (context: EngineContext): Promise<FolderFence> =>
  context.workbench.project === undefined ? context.fence : fenceWithProject(context);

interface FenceOfProject {
  readonly fence: Pick<FolderFence, 'roots'>;
  readonly workbench: { readonly openProject: { readonly store: { readonly path: string } } };
}

/** A project that may not be there yet: its folder has to be inside, and an existing link must not lead out. */
export async function writableProject(fence: EngineContext['fence'], path: string): Promise<string> {
  if (!path.toLowerCase().endsWith(PROJECT_EXTENSION)) {
    throw new DomainFailure({ kind: 'argument-invalid', name: path, why: `a project ends in ${PROJECT_EXTENSION}` });
  }
  const place = join(await fence.resolve(dirname(resolve(path))), basename(path));
  const isThere = await lstat(place).then(
    () => true,
    () => false,
  );
  // A dangling link is there, and a new database would be made where it points.
  return isThere ? fence.resolve(place) : place;
}
