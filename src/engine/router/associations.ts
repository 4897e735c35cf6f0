import { degrees } from '../../core/units/quantities.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { EngineContext } from './engine-context.ts';
import { contract } from './contract.ts';

const list = ({ workbench: { openProject } }: EngineContext) =>
  openProject.associations.candidates.map((candidate) =>
    openProject.associations.message(candidate, openProject.field),
  );

export const associationsRouter = contract.associations.router({
  list: contract.associations.list.handler(({ context }) => list(context)),
  propose: contract.associations.propose.handler(async ({ context, input: { row, threshold } }) => {
    const { field, recipe, predictions, associations } = context.workbench.openProject;
    const { catalogue, mosaics } = field.field;
    if (row >= catalogue.rowCount) {
      const why = `the catalogue has rows 0 to ${catalogue.rowCount - 1}`;
      throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
    }
    const mosaic = mosaics[field.assignment.mosaic[row]!];
    const position = { ra: degrees(catalogue.raDeg[row]!), dec: degrees(catalogue.decDeg[row]!) };
    const cutout = mosaic && (await context.services.cutoutOf(mosaic, position, recipe.cutout));
    const { windowSidePix } = recipe.cutout;
    const { probability } = predictions ?? {};
    return associations.proposalFor({ field, row, threshold, probability, cutout, windowSidePix });
  }),
  keep: contract.associations.keep.handler(({ context, input }) => {
    const { associations, field, shownRun } = context.workbench.openProject;
    associations.keep(input, field.field.catalogue.name, shownRun?.modelId);
    return list(context);
  }),
  withdraw: contract.associations.withdraw.handler(({ context, input: { id, labeller, threshold } }) => {
    const { associations, shownRun } = context.workbench.openProject;
    associations.withdraw(id, labeller, threshold, shownRun?.modelId);
    return list(context);
  }),
});
