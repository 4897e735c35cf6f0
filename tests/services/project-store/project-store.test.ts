import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Prediction } from '../../../src/core/classification/prediction.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import type { Recipe } from '../../../src/core/network/recipe.ts';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { fingerprintOf } from '../../../src/services/project-store/fingerprint.ts';
import { migrations } from '../../../src/services/project-store/migrations/index.ts';
import { NO_RESULT } from '../../../src/services/project-store/predictions.ts';
import type { ProjectStore } from '../../../src/services/project-store/project-store.ts';
import { openOrCreateProject, openProject } from '../../../src/services/project-store/project-store.ts';
import type { NewRun } from '../../../src/services/project-store/runs.ts';
import { APPLICATION_ID } from '../../../src/services/project-store/sqlite-file.ts';

const recipe: Recipe = {
  version: 1,
  name: 'test',
  cutout: PUBLISHED_CUTOUT,
  features: {
    set: 'all',
    lrThreshold: 0.639,
    lrLogarithm: 'log10',
    missingLr: 1e-135,
    missingLrDistArcsec: 20,
    imputedGaussianFluxRatio: 0.5,
    missingNeighbourDistArcsec: 3600,
    scaling: 'none',
  },
  network: 'compact',
};

const newRun: NewRun = {
  modelId: 'compact-a',
  isTrained: true,
  weightsSha256: 'ab'.repeat(32),
  recipe,
  inputFingerprints: ['one', 'two'],
  scoreSisg: false,
  softwareVersion: '0.1.0',
  threshold: 0.5,
  rowCount: 6,
  startedAt: '2026-01-01T00:00:00.000Z',
};

const batchOf = (rows: readonly number[], probability: number): Prediction[] =>
  rows.map((row) => ({ row, status: 'classified', probability, validFraction: 1, mosaic: 0 }));

let folder: string;
const opened: ProjectStore[] = [];
const kept = (store: ProjectStore): ProjectStore => {
  opened.push(store);
  return store;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-store-'));
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const kindThrownBy = (action: () => unknown): string => {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof DomainFailure ? thrown.error.kind : `not a DomainFailure: ${String(thrown)}`;
  }
  return 'nothing was thrown';
};

describe('a file that cannot be opened as a project', () => {
  test('a text file named .lobate is refused as invalid and left as it was', () => {
    const path = join(folder, 'notes.lobate');
    writeFileSync(path, 'these are notes, not a database. '.repeat(200));
    expect(kindThrownBy(() => openProject(path))).toBe('project-invalid');
    expect(readdirSync(folder)).toEqual(['notes.lobate']);
  });

  test("another program's SQLite file is refused and not migrated", () => {
    const path = join(folder, 'other.lobate');
    const other = new Database(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    expect(kindThrownBy(() => openProject(path))).toBe('project-invalid');
    const again = new Database(path);
    expect(again.pragma('user_version', { simple: true })).toBe(0);
    again.close();
  });

  test('a project of a newer version is refused with both versions', () => {
    const path = join(folder, 'newer.lobate');
    openOrCreateProject(path).close();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    expect(() => openProject(path)).toThrow(
      expect.objectContaining({
        error: { kind: 'project-newer', path, version: 99, supported: migrations.length },
      }) as Error,
    );
  });

  test('a project that is not there is not created by opening it', () => {
    expect(kindThrownBy(() => openProject(join(folder, 'absent.lobate')))).toBe('file-not-found');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a second opener is told that the project is in use', () => {
    const path = join(folder, 'field.lobate');
    kept(openOrCreateProject(path));
    expect(kindThrownBy(() => openProject(path))).toBe('project-in-use');
  });

  test('a folder that cannot be written to is named', () => {
    expect(kindThrownBy(() => openOrCreateProject(join(folder, 'no-such-folder', 'a.lobate')))).not.toContain(
      'nothing',
    );
  });
});

describe('the file', () => {
  test('a run left unfinished when rows were cut into other batches counts as another version', () => {
    const path = join(folder, 'older.lobate');
    const store = openOrCreateProject(path);
    const unfinished = store.createRun(newRun);
    const finished = store.createRun(newRun);
    store.updateRun(finished.id, { state: 'complete' });
    store.close();
    const raw = new Database(path);
    raw.pragma('user_version = 5');
    raw.close();
    const again = kept(openProject(path));
    expect(again.run(unfinished.id).softwareVersion).not.toBe(newRun.softwareVersion);
    expect(again.run(finished.id).softwareVersion).toBe(newRun.softwareVersion);
  });

  test('carries the application id and the version, and is a single file once closed', () => {
    const path = join(folder, 'field.lobate');
    const store = openOrCreateProject(path, { name: 'P205+55', isDemo: true });
    store.createRun(newRun);
    store.close();
    expect(readdirSync(folder)).toEqual(['field.lobate']);
    const raw = new Database(path, { readonly: true });
    expect(raw.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length);
    raw.close();
    const again = kept(openProject(path));
    expect(again.description).toMatchObject({ name: 'P205+55', isDemo: true });
  });

  test('opening twice in a row changes nothing', () => {
    const path = join(folder, 'field.lobate');
    openOrCreateProject(path, { name: 'first' }).close();
    const again = kept(openOrCreateProject(path, { name: 'second' }));
    expect(again.description.name).toBe('first');
  });

  test('view state is kept as JSON', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    expect(store.viewState('threshold')).toBeUndefined();
    store.setViewState('threshold', { value: 0.25 });
    expect(store.viewState('threshold')).toEqual({ value: 0.25 });
  });
});

