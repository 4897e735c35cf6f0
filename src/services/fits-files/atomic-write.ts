import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';

/** What can be written: all of it at once, or in pieces as they are made. */
export type FileContent = Uint8Array | string | AsyncIterable<Uint8Array | string>;

/**
 * Writes a file so that it is there complete or not at all: into a temporary file beside it, flushed to the disk, then
 * renamed over the target. On any failure the temporary file is removed and an older target is untouched.
 * @throws DomainFailure 'file-unwritable'; what the pieces themselves throw (a cancelled run) passes through
 */
export async function writeAtomically(path: string, content: FileContent): Promise<void> {
  // A link is followed, so that the file it points to is replaced and not the link.
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
  const handle = await orUnwritable(path, () => open(temporary, 'wx'));
  try {
    try {
      for await (const piece of piecesOf(content)) await orUnwritable(path, () => writeAll(handle, piece));
      await orUnwritable(path, () => handle.sync());
    } finally {
      await handle.close();
    }
    await orUnwritable(path, () => rename(temporary, target));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Makes a folder with those above it, where it is not there yet. @throws DomainFailure 'file-unwritable' */
export async function makeFolder(path: string): Promise<void> {
  await orUnwritable(path, () => mkdir(path, { recursive: true }));
}

async function* piecesOf(content: FileContent): AsyncGenerator<Uint8Array | string> {
  if (typeof content === 'string' || content instanceof Uint8Array) yield content;
  else yield* content;
}

async function writeAll(handle: FileHandle, piece: Uint8Array | string): Promise<void> {
  const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  let done = 0;
  while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
}

/** Makes the rename itself last through a power cut. Not every system lets a folder be flushed; the file is safe anyway. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows, and some network disks.
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'its folder is a file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'there is a file of that name',
  EISDIR: 'there is a folder of that name',
  ENOTEMPTY: 'there is a folder of that name',
};

async function orUnwritable<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = REASONS[code] ?? (code === '' ? String(error) : code);
    throw new DomainFailure({ kind: 'file-unwritable', path, why }, { cause: error });
  }
}
