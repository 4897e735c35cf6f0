import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import type { Neighbours } from '../../core/features/feature-table.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';
import { refuseCancelled } from '../threads/in-turn.ts';
import { threadEntry } from '../threads/thread-entry.ts';
import { threadTask } from '../threads/thread-task.ts';
import type { NeighboursData } from './neighbours-thread.ts';

/** How opening a large field is followed and stopped. */
export interface OpeningOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, and the share of it that is done [0..1]. */
  readonly onProgress?: ((label: string, fraction: number) => void) | undefined;
}

/** Below this many rows neighbours are found in less time than a thread takes to start. */
const ROWS_WORTH_A_THREAD = 50_000;

const THREAD_ENTRY = threadEntry('neighbours-thread', import.meta.url);

/**
 * Carries out work that comes in steps, letting others have their turn between them.
 * @throws DomainFailure 'cancelled'
 */
export async function inSteps<Result>(
  steps: Iterator<number, Result, void>,
  label: string,
  { signal, onProgress }: OpeningOptions,
): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(label, step.value);
    await nextTurn();
    refuseCancelled(signal);
  }
}

/**
 * The neighbours of all sources; those of a large catalogue in a thread of their own, since finding them takes seconds.
 * @throws DomainFailure 'cancelled'
 */
export async function neighboursOf(
  { raDeg, decDeg, rowCount }: SourceCatalogue,
  { signal, onProgress }: OpeningOptions,
): Promise<Neighbours> {
  refuseCancelled(signal);
  if (rowCount < ROWS_WORTH_A_THREAD || THREAD_ENTRY === undefined) return findNeighbours(raDeg, decDeg);
  return threadTask<Neighbours, number>(THREAD_ENTRY, { raDeg, decDeg } satisfies NeighboursData, {
    does: 'finds neighbours',
    signal,
    onProgress: (fraction) => onProgress?.('Finding neighbours', fraction),
  });
}
