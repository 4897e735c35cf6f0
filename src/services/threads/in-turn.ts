import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainFailure } from '../../core/result/failure.ts';

/** How long work shares its thread with whoever else wants something of it. */

/** @throws DomainFailure 'cancelled' once the signal is aborted */
export function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
}

/**
 * Things one after the other, such as batches of a network or pieces of a file: before each, others have their turn, so
 * that the engine answers and a cancel is heard.
 * @throws DomainFailure 'cancelled' once the signal is aborted; what making a thing throws
 */
export async function* inTurn<Thing>(
  things: Iterable<Thing>,
  signal?: AbortSignal,
): AsyncGenerator<Thing, void, undefined> {
  for (const thing of things) {
    await nextTurn();
    refuseCancelled(signal);
    yield thing;
  }
}

/** Pieces of a list, `size` long but for the last. */
export function piecesOf<Thing>(list: readonly Thing[], size: number): readonly (readonly Thing[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, piece) =>
    list.slice(piece * size, (piece + 1) * size),
  );
}
