import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Sqlite } from './sqlite-file.ts';

export type InputRole = 'mosaic' | 'catalogue' | 'gaussians' | 'lr';

/** A file the project is about, as it was when the project last used it. */
export interface ProjectInput extends Fingerprint {
  readonly role: InputRole;
  readonly path: string;
}

interface InputRow {
  readonly role: InputRole;
  readonly relative_path: string;
  readonly absolute_path: string;
  readonly size_bytes: number;
  readonly modified_ms: number;
  readonly fingerprint: string;
}

/** Replaces the inputs; mosaics keep their order, which predictions refer to. */
export function writeInputs(sqlite: Sqlite, projectPath: string, inputs: readonly ProjectInput[]): void {
  const insert = sqlite.prepare(
    `INSERT INTO inputs (role, position, relative_path, absolute_path, size_bytes, modified_ms, fingerprint)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  sqlite.transaction(() => {
    sqlite.exec('DELETE FROM inputs');
    inputs.forEach((input, position) => {
      const path = relative(dirname(projectPath), input.path);
      // Always with '/', so that a project made on Windows opens elsewhere.
      insert.run(
        input.role,
        position,
        path.split(sep).join('/'),
        input.path,
        input.sizeBytes,
        input.modifiedMs,
        input.fingerprint,
      );
    });
  })();
}

/**
 * The inputs where they are now: beside the project as they were, or else at their old absolute path.
 * @throws DomainFailure `project-input-missing` naming the place beside the project
 */
export function readInputs(sqlite: Sqlite, projectPath: string): readonly ProjectInput[] {
  const rows = sqlite.prepare('SELECT * FROM inputs ORDER BY position').all() as InputRow[];
  return rows.map((row) => {
    const beside = isAbsolute(row.relative_path)
      ? row.relative_path
      : resolve(dirname(projectPath), ...row.relative_path.split('/'));
    const path = [beside, row.absolute_path].find((candidate) => existsSync(candidate));
    if (path === undefined) throw new DomainFailure({ kind: 'project-input-missing', path: beside });
    return {
      role: row.role,
      path,
      sizeBytes: row.size_bytes,
      modifiedMs: row.modified_ms,
      fingerprint: row.fingerprint,
    };
  });
}
