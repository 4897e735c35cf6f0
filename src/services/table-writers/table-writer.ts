import type { Table } from '../../core/table/table.ts';
import type { FileContent } from '../fits-files/atomic-write.ts';

/** Rows in each piece of a table that is written as text. */
export const ROWS_PER_PIECE = 4096;

/** A table as the content of a file, whole or in pieces; the same table gives the same bytes. */
type Content = Exclude<FileContent, AsyncIterable<Uint8Array | string>> | Iterable<string>;

/** A file that belongs beside a table's own. */
export interface Companion {
  /** What its name adds to the table's: `X.csv` and `X.csv-metadata.json`. */
  readonly suffix: string;
  readonly content: string;
}

export interface TableWriter {
  content(table: Table): Content;
  /** What the format itself cannot hold, in a file of its own. Undefined where nothing is left over. */
  companion?(table: Table, fileName: string): Companion | undefined;
}
