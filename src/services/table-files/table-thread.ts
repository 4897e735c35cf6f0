/** Entry of a thread that reads a table, or its share of one (read-table-apart.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadFailure } from '../threads/thread-failure.ts';
import { threadFailureOf } from '../threads/thread-failure.ts';
import type { ReadFileOptions } from './read-table-file.ts';
import { readTableFile } from './read-table-file.ts';
import type { TableParcel } from './table-parcel.ts';
import { packTable } from './table-parcel.ts';

/** What the thread is started with. */
export interface TableThreadData {
  readonly path: string;
  readonly options: ReadFileOptions;
}

export type TableThreadReply = { readonly parcel: TableParcel } | { readonly failure: ThreadFailure };

const { path, options } = workerData as TableThreadData;
const send = (reply: TableThreadReply, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(reply, transfer);

try {
  const { parcel, transfer } = packTable(await readTableFile(path, options));
  send({ parcel }, transfer);
} catch (thrown) {
  send({ failure: threadFailureOf(thrown) });
}