describe('runs and predictions', () => {
  test('a batch and the number of the next batch are stored together', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    const { id } = store.createRun(newRun);
    const after = store.commitBatch(id, 0, [
      { row: 4, status: 'classified', probability: 0.1, validFraction: 0.5, mosaic: 1 },
      { row: 2, status: 'missing-feature:Maj', probability: Number.NaN, validFraction: Number.NaN, mosaic: -1 },
    ]);
    expect(after).toMatchObject({ nextBatch: 1, rowsDone: 2 });
    const stored = store.predictions(id, 6);
    expect([...stored.probability]).toEqual([NaN, NaN, NaN, NaN, 0.1, NaN]);
    expect(stored.statusNames[stored.status[2]!]).toBe('missing-feature:Maj');
    expect(stored.statusNames[stored.status[4]!]).toBe('classified');
    expect([...stored.status].filter((status) => status === NO_RESULT)).toHaveLength(4);
    expect([...stored.mosaic]).toEqual([-1, -1, -1, -1, 1, -1]);
  });

  test('a batch that is stored a second time is counted once', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    const { id } = store.createRun(newRun);
    store.commitBatch(id, 0, batchOf([0, 1], 0.3));
    expect(store.commitBatch(id, 0, batchOf([0, 1], 0.3))).toMatchObject({ nextBatch: 1, rowsDone: 2 });
  });

  test('a run that is restarted has nothing stored and belongs to the version that restarted it', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    const { id } = store.createRun(newRun);
    store.commitBatch(id, 0, batchOf([0, 1], 0.3));
    expect(store.restartRun(id, '0.2.0')).toMatchObject({ nextBatch: 0, rowsDone: 0, softwareVersion: '0.2.0' });
    expect(store.predictions(id, 6).status[0]).toBe(NO_RESULT);
  });

  test('a batch with an impossible row leaves nothing of itself behind', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    const { id } = store.createRun(newRun);
    const broken = [...batchOf([0], 0.3), { ...batchOf([1], 0.3)[0]!, mosaic: 0.5 }];
    expect(() => store.commitBatch(id, 0, broken)).toThrow();
    expect(store.run(id).nextBatch).toBe(0);
    expect(store.predictions(id, 6).status[0]).toBe(NO_RESULT);
  });

  test('a run is found again by weights, recipe, inputs and SISG choice, and not when one of them differs', () => {
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    const { id } = store.createRun(newRun);
    expect(store.findRun(newRun)?.id).toBe(id);
    expect(store.findRun({ ...newRun, scoreSisg: true })).toBeUndefined();
    expect(store.findRun({ ...newRun, inputFingerprints: ['one', 'three'] })).toBeUndefined();
    expect(store.findRun({ ...newRun, recipe: { ...recipe, name: 'other' } })).toBeUndefined();
    expect(kindThrownBy(() => store.run(99))).toBe('run-not-found');
  });

  test('a process that is killed leaves every batch it had stored', () => {
    const path = join(folder, 'killed.lobate');
    const script = `
      import { openOrCreateProject } from ${JSON.stringify(
        new URL('../../../src/services/project-store/project-store.ts', import.meta.url).href,
      )};
      const store = openOrCreateProject(${JSON.stringify(path)});
      const { id } = store.createRun(${JSON.stringify(newRun)});
      store.updateRun(id, { state: 'running', batchCount: 3 });
      store.commitBatch(id, 0, ${JSON.stringify(batchOf([0, 1], 0.3))});
      store.commitBatch(id, 1, ${JSON.stringify(batchOf([2, 3], 0.7))});
      process.kill(process.pid, 'SIGKILL');
    `;
    const killed = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    expect(readdirSync(folder)).toContain('killed.lobate-wal');
    const store = kept(openProject(path));
    expect(store.runs()[0]).toMatchObject({ state: 'running', batchCount: 3, nextBatch: 2, rowsDone: 4 });
    expect([...store.predictions(1, 6).probability]).toEqual([0.3, 0.3, 0.7, 0.7, NaN, NaN]);
  });

  test('a copy of the file and its log, taken in mid-run, opens with the stored batches', () => {
    const path = join(folder, 'live.lobate');
    const store = kept(openOrCreateProject(path));
    const { id } = store.createRun(newRun);
    store.commitBatch(id, 0, batchOf([5], 0.9));
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(folder, `copy.lobate${suffix}`));
    const copy = kept(openProject(join(folder, 'copy.lobate')));
    expect(copy.predictions(id, 6).probability[5]).toBe(0.9);
  });
});

