import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Table } from '../../core/table/table.ts';
import type { FileContent } from '../fits-files/atomic-write.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';
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
  await writeAtomically(path, inPieces(writer.content(table)));
}

function inPieces(content: Uint8Array | string | Iterable<string>): FileContent {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  const pieces: AsyncIterable<string> = Readable.from(content);
  return pieces;
}
