import { basename, dirname, extname, join, resolve } from 'node:path';
import type { ExportRequest } from '../../contract/export.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { exportFileName, exportFileOf } from '../exports/export-file.ts';
import { writeExport } from '../exports/write-export.ts';
import { fenceWithProject } from './allowed-paths.ts';
import { contract } from './contract.ts';
import type { EngineContext } from './engine-context.ts';

export const exportRouter = contract.export.router({
  place: contract.export.place.handler(({ context, input }) => {
    const { openProject } = context.workbench;
    return { folder: dirname(openProject.store.path), fileName: exportFileName(openProject, input) };
  }),
  save: contract.export.save.handler(async ({ context, input, signal }) => {
    const { request } = input;
    const { openProject } = context.workbench;
    const path = await placeInside(context, input.path, request);
    const file = await exportFileOf(openProject, context.services, request, context.softwareVersion);
    const label = `Writing ${basename(path)}`;
    const tell = (fraction: number): void => context.events.publish({ type: 'task', label, fraction });
    try {
      await writeExport(path, file, tell, signal);
    } finally {
      tell(1);
    }
    return { path, rows: file.rows };
  }),
});

/** The folder has to be one that this engine may show, and the name has to end as the format says. */
async function placeInside(context: EngineContext, path: string, request: ExportRequest): Promise<string> {
  const wanted = extname(exportFileName(context.workbench.openProject, request));
  if (extname(path).toLowerCase() !== wanted) {
    throw new DomainFailure({ kind: 'argument-invalid', name: basename(path), why: `the file must end in ${wanted}` });
  }
  const fence = await fenceWithProject(context);
  return join(await fence.resolve(dirname(resolve(path))), basename(path));
}
