import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { splitFitsPath } from '../../core/fits/hdu.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Sqlite } from './sqlite-file.ts';

export type InputRole = 'mosaic' | 'catalogue' | 'gaussians' | 'lr';

/** A file the project is about, as it was when the project last used it. */
export interface ProjectInput extends Fingerprint {
  readonly role: InputRole;
  /** With its selector, where it has one. */
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

/** An input with whether it is where the project looks for it. */
export interface PlacedInput extends ProjectInput {
  readonly isThere: boolean;
}

/** The inputs where they are now: beside the project as they were, or else at their old absolute path. */
export function placedInputs(sqlite: Sqlite, projectPath: string): readonly PlacedInput[] {
  const rows = sqlite.prepare('SELECT * FROM inputs ORDER BY position').all() as InputRow[];
  return rows.map((row) => {
    const beside = isAbsolute(row.relative_path)
      ? row.relative_path
      : resolve(dirname(projectPath), ...row.relative_path.split('/'));
    const path = [beside, row.absolute_path].find((candidate) => candidate !== '' && isFileThere(candidate));
    return {
      role: row.role,
      path: path ?? beside,
      isThere: path !== undefined,
      sizeBytes: row.size_bytes,
      modifiedMs: row.modified_ms,
      fingerprint: row.fingerprint,
    };
  });
}

/**
 * The inputs, all of them there.
 * @throws DomainFailure `project-input-missing` naming the place beside the project
 */
export function readInputs(sqlite: Sqlite, projectPath: string): readonly ProjectInput[] {
  return placedInputs(sqlite, projectPath).map(({ isThere, ...input }) => {
    if (!isThere) throw new DomainFailure({ kind: 'project-input-missing', path: input.path });
    return input;
  });
}

/** Whether there is such a file; of `file.fits[1]`, the file without the selector. */
const isFileThere = (path: string): boolean => existsSync(path) || existsSync(splitFitsPath(path).path);
