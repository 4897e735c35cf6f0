import { paths } from '../contract/paths.ts';
import { labelHistoryTable, labelTable } from '../core/labels/label-tables.ts';
import { csvChunks } from '../services/table-files/csv-table.ts';
import type { DoorAnswer } from './door-answer.ts';
import type { OpenProject } from './open-project.ts';

/** Labels as files. Undefined where the path is no door of theirs. */
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
  if (pathname !== paths.exportLabels) return undefined;
  const labeller = searchParams.get('labeller') ?? undefined;
  const names = project.field.field.catalogue.name;
  const table = labelTable(project.labels.book, names, labeller, new Map());
  return asCsv(csvChunks(table), labeller === undefined ? 'labels' : `labels-${labeller}`);
}
