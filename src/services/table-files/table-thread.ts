/** Entry of a thread that reads a table, or its share of one (read-table-apart.ts). */
import { carryOutTask } from '../threads/thread-task.ts';
import type { ReadFileOptions } from './read-table-file.ts';
import { readTableFile } from './read-table-file.ts';
import type { TableParcel } from './table-parcel.ts';
import { packTable } from './table-parcel.ts';

/** What the thread is started with. */
export interface TableThreadData {
  readonly path: string;
  readonly options: ReadFileOptions;
}

await carryOutTask<TableThreadData, TableParcel>(async ({ path, options }) => {
  const { parcel, transfer } = packTable(await readTableFile(path, options));
  return { result: parcel, transfer };
});
