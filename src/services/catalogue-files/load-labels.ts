import type { RowLabels } from '../../core/catalogue/labels.ts';
import { labelRows } from '../../core/catalogue/labels.ts';
import { readTableFile } from '../table-files/read-table-file.ts';

/**
 * Reads labels for the rows of a catalogue from a component catalogue or a table with a `label` column.
 * @param names `Source_Name` of the rows to label
 * @throws DomainFailure labels-invalid, or what `readTableFile` throws
 */
export async function loadLabels(path: string, names: readonly string[]): Promise<RowLabels> {
  return labelRows(names, await readTableFile(path), path);
}
