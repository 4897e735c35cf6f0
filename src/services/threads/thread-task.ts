import { parentPort, Worker, workerData } from 'node:worker_threads';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ThreadFailure } from './thread-failure.ts';
import { threadFailureOf, thrownIn } from './thread-failure.ts';

/** One piece of work that has a thread of its own, from its start to its result. */

export interface TaskOptions<Progress> {
  /** What the thread does, as in "the thread that reads a.csv": for the failure that nobody foresaw. */
  readonly does: string;
  /** Ends the thread at once. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

type Report =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: ThreadFailure };

/** A result, with the memory that is handed over and not copied. */
export interface Handed<Result> {
  readonly result: Result;
  readonly transfer?: readonly ArrayBuffer[];
}

/**
 * Starts a thread, gives it its data, and waits for its result.
 * @param entry of `threadEntry`: a file that calls `carryOutTask`
 * @throws what the work throws; DomainFailure 'cancelled'
 */
export async function threadTask<Result, Progress = never>(
  entry: string,
  data: unknown,
  { does, signal, onProgress }: TaskOptions<Progress>,
): Promise<Result> {
  const cancelled = (): DomainFailure => new DomainFailure({ kind: 'cancelled' });
  if (signal?.aborted === true) throw cancelled();
  const thread = new Worker(entry, { workerData: data });
  let cancel: (() => void) | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      cancel = () => reject(cancelled());
      signal?.addEventListener('abort', cancel);
      thread.on('message', (report: Report) => {
        if (report.kind === 'progress') onProgress?.(report.progress as Progress);
        else if (report.kind === 'done') resolve(report.result as Result);
        else reject(thrownIn(report.failure));
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`The thread that ${does} ended with code ${code}.`)));
    });
  } finally {
    if (cancel !== undefined) signal?.removeEventListener('abort', cancel);
    await thread.terminate();
  }
}

/** In the thread: does the work on the data that `threadTask` gave, and sends its result or what it throws. */
export async function carryOutTask<Data, Result, Progress = never>(
  work: (data: Data, tell: (progress: Progress) => void) => Promise<Handed<Result>> | Handed<Result>,
): Promise<void> {
  const send = (report: Report, transfer: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(report, [...transfer]);
  try {
    const { result, transfer } = await work(workerData as Data, (progress) => send({ kind: 'progress', progress }));
    send({ kind: 'done', result }, transfer);
  } catch (thrown) {
    send({ kind: 'failed', failure: threadFailureOf(thrown) });
  }
}
