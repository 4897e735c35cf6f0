import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { DomainFailure } from '../../core/result/failure.ts';
import { migrations } from './migrations/index.ts';

/** "LBTE" in ASCII: what `file` and SQLite see in the header of a Lobate project. */
export const APPLICATION_ID = 0x4c425445;

export type Sqlite = Database.Database;

/**
 * Opens a project file for this process alone and brings it to the newest version. `mode` says whether it must be there.
 * @throws DomainFailure `project-in-use`, `project-invalid`, `project-newer`, `file-not-found`, `file-unwritable`
 */
export function openSqliteFile(path: string, mode: 'existing' | 'create'): Sqlite {
  if (mode === 'existing' && !existsSync(path)) throw new DomainFailure({ kind: 'file-not-found', path });
  let sqlite: Sqlite | undefined;
  try {
    // Timeout 0: a second opener is told at once who is in the way instead of waiting for a run to end.
    sqlite = new Database(path, { timeout: 0 });
    lockForThisProcess(sqlite);
    migrate(sqlite, path);
    return sqlite;
  } catch (thrown) {
    sqlite?.close();
    throw thrown instanceof DomainFailure ? thrown : translated(thrown, path);
  }
}

/** Bytes of the header that say how the file is written and read, and their value for one without a log. */
const JOURNAL_VERSION_BYTES = [18, 19];
const WITHOUT_LOG = 1;

/**
 * The project of a file as a database in memory, brought to the newest version there: the file is neither changed nor
 * locked, so that it may be a colleague's, of an older program, on a disk that cannot be written.
 * @throws DomainFailure `file-not-found`, `file-unreadable`, `project-in-use`, `project-invalid`, `project-newer`
 */
export async function openSqliteCopy(path: string): Promise<Sqlite> {
  // What another process has said last is in its log and not in the file.
  const log = await stat(`${path}-wal`).catch(() => undefined);
  if (log !== undefined && log.size > 0) throw new DomainFailure({ kind: 'project-in-use', path });
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DomainFailure({ kind: 'file-not-found', path }, { cause: thrown });
    throw new DomainFailure({ kind: 'file-unreadable', path, why: code ?? message }, { cause: thrown });
  });
  for (const at of JOURNAL_VERSION_BYTES) if (at < bytes.length) bytes[at] = WITHOUT_LOG;
  let sqlite: Sqlite | undefined;
  try {
    sqlite = new Database(bytes);
    sqlite.pragma('trusted_schema = OFF');
    migrate(sqlite, path);
    return sqlite;
  } catch (thrown) {
    sqlite?.close();
    throw thrown instanceof DomainFailure ? thrown : translated(thrown, path);
  }
}

/**
 * Exclusive locking is set before WAL, so that SQLite needs no shared memory: the file then works on network disks. The
 * empty write transaction takes the lock now, not at the first batch.
 */
function lockForThisProcess(sqlite: Sqlite): void {
  sqlite.pragma('locking_mode = EXCLUSIVE');
  sqlite.pragma('journal_mode = WAL');
  waitForTheDisk(sqlite);
  sqlite.pragma('foreign_keys = ON');
  // The file may come from anybody: its schema must not be able to call functions, its cells are checked when read.
  sqlite.pragma('trusted_schema = OFF');
  sqlite.exec('BEGIN EXCLUSIVE; COMMIT');
}

/** Every commit reaches the disk: a batch or a label that was reported as stored survives a power cut. */
function waitForTheDisk(sqlite: Sqlite): void {
  sqlite.pragma('synchronous = FULL');
}

/**
 * A write that outlives the program, however it ends, but not a power cut: where the window stood. It is made many times
 * a minute, and on a busy disk each wait would hold up a label for a tenth of a second.
 */
export function withoutWaiting(sqlite: Sqlite, write: () => void): void {
  sqlite.pragma('synchronous = NORMAL');
  try {
    write();
  } finally {
    waitForTheDisk(sqlite);
  }
}

function migrate(sqlite: Sqlite, path: string): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  const applicationId = Number(sqlite.pragma('application_id', { simple: true }));
  const tableCount = Number(sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const isNew = version === 0 && applicationId === 0 && tableCount === 0;
  if (!isNew && applicationId !== APPLICATION_ID) {
    throw new DomainFailure({ kind: 'project-invalid', path, why: 'it is a database of another program' });
  }
  if (version > migrations.length) {
    throw new DomainFailure({ kind: 'project-newer', path, version, supported: migrations.length });
  }
  // One transaction for all steps: a crash leaves the old version whole.
  sqlite.transaction(() => {
    for (const migration of migrations.slice(version)) sqlite.exec(migration);
    sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    sqlite.pragma(`user_version = ${migrations.length}`);
  })();
}

function translated(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown)) return thrown;
  const code = String(thrown.code);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new DomainFailure({ kind: 'project-in-use', path }, { cause: thrown });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new DomainFailure(
      { kind: 'project-invalid', path, why: 'it is not a readable database' },
      { cause: thrown },
    );
  }
  if (/^SQLITE_(CANTOPEN|READONLY|FULL|IOERR|PERM)/.test(code)) {
    return new DomainFailure({ kind: 'file-unwritable', path, why: thrown.message }, { cause: thrown });
  }
  return thrown;
}

/** Closes so that one file is left: the log is folded into it first. */
export function closeSqliteFile(sqlite: Sqlite): void {
  if (!sqlite.open) return;
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}
