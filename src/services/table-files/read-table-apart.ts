import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Column, Table } from '../../core/table/table.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import { threadEntry } from '../threads/thread-entry.ts';
import { threadTask } from '../threads/thread-task.ts';
import { readTableFile, tableFormat } from './read-table-file.ts';
import type { TableParcel } from './table-parcel.ts';
import { unpackTable } from './table-parcel.ts';
import type { TableThreadData } from './table-thread.ts';

/** Formats that are understood in one piece hold their thread for a second from about ten times this on. */
const BYTES_WORTH_A_THREAD = 4 << 20;
/** A FITS table is read piece by piece, so threads are worth while only where they make it quicker. */
const FITS_BYTES_WORTH_THREADS = 128 << 20;
/** Each reads the whole file for its columns: with more the reading itself is most of the work. */
const MOST_THREADS = 4;

const THREAD_ENTRY = threadEntry('table-thread', import.meta.url);

/**
 * As `readTableFile`, a large file in threads of its own: the caller's goes on answering, and the columns of a large FITS
 * table are read by several.
 * @param options.signal stops it: the threads end at once
 * @param options.threads how many; by default as many as are worth it, 0 for a small file
 * @throws DomainFailure as `readTableFile`; 'cancelled'
 */
export async function readTableApart(
  path: string,
  { signal, threads: wanted }: { readonly signal?: AbortSignal | undefined; readonly threads?: number } = {},
): Promise<Table> {
  const threads = wanted ?? (await threadsFor(path));
  if (threads === 0 || THREAD_ENTRY === undefined) return readTableFile(path);
  const stop = new AbortController();
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  try {
    const shares = Array.from({ length: threads }, (_, index) => ({ index, of: threads }));
    return mergedShares(
      await Promise.all(shares.map((share) => readInThread(THREAD_ENTRY, { path, options: { share } }, stopped))),
    );
  } finally {
    // One that failed has left the others at work.
    stop.abort();
  }
}

/** In how many threads to read a file; 0: in the caller's. */
async function threadsFor(path: string): Promise<number> {
  const { path: filePath } = await resolveFitsPath(path);
  // What is wrong with the file is for the reader to say.
  const sizeBytes = await stat(filePath).then(
    ({ size }) => size,
    () => 0,
  );
  if (sizeBytes < BYTES_WORTH_A_THREAD) return 0;
  if ((await tableFormat(filePath)) !== 'FITS') return 1;
  // Each would have to unpack it.
  const isPacked = filePath.endsWith('.gz');
  return sizeBytes < FITS_BYTES_WORTH_THREADS || isPacked ? 0 : Math.min(MOST_THREADS, availableParallelism());
}

async function readInThread(entry: string, data: TableThreadData, signal: AbortSignal): Promise<Table> {
  return unpackTable(await threadTask<TableParcel>(entry, data, { does: `reads ${data.path}`, signal }));
}

/** The shares' columns in the order of the file: share k has every n-th from the k-th on. */
function mergedShares(shares: readonly Table[]): Table {
  const [first] = shares as [Table, ...Table[]];
  const count = shares.reduce((sum, { columns }) => sum + columns.length, 0);
  const columns = Array.from({ length: count }, (_, index): Column => {
    return shares[index % shares.length]!.columns[Math.floor(index / shares.length)]!;
  });
  return { ...first, columns };
}
