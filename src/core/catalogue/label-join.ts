import type { Column, Table } from '../table/table.ts';
import { findColumn, textsOf } from '../table/table.ts';
import { columnReader } from './column-reader.ts';
import type { JoinReport } from './join-report.ts';
import type { Positions } from './position-join.ts';
import { nearestRows, SAME_POSITION_ARCSEC } from './position-join.ts';

const DEBLENDED_COLUMN = 'Deblended_from';

/** Spellings of "not deblended" beside the empty text: what other programs make of a masked cell. */
const NOT_DEBLENDED = new Set(['', '--', 'N/A', 'nan', 'None']);

export interface PlacedNames {
  readonly component: readonly string[];
  /** Rows of the catalogue that were found by position. */
  readonly byPosition: ReadonlySet<string>;
}

/** The components' names, those that are no row's replaced by that of the row at their position. */
export function placedNames(
  component: readonly string[],
  of: {
    readonly names: readonly string[];
    readonly table: Table;
    readonly path: string;
    readonly positions: Positions | undefined;
  },
): PlacedNames {
  const { names, table, path, positions } = of;
  const known = new Set(names.map((name) => name.trim()));
  const isForeign = (row: number): boolean => !known.has(component[row]!.trim());
  const reader = columnReader(table, path);
  if (positions === undefined || !reader.has('ra') || !reader.has('dec') || !component.some((_, row) => isForeign(row)))
    return { component, byPosition: new Set() };
  const theirs = { raDeg: reader.requiredNumbers('ra'), decDeg: reader.requiredNumbers('dec') };
  const deblended = deblendedFrom(table);
  const named = new Set(component.map((name) => name.trim()));
  // A piece of a deblended row goes by the row it came from, and a row that is named is not anybody else's too.
  const nearest = nearestRows(
    theirs,
    positions,
    () => SAME_POSITION_ARCSEC,
    (row) => isForeign(row) && deblended[row] === '',
  );
  const byPosition = new Set<string>();
  const placed = component.map((name, row) => {
    const found = nearest[row]! < 0 ? undefined : names[nearest[row]!]!;
    if (found === undefined || named.has(found.trim())) return name;
    byPosition.add(found.trim());
    return found;
  });
  return { component: placed, byPosition };
}

/** Which rows of the catalogue the components speak of. */
export function joinOf(
  names: readonly string[],
  { component, deblended, byPosition }: PlacedNames & { readonly deblended: readonly string[] },
  path: string,
): JoinReport {
  const known = new Set(names.map((name) => name.trim()));
  const originOf = (row: number): string => {
    const own = deblended[row]!;
    return own === '' ? component[row]!.trim() : own;
  };
  const said = new Set(component.map((_, row) => originOf(row)));
  const joined = names.filter((name) => said.has(name.trim())).length;
  const sourcesByPosition = names.filter((name) => byPosition.has(name.trim())).length;
  return {
    what: 'labels',
    path,
    fileRows: component.length,
    joinedRows: component.filter((_, row) => known.has(originOf(row))).length,
    sourcesByName: joined - sourcesByPosition,
    sourcesById: 0,
    sourcesByPosition,
    sourcesWithout: names.length - joined,
  };
}

/** Name of the row that each component was cut out of; '' where it was not. */
export function deblendedFrom(table: Table): readonly string[] {
  const column: Column | undefined = findColumn(table, DEBLENDED_COLUMN);
  const texts = column === undefined ? undefined : textsOf(column);
  return texts === undefined
    ? new Array<string>(table.rowCount).fill('')
    : texts.map((text) => (NOT_DEBLENDED.has(text.trim()) ? '' : text.trim()));
}
