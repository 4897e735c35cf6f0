import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { ByteSource } from '../../core/fits/byte-source.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { FileHandles } from './file-handles.ts';
import { fileHandles } from './file-handles.ts';
import { unpackGzip } from './gzip-file.ts';
import { inflate } from './inflate.ts';
import { swap32 } from './swap.ts';

/** A file as a source of bytes. Close it when done; reading afterwards fails. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

const GZIP_START = [0x1f, 0x8b];

/**
 * Opens a file for reading. A gzipped one (`.fits.gz`, told by its first bytes) is unpacked once, here: up to 256 MiB
 * into memory, beyond that into a temporary file that is gone after `close`.
 * @param handles where many files are open at once: the file is then opened for a read and may be closed between two
 * @throws DomainFailure 'file-not-found', 'file-unreadable' (no permission, a folder, a device, a truncated gzip)
 */
export async function openFileSource(path: string, handles?: FileHandles): Promise<FileSource> {
  const handle = await orUnreadable(path, () => open(path, 'r'));
  try {
    const status = await orUnreadable(path, () => handle.stat());
    if (!status.isFile()) throw unreadable(path, status.isDirectory() ? 'it is a folder' : 'it is not a plain file');
    const sizeBytes = status.size;
    const start = await readAt(handle, path, 0, Math.min(sizeBytes, GZIP_START.length));
    if (GZIP_START.every((byte, i) => start[i] === byte)) {
      const unpacked = await unpackGzip(path);
      await handle.close();
      return { name: path, inflate, swap32, ...unpacked };
    }
    const lengthFrom = (offset: number, length: number): number => Math.max(0, Math.min(length, sizeBytes - offset));
    if (handles !== undefined) {
      await handle.close();
      return {
        name: path,
        sizeBytes,
        inflate,
        swap32,
        read: (offset, length, into) =>
          handles.use(path, (shared) => readAt(shared, path, offset, lengthFrom(offset, length), into)),
        close: () => handles.release(path),
      };
    }
    return {
      name: path,
      sizeBytes,
      inflate,
      swap32,
      read: (offset, length, into) => readAt(handle, path, offset, lengthFrom(offset, length), into),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Handles for many sources; each file is opened when it is read. */
export const sharedFileHandles = (most?: number): FileHandles =>
  fileHandles((path) => orUnreadable(path, () => open(path, 'r')), most);

async function readAt(
  handle: FileHandle,
  path: string,
  offset: number,
  length: number,
  into?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = into !== undefined && into.length >= length ? into.subarray(0, length) : new Uint8Array(length);
  let done = 0;
  while (done < length) {
    // One read call returns at most 2 GiB, and on a network disk often less than asked.
    const { bytesRead } = await orUnreadable(path, () => handle.read(bytes, done, length - done, offset + done));
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done === length ? bytes : bytes.slice(0, done);
}

async function orUnreadable<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new DomainFailure({ kind: 'file-not-found', path }, { cause: error });
    }
    const why = code === 'EACCES' || code === 'EPERM' ? 'no permission' : code === 'EISDIR' ? 'it is a folder' : code;
    throw unreadable(path, why === '' ? String(error) : why, error);
  }
}

const unreadable = (path: string, why: string, cause?: unknown): DomainFailure =>
  new DomainFailure({ kind: 'file-unreadable', path, why }, { cause });
