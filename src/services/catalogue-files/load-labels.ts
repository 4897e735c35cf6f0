import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { Positions } from '../../core/catalogue/position-join.ts';
import { placedNames } from '../../core/catalogue/label-join.ts';
import { labelRows } from '../../core/catalogue/labels.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn, textsOf } from '../../core/table/table.ts';
import { readTableApart } from '../table-files/read-table-apart.ts';
import { datasetCodes } from './load-predictions.ts';

/** What a file says of the rows of a catalogue. */
export interface LabelFile extends RowLabels {
  /**
   * What a model saw of each row (`mc_dl_dataset`), `DATASET_UNKNOWN` for rows that the file does not speak of.
   * @returns undefined where it has no such column
   */
  dataset(): Uint8Array | undefined;
}

/**
 * Reads labels for the rows of a catalogue from a component catalogue or a table with a `label` column.
 * @param names `Source_Name` of the rows to label
 * @param positions of the rows, by which components of other names are found; undefined where none are known
 * @throws DomainFailure labels-invalid, or what `readTableApart` throws
 */
export async function loadLabels(
  path: string,
  names: readonly string[],
  positions: Positions | undefined,
): Promise<LabelFile> {
  const table = await readTableApart(path);
  return { ...labelRows(names, table, path, positions), dataset: () => datasetOf(table, path, names, positions) };
}

function datasetOf(
  table: Table,
  path: string,
  names: readonly string[],
  positions: Positions | undefined,
): Uint8Array | undefined {
  const codes = datasetCodes(table);
  const column = findColumn(table, 'Component_Name') ?? findColumn(table, 'Source_Name');
  const named = column && textsOf(column);
  if (codes === undefined || named === undefined) return undefined;
  const { component } = placedNames(named, { names, table, path, positions });
  const codeOf = new Map(component.map((name, row) => [name.trim(), codes[row]!]));
  return Uint8Array.from(names, (name) => codeOf.get(name.trim()) ?? DATASET_UNKNOWN);
}
