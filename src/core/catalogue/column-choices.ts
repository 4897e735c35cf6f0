import type { Column, Table } from '../table/table.ts';
import type { CatalogueColumn, ColumnDefinition } from './catalogue-columns.ts';
import { CATALOGUE_COLUMNS } from './catalogue-columns.ts';
import { columnTitle } from './column-map.ts';
import type { FoundColumn, ReadingOptions } from './column-reader.ts';
import { asNumbers, columnReader } from './column-reader.ts';
import { conversionFactor } from './unit-conversion.ts';

/** What keeps a column from being read as the quantity that it was chosen for. */
export type ColumnProblem = 'not-numeric' | 'unit-unknown';

/** One of Lobate's quantities, and the column of a table that it is taken from. */
export interface ColumnChoice {
  /** As LoTSS calls it, and `--map` takes it. */
  readonly title: string;
  readonly description: string;
  /** Without it the catalogue is refused. */
  readonly isRequired: boolean;
  /** The column that is taken; undefined where the table has none. */
  readonly found: FoundColumn | undefined;
  /** Name of the column that is taken where nothing is mapped. */
  readonly foundByName: string | undefined;
  readonly problem: ColumnProblem | undefined;
}

/** How each quantity that Lobate knows is read from the table, the required ones first. */
export function columnChoices(table: Table, options: ReadingOptions = {}): readonly ColumnChoice[] {
  const reader = columnReader(table, '', options);
  const unmapped = columnReader(table, '', { units: options.units });
  const isGalactic = reader.has('galacticLongitude') && !reader.has('ra') && !reader.has('dec');
  const replaced: readonly CatalogueColumn[] = isGalactic ? ['ra', 'dec'] : [];
  const choices = (Object.keys(CATALOGUE_COLUMNS) as CatalogueColumn[]).map((column): ColumnChoice => {
    const { description, isRequired, kind }: ColumnDefinition = CATALOGUE_COLUMNS[column];
    const found = reader.found(column);
    return {
      title: columnTitle(column),
      description,
      isRequired: isRequired && !replaced.includes(column),
      found,
      foundByName: unmapped.found(column)?.column.name,
      problem: found === undefined ? undefined : problemOf(found, kind),
    };
  });
  return [...choices.filter(({ isRequired }) => isRequired), ...choices.filter(({ isRequired }) => !isRequired)];
}

function problemOf({ column, unit }: FoundColumn, kind: ColumnDefinition['kind']): ColumnProblem | undefined {
  if (kind === 'text') return undefined;
  if (asNumbers(column) === undefined) return 'not-numeric';
  return kind !== 'number' && conversionFactor(unit, kind) === undefined ? 'unit-unknown' : undefined;
}

/** The first values of a column, as the file has them; '' for a missing one. */
export function firstValues(column: Column, count: number): readonly string[] {
  const { data, repeat, isMissing } = column;
  const rows = repeat === 0 ? 0 : Math.min(count, data.length / repeat);
  return Array.from({ length: rows }, (_, row) => {
    if (repeat !== 1) return `${repeat} values`;
    const value = data[row];
    return isMissing?.[row] === 1 || value === undefined || Number.isNaN(value) ? '' : String(value).trim();
  });
}
