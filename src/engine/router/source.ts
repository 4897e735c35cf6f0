import { sourceDetailsOf } from '../sources/source-details.ts';
import { surroundingsOf } from '../sources/source-surroundings.ts';
import { contract } from './contract.ts';

export const sourceRouter = contract.source.router({
  details: contract.source.details.handler(({ context, input }) => {
    const { field, predictions, recipe } = context.workbench.openProject;
    return sourceDetailsOf(field, predictions, recipe, input.row);
  }),
  surroundings: contract.source.surroundings.handler(({ context, input }) =>
    surroundingsOf(context.workbench.openProject.field.field, input.row),
  ),
});
