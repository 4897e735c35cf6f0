import type { ByteSource } from './byte-source.ts';
import { readExactly } from './hdu.ts';

/**
 * The bytes [offset, end) in pieces of `pieceBytes`, the last one shorter. While one is worked on the next is being
 * read; a piece is overwritten once the one after it has been asked for.
 * @throws DomainFailure 'fits-truncated'
 */
export async function* readAhead(
  source: ByteSource,
  offset: number,
  end: number,
  pieceBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const startRead = (start: number, into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = readExactly(source, start, Math.min(pieceBytes, end - start), into);
    // Heard where it is awaited; a reader that gives up before has no use for the failure.
    bytes.catch(() => undefined);
    return bytes;
  };
  let next = startRead(offset);
  let spare: Uint8Array<ArrayBuffer> | undefined;
  for (let start = offset; start < end; start += pieceBytes) {
    const bytes = await next;
    if (start + pieceBytes < end) next = startRead(start + pieceBytes, spare);
    yield bytes;
    spare = bytes;
  }
}
