import { sourceDetailsOf } from '../source-details.ts';
import { contract } from './contract.ts';

export const sourceRouter = contract.source.router({
  details: contract.source.details.handler(({ context, input }) => {
    const { field, predictions, recipe } = context.workbench.openProject;
    return sourceDetailsOf(field, predictions, recipe, input.row);
  }),
});
