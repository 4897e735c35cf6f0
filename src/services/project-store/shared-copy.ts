import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import Database from 'better-sqlite3';
import { DomainFailure } from '../../core/result/failure.ts';
import { messageOf } from '../../core/result/message-of.ts';
import type { ProjectInput } from './inputs.ts';
import type { Sqlite } from './sqlite-file.ts';

/**
 * Writes a copy of an open project to give away: complete or not at all, in one file, its inputs named relative to the
 * copy and no folder of this machine in it. Made by SQLite's backup, so that a run may go on meanwhile.
 * @throws DomainFailure `file-unwritable`
 */
export async function writeSharedCopy(sqlite: Sqlite, inputs: readonly ProjectInput[], target: string): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await sqlite.backup(temporary);
    const copy = new Database(temporary);
    try {
      copy.pragma('journal_mode = DELETE');
      const rename = copy.prepare(
        "UPDATE inputs SET relative_path = ?, absolute_path = '' WHERE role = ? AND position = ?",
      );
      copy.transaction(() => {
        inputs.forEach(({ role, path }, position) => {
          rename.run(relative(dirname(target), path).split(sep).join('/'), role, position);
        });
      })();
      // What the rewritten rows said before must not stay in the free pages of a file that is given away.
      copy.exec('VACUUM');
    } finally {
      copy.close();
    }
    await rename(temporary, target);
  } catch (thrown) {
    await rm(temporary, { force: true });
    const why = messageOf(thrown);
    throw new DomainFailure({ kind: 'file-unwritable', path: target, why }, { cause: thrown });
  }
}
