import { setImmediate } from 'node:timers/promises';
import { DomainFailure } from '../../core/result/failure.ts';

/**
 * Pieces of a file, as they are made; between two of them whoever else wants something of this thread has its turn.
 * @throws DomainFailure 'cancelled' once the signal is aborted; what making a piece throws
 */
export async function* piecesInTurn<Piece>(
  pieces: Iterable<Piece>,
  signal?: AbortSignal,
): AsyncGenerator<Piece, void, undefined> {
  for (const piece of pieces) {
    await setImmediate();
    if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
    yield piece;
  }
}
