import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { DomainFailure } from '../../core/result/failure.ts';

/** A gzipped file, unpacked: in memory, or in a file without a name that others could open. */
export interface UnpackedFile {
  readonly sizeBytes: number;
  /** Short only at the end. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** What unpacks to more goes to the disk. */
export const MEMORY_BYTES = 256 << 20;

/**
 * Unpacks a gzipped file once, since gzip has no random access: up to 256 MiB into memory, beyond that into a temporary
 * file of the system's temporary folder, which is removed on `close` (where the system allows it, its name at once, so
 * that it does not outlive the program).
 * @param memoryBytes limit for tests
 * @throws DomainFailure 'file-unreadable' for a truncated or damaged file and for a full disk
 */
export async function unpackGzip(path: string, memoryBytes = MEMORY_BYTES): Promise<UnpackedFile> {
  let pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  let spill: SpillFile | undefined;
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const piece of unpacked as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      sizeBytes += piece.length;
      if (spill === undefined && sizeBytes > memoryBytes) spill = await openSpillFile();
      if (spill !== undefined) {
        for (const waiting of pieces) await spill.append(waiting);
        pieces = [];
      }
    }
  } catch (error) {
    await spill?.close();
    throw new DomainFailure({ kind: 'file-unreadable', path, why: reasonOf(error) }, { cause: error });
  } finally {
    file.destroy();
  }
  if (spill !== undefined) return { sizeBytes, read: spill.read, close: spill.close };
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return {
    sizeBytes,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'Z_BUF_ERROR':
      return 'its gzip compression ends too early: copy or download it again';
    case 'Z_DATA_ERROR':
      return 'its gzip compression is damaged: copy or download it again';
    case 'ENOSPC':
      return `the disk is full, unpacking it into ${tmpdir()}`;
    default:
      return code === '' ? String(error) : code;
  }
}

interface SpillFile {
  readonly append: (piece: Uint8Array) => Promise<void>;
  readonly read: (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly close: () => Promise<void>;
}

async function openSpillFile(): Promise<SpillFile> {
  const folder = await mkdtemp(join(tmpdir(), 'lobate-unpacked-'));
  const handle = await open(join(folder, 'unpacked.fits'), 'wx+', 0o600);
  // An open file may lose its name everywhere but on Windows; there it is removed on close.
  const isGone = await rm(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  let size = 0;
  return {
    append: async (piece) => {
      for (let done = 0; done < piece.length;) {
        const { bytesWritten } = await handle.write(piece, done, piece.length - done, size);
        done += bytesWritten;
        size += bytesWritten;
      }
    },
    read: (offset, length) => readFully(handle, offset, Math.max(0, Math.min(length, size - offset))),
    close: async () => {
      await handle.close();
      if (!isGone) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) return bytes.slice(0, done);
    done += bytesRead;
  }
  return bytes;
}
