import { describeColumns } from '../project/catalogue-columns.ts';
import { contract } from './contract.ts';

export const tableRouter = contract.table.router({
  columns: contract.table.columns.handler(({ context }) =>
    describeColumns(context.workbench.openProject.field.field.catalogue.table),
  ),
});
