import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewLabelEvent } from '../../../src/core/labels/label-event.ts';
import { openOrCreateProject, openProject } from '../../../src/services/project-store/project-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-labels-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const given: NewLabelEvent = {
  row: 3,
  sourceName: 'ILTJ3',
  labeller: 'ann',
  origin: 'hand',
  word: 'MC',
  note: 'bent tail, “sure”',
  isStarred: true,
  undoes: undefined,
  shown: { runId: 1, modelId: 'compact', weightsSha256: 'a'.repeat(64), probability: 0.87 },
  catalogueFingerprint: 'sampled-sha256:1',
  madeAt: '2026-01-01T00:00:00.000Z',
};

test('a process that is killed right after a label has it on disk, with who, when, and the model that was shown', () => {
  const path = join(folder, 'killed.lobate');
  const store = new URL('../../../src/services/project-store/project-store.ts', import.meta.url).href;
  const script = `
    import { openOrCreateProject } from ${JSON.stringify(store)};
    const store = openOrCreateProject(${JSON.stringify(path)});
    for (let row = 0; row < 50; row++) store.appendLabels([{ ...${JSON.stringify(given)}, row }]);
    process.kill(process.pid, 'SIGKILL');
  `;
  const killed = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(killed.signal, killed.stderr).toBe('SIGKILL');
  const reopened = openProject(path);
  const history = reopened.labels();
  reopened.close();
  expect(history).toHaveLength(50);
  expect(history[49]).toEqual({ ...given, row: 49, id: 50 });
});

test('the file itself refuses to change or to forget a line of the history', () => {
  const path = join(folder, 'final.lobate');
  const store = openOrCreateProject(path);
  const id = store.appendLabels([given])[0]!.id;
  store.appendLabels([{ ...given, word: undefined, undoes: id, shown: undefined }]);
  const history = store.labels();
  store.close();
  const raw = new Database(path);
  expect(() => raw.exec("UPDATE label_history SET word = 'S'")).toThrow('never changed');
  expect(() => raw.exec('DELETE FROM label_history')).toThrow('never shortened');
  raw.close();
  const again = openProject(path);
  expect(again.labels()).toEqual(history);
  again.close();
});

test('an import is whole or absent: one line that the file refuses takes all with it', () => {
  const store = openOrCreateProject(join(folder, 'whole.lobate'));
  expect(() => store.appendLabels([given, { ...given, undoes: 99 }])).toThrow();
  expect(store.labels()).toEqual([]);
  store.close();
});
