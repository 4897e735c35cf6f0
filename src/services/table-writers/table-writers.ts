import { extname } from 'node:path';
import type { TableFileFormat } from '../../contract/table-formats.ts';
import { TABLE_FILE_FORMATS } from '../../contract/table-formats.ts';
import { fitsTablePieces } from '../../core/fits/write.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { csvChunks } from './csv-writer.ts';
import { csvwMetadata } from './csvw-metadata.ts';
import { ecsvChunks } from './ecsv-writer.ts';
import { parquetPieces } from './parquet-writer.ts';
import type { TableWriter } from './table-writer.ts';
import { votableChunks } from './votable-writer.ts';

/** One writer per format. All take the same table; what a format cannot say is in `docs/EXPORT.md`. */
export const TABLE_WRITERS: Readonly<Record<TableFileFormat, TableWriter>> = {
  fits: { pieces: (table, onRows) => fitsTablePieces(table, {}, onRows) },
  votable: { pieces: votableChunks },
  csv: { pieces: csvChunks, companion: csvwMetadata },
  ecsv: { pieces: ecsvChunks },
  parquet: { pieces: parquetPieces },
};

/**
 * The format that a file's name asks for.
 * @throws DomainFailure argument-invalid for another ending
 */
export function tableFileFormatOf(path: string): TableFileFormat {
  const ending = extname(path).toLowerCase();
  const formats = Object.keys(TABLE_FILE_FORMATS) as TableFileFormat[];
  const found = formats.find((format) => (TABLE_FILE_FORMATS[format].endings as readonly string[]).includes(ending));
  if (found !== undefined) return found;
  const endings = formats.map((format) => TABLE_FILE_FORMATS[format].endings[0]);
  const why = `the file must end in ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)!}`;
  throw new DomainFailure({ kind: 'argument-invalid', name: path, why });
}
