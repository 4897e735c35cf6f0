import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../threads/thread-entry.ts';
import type { BatchMaker, BatchSource, Example } from './batches.ts';
import { createBatchMaker } from './batches.ts';
import type { LabelledInput } from './training-session.ts';

/** Makes batches beside a step, which holds the thread that calls it. */
export interface BatchLoader extends BatchMaker {
  close(): Promise<void>;
}

/** What the thread is asked for, and what it answers, in the same order. */
export type BatchRequest = readonly Example[];
export type BatchReply =
  { readonly kind: 'batch'; readonly batch: LabelledInput } | { readonly kind: 'failure'; readonly message: string };

const THREAD_ENTRY = threadEntry('batch-thread', import.meta.url);

interface Asked {
  readonly resolve: (batch: LabelledInput) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Makes batches in a thread of its own, so that the next one is ready when a step ends; in this one where there is one core
 * only, or no picture to make. A batch depends on its examples alone: both give the same, bit for bit.
 */
export function openBatchLoader(source: BatchSource, cores = availableParallelism()): BatchLoader {
  if (cores < 2 || !source.needsImages || THREAD_ENTRY === undefined) {
    return { ...createBatchMaker(source), close: () => Promise.resolve() };
  }
  const thread = new Worker(THREAD_ENTRY, { workerData: source });
  const waiting: Asked[] = [];
  let ended: Error | undefined;
  const failAll = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  thread.on('message', (reply: BatchReply) => {
    const asked = waiting.shift();
    if (reply.kind === 'batch') asked?.resolve(reply.batch);
    else asked?.reject(new Error(reply.message));
  });
  thread.on('error', failAll);
  thread.on('exit', (code) => failAll(new Error(`The thread that makes batches ended with code ${code}.`)));
  return {
    batchOf: (examples) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        thread.postMessage(examples satisfies BatchRequest);
      }),
    close: async () => {
      await thread.terminate();
    },
  };
}

/**
 * The batches of lists of examples, in their order; the next is being made while one is in use.
 * @throws what the maker throws, when that batch is asked for
 */
export async function* batchesAhead(
  maker: BatchMaker,
  lists: readonly (readonly Example[])[],
): AsyncGenerator<LabelledInput, undefined> {
  let next = lists.length > 0 ? maker.batchOf(lists[0]!) : undefined;
  for (let index = 1; next !== undefined; index++) {
    const batch = await next;
    next = index < lists.length ? maker.batchOf(lists[index]!) : undefined;
    // Heard when its turn comes; until then a failure is nobody's.
    next?.catch(() => undefined);
    yield batch;
  }
}
