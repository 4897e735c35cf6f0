import { availableParallelism } from 'node:os';
import { askedThread } from '../threads/asked-thread.ts';
import { threadEntry } from '../threads/thread-entry.ts';
import type { BatchMaker, BatchSource, Example } from './batches.ts';
import { createBatchMaker } from './batches.ts';
import type { LabelledInput } from './training-session.ts';

/** Makes batches beside a step, which holds the thread that calls it. */
export interface BatchLoader extends BatchMaker {
  close(): Promise<void>;
}

const THREAD_ENTRY = threadEntry('batch-thread', import.meta.url);

/**
 * Makes batches in a thread of its own, so that the next one is ready when a step ends; in this one where there is one core
 * only, or no picture to make. A batch depends on its examples alone: both give the same, bit for bit.
 */
export function openBatchLoader(source: BatchSource, cores = availableParallelism()): BatchLoader {
  if (cores < 2 || !source.needsImages || THREAD_ENTRY === undefined) {
    return { ...createBatchMaker(source), close: () => Promise.resolve() };
  }
  const thread = askedThread<readonly Example[], LabelledInput>(THREAD_ENTRY, source, 'makes batches');
  return { batchOf: (examples) => thread.ask(examples), close: () => thread.close() };
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
