import { DomainFailure } from '../result/failure.ts';
import type { CatalogueColumn, ColumnDefinition } from './catalogue-columns.ts';
import { CATALOGUE_COLUMNS } from './catalogue-columns.ts';

/** Which column of the file is meant by each of Lobate's, where the astronomer says so. */
export type ColumnMap = Readonly<Partial<Record<CatalogueColumn, string>>>;

/** The name under which a column is spoken of: the one that LoTSS gives it. */
export const columnTitle = (column: CatalogueColumn): string =>
  (CATALOGUE_COLUMNS[column] as ColumnDefinition).accepted[0]!;

/**
 * Reads pairs `OUR=THEIRS`, where OUR is a column as LoTSS calls it (`Maj`, any capitalisation).
 * @throws DomainFailure argument-invalid for a pair without `=`, an unknown or a repeated name
 */
export function parseColumnMap(pairs: readonly string[]): ColumnMap {
  const map: Partial<Record<CatalogueColumn, string>> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const ours = pair.slice(0, at).trim();
    const theirs = pair.slice(at + 1).trim();
    if (at < 1 || theirs === '') refuse(`"${pair}" is not of the form OUR=THEIRS, as in Maj=a`);
    const column = columnTitled(ours);
    if (column === undefined) {
      refuse(`there is no column ${ours} to map; there are ${columns().map(columnTitle).join(', ')}`);
    }
    if (map[column] !== undefined) refuse(`${ours} is mapped twice, to ${map[column]} and to ${theirs}`);
    map[column] = theirs;
  }
  return map;
}

/** The pairs that `parseColumnMap` reads back to the same map. */
export function columnMapPairs(map: ColumnMap): readonly string[] {
  return columns().flatMap((column) => (map[column] === undefined ? [] : [`${columnTitle(column)}=${map[column]}`]));
}

const columns = (): CatalogueColumn[] => Object.keys(CATALOGUE_COLUMNS) as CatalogueColumn[];

function columnTitled(title: string): CatalogueColumn | undefined {
  return columns().find((column) => columnTitle(column).toLowerCase() === title.toLowerCase());
}

function refuse(why: string): never {
  throw new DomainFailure({ kind: 'argument-invalid', name: '--map', why });
}
