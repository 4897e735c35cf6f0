import { basename } from 'node:path';
import type { Table } from '../../core/table/table.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';
import { inTurn } from '../threads/in-turn.ts';
import { TABLE_WRITERS, tableFileFormatOf } from './table-writers.ts';

/**
 * Writes a table as its file's ending says (`.fits`, `.vot`, `.csv`, `.ecsv`, `.parquet`), whole or not at all. A CSV
 * file that has more to say than names and values gets a second file beside it, `X.csv-metadata.json`.
 * @throws DomainFailure argument-invalid (another ending), file-unwritable
 */
export async function writeTableFile(path: string, table: Table): Promise<void> {
  const writer = TABLE_WRITERS[tableFileFormatOf(path)];
  const companion = writer.companion?.(table, basename(path));
  // First the companion: a table is never there without what it needs to be understood.
  if (companion !== undefined) await writeAtomically(`${path}${companion.suffix}`, companion.content);
  await writeAtomically(path, inTurn(writer.pieces(table)));
}
