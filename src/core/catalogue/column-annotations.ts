import type { Column } from '../table/table.ts';
import type { ColumnDefinition } from './catalogue-columns.ts';
import { CATALOGUE_COLUMNS } from './catalogue-columns.ts';

interface Annotation {
  readonly ucd: string;
  readonly description: string;
}

/** By lower-case name, and the same for the errors that LoTSS and PyBDSF call `E_NAME`. */
const ANNOTATIONS: ReadonlyMap<string, Annotation> = new Map(
  Object.values(CATALOGUE_COLUMNS as Readonly<Record<string, ColumnDefinition>>).flatMap(
    ({ accepted, ucd, description, kind }) =>
      accepted.flatMap((name): (readonly [string, Annotation])[] => {
        const own = [name.toLowerCase(), { ucd, description }] as const;
        if (kind === 'number' || kind === 'text') return [own];
        const [first] = ucd.split(';');
        return [own, [`e_${name.toLowerCase()}`, { ucd: `stat.error;${first!}`, description: `Error of ${name}` }]];
      }),
  ),
);

/**
 * An input column with the UCD and description of what it is known to be, where its file says nothing of that. Its
 * values, name, unit and type stay.
 */
export function annotated(column: Column): Column {
  const known = ANNOTATIONS.get(column.name.toLowerCase());
  if (known === undefined || (column.ucd && column.description)) return column;
  return { ...column, ucd: column.ucd ?? known.ucd, description: column.description ?? known.description };
}