describe('inputs', () => {
  test('a project folder that is copied or moved still finds its files', async () => {
    const first = join(folder, 'first');
    mkdirSync(join(first, 'images'), { recursive: true });
    const mosaic = join(first, 'images', 'mosaic.fits');
    writeFileSync(mosaic, 'pixels');
    const store = openOrCreateProject(join(first, 'field.lobate'));
    store.setInputs([{ role: 'mosaic', path: mosaic, ...(await fingerprintOf(mosaic)) }]);
    store.close();
    const copied = join(folder, 'copied');
    cpSync(first, copied, { recursive: true });
    expect(kept(openProject(join(copied, 'field.lobate'))).inputs()[0]?.path).toBe(
      join(copied, 'images', 'mosaic.fits'),
    );
    const moved = join(folder, 'moved');
    renameSync(first, moved);
    expect(kept(openProject(join(moved, 'field.lobate'))).inputs()[0]?.path).toBe(join(moved, 'images', 'mosaic.fits'));
  });

  test('an input that is gone is named, with the project still readable', async () => {
    const mosaic = join(folder, 'mosaic.fits');
    writeFileSync(mosaic, 'pixels');
    const store = kept(openOrCreateProject(join(folder, 'field.lobate')));
    store.setInputs([{ role: 'mosaic', path: mosaic, ...(await fingerprintOf(mosaic)) }]);
    rmSync(mosaic);
    expect(kindThrownBy(() => store.inputs())).toBe('project-input-missing');
    expect(store.runs()).toEqual([]);
  });

  test('a fingerprint changes with the first byte, the last byte and the size of a large file', async () => {
    const path = join(folder, 'large.fits');
    const bytes = Buffer.alloc(5 * 1024 * 1024, 7);
    writeFileSync(path, bytes);
    const original = (await fingerprintOf(path)).fingerprint;
    expect(original).toMatch(/^sampled-sha256:[0-9a-f]{64}$/);
    const seen = new Set([original]);
    for (const change of [0, bytes.length - 1]) {
      bytes[change] = 8;
      writeFileSync(path, bytes);
      seen.add((await fingerprintOf(path)).fingerprint);
      bytes[change] = 7;
    }
    writeFileSync(path, bytes.subarray(1));
    seen.add((await fingerprintOf(path)).fingerprint);
    expect(seen.size).toBe(4);
    writeFileSync(path, bytes);
    expect((await fingerprintOf(path)).fingerprint).toBe(original);
  });

  test('an empty file has a fingerprint, an absent one is a failure with its path', async () => {
    const path = join(folder, 'empty.fits');
    writeFileSync(path, '');
    expect((await fingerprintOf(path)).sizeBytes).toBe(0);
    await expect(fingerprintOf(join(folder, 'absent'))).rejects.toMatchObject({ error: { kind: 'file-not-found' } });
  });
});
