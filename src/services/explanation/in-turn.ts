import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainFailure } from '../../core/result/failure.ts';

/**
 * Things one after the other, such as batches of a network: before each, the thread takes its turn for messages, so that
 * a cancel is heard.
 * @throws DomainFailure `cancelled` when the signal is aborted
 */
export async function* inTurn<Thing>(things: Iterable<Thing>, signal?: AbortSignal): AsyncGenerator<Thing> {
  for (const thing of things) {
    await nextTurn();
    if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
    yield thing;
  }
}

/** Pieces of a list, `size` long but for the last. */
export function piecesOf<Thing>(list: readonly Thing[], size: number): readonly (readonly Thing[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, piece) =>
    list.slice(piece * size, (piece + 1) * size),
  );
}
