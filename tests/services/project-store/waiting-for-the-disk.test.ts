import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeSqliteFile, openSqliteFile, withoutWaiting } from '../../../src/services/project-store/sqlite-file.ts';

/** SQLite's numbers of `PRAGMA synchronous`. */
const NORMAL = 1;
const FULL = 2;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lobate-waiting-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('only where the window stood is written without waiting for the disk; a label after it waits, also when that failed', () => {
  const sqlite = openSqliteFile(join(folder, 'field.lobate'), 'create');
  const waits = (): unknown => sqlite.pragma('synchronous', { simple: true });
  expect(waits()).toBe(FULL);
  let inside: unknown;
  withoutWaiting(sqlite, () => (inside = waits()));
  expect(inside).toBe(NORMAL);
  expect(waits()).toBe(FULL);
  const failing = (): void =>
    withoutWaiting(sqlite, () => {
      throw new Error('the disk is full');
    });
  expect(failing).toThrow('the disk is full');
  expect(waits()).toBe(FULL);
  closeSqliteFile(sqlite);
});
