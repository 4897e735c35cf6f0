import type { OnRows } from '../../core/table/row-spans.ts';
import type { Table } from '../../core/table/table.ts';

/** A file that belongs beside a table's own. */
export interface Companion {
  /** What its name adds to the table's: `X.csv` and `X.csv-metadata.json`. */
  readonly suffix: string;
  readonly content: string;
}

export interface TableWriter {
  /** The table's file in pieces, each made when it is asked for; the same table gives the same bytes. */
  pieces(table: Table, onRows?: OnRows): Iterable<Uint8Array | string>;
  /** What the format itself cannot hold, in a file of its own. Undefined where nothing is left over. */
  companion?(table: Table, fileName: string): Companion | undefined;
}
