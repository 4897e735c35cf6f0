import { changeFilePart } from '../../services/fits-files/fits-path.ts';
import { readingOf } from '../project/field-reading.ts';
import { contract } from './contract.ts';

export const columnsRouter = contract.columns.router({
  report: contract.columns.report.handler(async ({ context, input }) => {
    const { path, ...reading } = input;
    // The catalogue of the open project may lie outside the folders of this server.
    const file =
      path === undefined
        ? context.workbench.openProject.files.catalogue
        : await changeFilePart(path, (part) => context.fence.resolve(part));
    return context.services.columnReport(file, reading);
  }),
  reading: contract.columns.reading.handler(({ context }) => readingOf(context.workbench.openProject.files)),
  read: contract.columns.read.handler(({ context, input }) => context.workbench.reread(input)),
});
