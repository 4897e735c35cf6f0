import { paths } from '../../contract/paths.ts';
import { labelHistoryTable, labelTable } from '../../core/labels/label-tables.ts';
import { componentTable, parentNames } from '../../core/association/component-table.ts';
import { fitsTableBytes } from '../../core/fits/write.ts';
import { csvChunks } from '../../services/table-writers/csv-writer.ts';
import type { DoorAnswer } from '../web/door-answer.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Labels and association candidates as files. Undefined where the path is no door of theirs. */
export function answerLabels({ pathname, searchParams }: URL, project: OpenProject): DoorAnswer | undefined {
  const { name } = project.store.description;
  const asCsv = (body: Iterable<string>, what: string): DoorAnswer => ({
    status: 200,
    contentType: 'text/csv; charset=utf-8',
    body,
    fileName: `${name}-${what}.csv`,
  });
  if (pathname === paths.exportLabelHistory) {
    return asCsv(csvChunks(labelHistoryTable(project.store.labels())), 'label-history');
  }
  const { catalogue } = project.field.field;
  if (pathname === paths.exportCandidates || pathname === paths.exportCandidatesFits) {
    const table = componentTable(catalogue, project.associations.candidates);
    if (pathname === paths.exportCandidates) return asCsv(csvChunks(table), 'candidates');
    return {
      status: 200,
      contentType: 'application/fits',
      body: fitsTableBytes(table),
      fileName: `${name}-candidates.fits`,
    };
  }
  if (pathname !== paths.exportLabels) return undefined;
  const labeller = searchParams.get('labeller') ?? undefined;
  const parents = parentNames(catalogue, project.associations.candidates);
  const table = labelTable(project.labels.book, catalogue.name, labeller, parents);
  return asCsv(csvChunks(table), labeller === undefined ? 'labels' : `labels-${labeller}`);
}
