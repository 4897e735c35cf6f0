import type { FileHandle } from 'node:fs/promises';

/** Open files that are shared by many readers, never more than a given number of them at once. */
export interface FileHandles {
  /** Runs `action` with the file open; it stays open until another file needs its place. */
  use<T>(path: string, action: (handle: FileHandle) => Promise<T>): Promise<T>;
  /** Closes the file where nobody uses it at the moment, and keeps no place for it. */
  release(path: string): Promise<void>;
  /** Files that are open now. */
  readonly openCount: number;
}

/** Files that a field keeps open: well below the 256 that some systems allow a program by default. */
export const MOST_OPEN_FILES = 64;

interface OpenFile {
  readonly handle: Promise<FileHandle>;
  users: number;
}

/**
 * Handles for up to `most` files; the one that was not used for longest gives its place to the next.
 * @param open opens a file for reading; what it throws passes through
 */
export function fileHandles(open: (path: string) => Promise<FileHandle>, most = MOST_OPEN_FILES): FileHandles {
  // A Map keeps its order: the first entry is the one that was not used for longest.
  const files = new Map<string, OpenFile>();

  async function closeUnused(path: string): Promise<void> {
    const file = files.get(path);
    if (file === undefined || file.users > 0) return;
    files.delete(path);
    await file.handle.then((handle) => handle.close());
  }

  async function makePlace(): Promise<void> {
    for (const [path, file] of files) {
      if (files.size < most) return;
      if (file.users === 0) await closeUnused(path);
    }
  }

  async function opened(path: string): Promise<OpenFile> {
    const known = files.get(path);
    if (known !== undefined) return known;
    if (files.size >= most) await makePlace();
    // Somebody else may have opened it while a place was made.
    const file = files.get(path) ?? { handle: open(path), users: 0 };
    files.set(path, file);
    return file;
  }

  return {
    get openCount() {
      return files.size;
    },
    async use(path, action) {
      const file = await opened(path);
      file.users++;
      files.delete(path);
      files.set(path, file);
      try {
        return await action(await file.handle);
      } catch (thrown) {
        // A file that could not be opened must not stay as if it were.
        await file.handle.catch(() => files.delete(path));
        throw thrown;
      } finally {
        file.users--;
        if (files.size > most) await makePlace();
      }
    },
    release: closeUnused,
  };
}
