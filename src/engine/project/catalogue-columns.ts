import type { CatalogueColumn } from '../../contract/table.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import { paths } from '../../contract/paths.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Column, Table } from '../../core/table/table.ts';
import { numbersOf, textsOf } from '../../core/table/table.ts';
import type { DoorAnswer } from '../web/door-answer.ts';
import type { OpenProject } from './open-project.ts';

const isText = ({ data }: Column): boolean => Array.isArray(data);

/** The columns of the catalogue's file in their order. One with several values in a row cannot be shown in a cell. */
export function describeColumns(table: Table): CatalogueColumn[] {
  return table.columns
    .filter(({ repeat }) => repeat === 1)
    .map((column) => ({
      name: column.name,
      kind: isText(column) ? 'text' : 'number',
      unit: column.unit ?? '',
      description: column.description ?? '',
    }));
}

/** One column as packed bytes: numbers as doubles (missing: NaN) or texts. Undefined where the path is another door. */
export function answerColumn({ pathname }: URL, project: OpenProject): DoorAnswer | undefined {
  if (!pathname.startsWith(paths.column)) return undefined;
  const name = decodeURIComponent(pathname.slice(paths.column.length));
  const column = project.field.field.catalogue.table.columns.find((other) => other.name === name);
  const numbers = column === undefined || isText(column) ? undefined : numbersOf(column);
  const texts = column === undefined || numbers !== undefined ? undefined : textsOf(column);
  if (numbers === undefined && texts === undefined) {
    throw new DomainFailure({ kind: 'argument-invalid', name, why: 'the catalogue has no such column' });
  }
  const body = numbers === undefined ? packColumns({}, { texts }) : packColumns({ numbers }, {});
  return { status: 200, contentType: 'application/octet-stream', body };
}
