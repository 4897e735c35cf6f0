import { DomainFailure } from '../core/result/failure.ts';
import { writeAtomically } from '../services/fits-files/atomic-write.ts';
import { ROWS_PER_PIECE } from '../services/table-writers/table-writer.ts';
import type { ExportFile } from './export-list.ts';

const PIECE_BYTES = 4 * 1024 * 1024;
/** It is over only when the file has its name. */
const LAST_FRACTION = 0.99;

/**
 * Writes a file that was made, and its companion, whole or not at all.
 * @param onPart told how much of it is written [0..1]
 * @throws DomainFailure cancelled, file-unwritable
 */
export async function writeExport(
  path: string,
  { content, companion, rows }: ExportFile,
  onPart: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await writeAtomically(path, watched(content, rows, onPart, signal));
  if (companion !== undefined) await writeAtomically(`${path}${companion.suffix}`, companion.content);
}

async function* watched(
  content: ExportFile['content'],
  rows: number,
  onPart: (fraction: number) => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array | string> {
  const isWhole = content instanceof Uint8Array || typeof content === 'string';
  const total = isWhole ? content.length : rows / ROWS_PER_PIECE;
  let done = 0;
  for (const piece of piecesOf(content)) {
    // Texts are made piece by piece: between two of them the engine has to hear that nobody wants them any more.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
    yield piece;
    done += isWhole ? piece.length : 1;
    onPart(Math.min(LAST_FRACTION, done / total));
  }
}

function* piecesOf(content: ExportFile['content']): Generator<Uint8Array | string> {
  if (typeof content === 'string') {
    for (let start = 0; start < content.length; start += PIECE_BYTES) yield content.slice(start, start + PIECE_BYTES);
  } else if (content instanceof Uint8Array) {
    for (let start = 0; start < content.length; start += PIECE_BYTES)
      yield content.subarray(start, start + PIECE_BYTES);
  } else {
    yield* content;
  }
}
