import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { Positions } from '../../core/catalogue/position-join.ts';
import { placedNames } from '../../core/catalogue/label-join.ts';
import { labelRows } from '../../core/catalogue/labels.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import { findColumn, textsOf } from '../../core/table/table.ts';
import { readTableApart } from '../table-files/read-table-apart.ts';
import { datasetCodes } from './load-predictions.ts';

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
): Promise<RowLabels> {
  return labelRows(names, await readTableApart(path), path, positions);
}

/**
 * What a model saw of each row (`mc_dl_dataset`), where the table of labels says so.
 * @param names `Source_Name` of the rows
 * @param positions of the rows, by which those of other names are found, as for `loadLabels`
 * @returns undefined where it has no such column; `DATASET_UNKNOWN` for rows that it does not speak of
 */
export async function loadDataset(
  path: string,
  names: readonly string[],
  positions: Positions | undefined,
): Promise<Uint8Array | undefined> {
  const table = await readTableApart(path);
  const codes = datasetCodes(table);
  const column = findColumn(table, 'Component_Name') ?? findColumn(table, 'Source_Name');
  const named = column && textsOf(column);
  if (codes === undefined || named === undefined) return undefined;
  const { component } = placedNames(named, { names, table, path, positions });
  const codeOf = new Map(component.map((name, row) => [name.trim(), codes[row]!]));
  return Uint8Array.from(names, (name) => codeOf.get(name.trim()) ?? DATASET_UNKNOWN);
}
