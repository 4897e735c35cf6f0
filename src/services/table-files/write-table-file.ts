import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { fitsTableBytes } from '../../core/fits/write.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';
import { csvChunks } from './csv-table.ts';

/**
 * Writes a table as its file's extension says, `.csv` or `.fits`, whole or not at all. FITS keeps units, UCDs and
 * types; CSV has names and values only.
 * @throws DomainFailure argument-invalid (another extension), file-unwritable
 */
export async function writeTableFile(path: string, table: Table): Promise<void> {
  switch (extname(path).toLowerCase()) {
    case '.csv': {
      const pieces: AsyncIterable<string> = Readable.from(csvChunks(table));
      await writeAtomically(path, pieces);
      break;
    }
    case '.fits':
      await writeAtomically(path, fitsTableBytes(table));
      break;
    default:
      throw new DomainFailure({ kind: 'argument-invalid', name: path, why: 'the file must end in .csv or .fits' });
  }
}
