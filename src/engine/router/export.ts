import { basename, dirname, extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { ExportRequest } from '../../contract/export.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import { exportFileName, exportFileOf } from '../export-file.ts';
import { fenceWithProject } from './allowed-paths.ts';
import { contract } from './contract.ts';
import type { EngineContext } from './engine-context.ts';

export const exportRouter = contract.export.router({
  place: contract.export.place.handler(({ context, input }) => {
    const { openProject } = context.workbench;
    return { folder: dirname(openProject.store.path), fileName: exportFileName(openProject, input) };
  }),
  save: contract.export.save.handler(async ({ context, input }) => {
    const { request } = input;
    const { openProject } = context.workbench;
    const path = await placeInside(context, input.path, request);
    const file = await exportFileOf(openProject, context.services, request, context.softwareVersion);
    if (file.companion !== undefined) {
      await writeAtomically(`${path}${file.companion.suffix}`, file.companion.content);
    }
    await writeAtomically(path, inPieces(file.content));
    return { path, rows: file.rows };
  }),
});

function inPieces(content: Uint8Array | string | Iterable<string>): Uint8Array | string | AsyncIterable<string> {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  return Readable.from(content) as AsyncIterable<string>;
}

/** The folder has to be one that this engine may show, and the name has to end as the format says. */
async function placeInside(context: EngineContext, path: string, request: ExportRequest): Promise<string> {
  const wanted = extname(exportFileName(context.workbench.openProject, request));
  if (extname(path).toLowerCase() !== wanted) {
    throw new DomainFailure({ kind: 'argument-invalid', name: basename(path), why: `the file must end in ${wanted}` });
  }
  const fence = await fenceWithProject(context);
  return join(await fence.resolve(dirname(resolve(path))), basename(path));
}
