import { availableParallelism } from 'node:os';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { BatchPlaces, BatchPreparer, PreparedBatch } from './prepare-batch.ts';
import { createBatchPreparer } from './prepare-batch.ts';
import { askedThread } from '../threads/asked-thread.ts';
import { threadEntry } from '../threads/thread-entry.ts';

/** What a thread is started with. */
export interface ThreadData {
  /** Paths as they were given, with their selectors. */
  readonly mosaics: readonly string[];
  readonly recipe: CutoutRecipe;
}

/**
 * More do not help: sixteen cores make some 16,000 cutouts per second, more than any network here takes. Each holds a band
 * of a mosaic and reads the next, some 100 MB for LoTSS.
 */
const MOST_THREADS = 16;
/** A field of fewer batches is done before threads have started. */
const FEWEST_BATCHES = 8;

/** A thread has its next batch waiting when it sends one: nobody can give it more while the network holds the caller. */
export const BATCHES_AHEAD_PER_THREAD = 2;

/** One thread per core; none where there is one core only or the field is small. */
export function cutoutThreadCount(batchCount: number, cores = availableParallelism()): number {
  if (cores < 2 || batchCount < FEWEST_BATCHES) return 0;
  return Math.min(cores, MOST_THREADS);
}

const THREAD_ENTRY = threadEntry('cutout-thread', import.meta.url);

/**
 * Makes the cutouts of batches in so many threads; in this one where that is 0. What comes out is the same, bit for bit.
 * @param threads 0 or more
 */
export function openBatchPreparer(mosaics: readonly Mosaic[], recipe: CutoutRecipe, threads: number): BatchPreparer {
  if (threads === 0 || THREAD_ENTRY === undefined) {
    const here = createBatchPreparer((index) => Promise.resolve(mosaics[index]!), recipe);
    return { ...here, close: () => Promise.resolve() };
  }
  const data: ThreadData = { mosaics: mosaics.map(({ path }) => path), recipe };
  const pool = Array.from({ length: threads }, () =>
    askedThread<BatchPlaces, PreparedBatch>(THREAD_ENTRY, data, 'makes cutouts'),
  );
  let next = 0;
  return {
    // In turn, so that each thread meets its batches in the order of the plan, which reads on through the file.
    prepare: (places) => pool[next++ % pool.length]!.ask(places),
    close: async () => {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}
