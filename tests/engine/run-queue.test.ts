import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recipeOf } from '../../src/core/network/presets.ts';
import { isolateRows } from '../../src/engine/runs/isolate-rows.ts';
import type { SelectedDevice } from '../../src/engine/devices/devices.ts';
import type { RunQueue } from '../../src/engine/runs/run-queue.ts';
import { createRunQueue } from '../../src/engine/runs/run-queue.ts';
import type { ProjectStore } from '../../src/services/project-store/project-store.ts';
import { openOrCreateProject, openProject } from '../../src/services/project-store/project-store.ts';
import type { StoredRun } from '../../src/services/project-store/runs.ts';
import { deferred } from './deferred.ts';
import type { FakeWorkerOptions, FakeWorkers } from './fake-worker.ts';
import { fakeProbability, fakeWorkers } from './fake-worker.ts';

/** Six batches of four rows. */
const BATCHES = Array.from({ length: 6 }, (_, batch) => [0, 1, 2, 3].map((row) => batch * 4 + row));
const ROW_COUNT = BATCHES.flat().length;

let folder: string;
let store: ProjectStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-queue-'));
  store = openOrCreateProject(join(folder, 'field.lobate'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const CPU: SelectedDevice = { provider: 'cpu', adapter: 'a processor', why: null };
const GPU: SelectedDevice = { provider: 'webgpu', adapter: 'a card', why: null };

interface Bench {
  readonly run: StoredRun;
  readonly queue: RunQueue;
  readonly workers: FakeWorkers;
  /** Resolves when the run is no longer running. */
  readonly ended: Promise<StoredRun>;
}

function newRun(): StoredRun {
  return store.createRun({
    modelId: 'compact',
    isTrained: true,
    weightsSha256: 'a',
    recipe: recipeOf('compact'),
    inputFingerprints: [],
    scoreSisg: false,
    softwareVersion: '0',
    threshold: 0.5,
    rowCount: ROW_COUNT,
    startedAt: '2026-01-01T00:00:00.000Z',
  });
}

function startOn(
  run: StoredRun,
  options: Partial<FakeWorkerOptions> = {},
  afterBatch?: (run: StoredRun) => void,
  device: SelectedDevice = CPU,
): Bench {
  const workers = fakeWorkers({ batches: BATCHES, ...options });
  const { promise: ended, resolve } = deferred<StoredRun>();
  const queue = createRunQueue({
    store,
    files: { mosaics: ['m.fits'], catalogue: 'c.fits' },
    startWorker: workers.start,
    now: () => new Date(0),
    selectDevice: () => Promise.resolve(device),
    replaceDevice: (_failed, _model, why) => Promise.resolve({ ...CPU, why }),
    onChanged: (changed) => {
      if (changed.state !== 'running') resolve(changed);
    },
    onBatch: (changed) => afterBatch?.(changed),
    onTask: () => undefined,
  });
  queue.start(run, 'model');
  return { run, queue, workers, ended };
}

const tableOf = (runId: number): unknown[] => {
  const { probability, status, statusNames } = store.predictions(runId, ROW_COUNT);
  return BATCHES.flat().map((row) => [statusNames[status[row]!], probability[row]]);
};
const undisturbed = BATCHES.flat().map((row) => ['classified', fakeProbability(row)]);

describe('a worker that dies', () => {
  test('twice in batch 3 costs nothing but that batch being computed again', async () => {
    let deaths = 0;
    const { run, workers, ended } = startOn(newRun(), { diesOn: (batch) => batch === 3 && deaths++ < 2 });
    expect((await ended).state).toBe('complete');
    expect(workers.jobs.map(({ fromBatch }) => fromBatch)).toEqual([0, 3, 3]);
    expect(workers.begun).toEqual([0, 1, 2, 3, 3, 3, 4, 5]);
    expect(tableOf(run.id)).toEqual(undisturbed);
    expect(store.run(run.id).poisonedRows).toEqual([]);
  });

  test('three times on one batch because of one row: that row is failed, the others have their probability', async () => {
    const culprit = 14;
    const { run, ended } = startOn(newRun(), { diesOn: (_, rows) => rows.includes(culprit) });
    expect(await ended).toMatchObject({ state: 'complete', rowsDone: ROW_COUNT, poisonedRows: [culprit] });
    expect(tableOf(run.id)).toEqual(
      undisturbed.map((result, row) => (row === culprit ? ['failed', Number.NaN] : result)),
    );
  });

  test('because of two rows in different batches: both are found', async () => {
    const { ended } = startOn(newRun(), { diesOn: (_, rows) => rows.includes(5) || rows.includes(22) });
    expect(await ended).toMatchObject({ state: 'complete', poisonedRows: [5, 22] });
  });

  test('only when all rows of a batch come together: the batch is failed in the end, not tried for ever', async () => {
    const { ended } = startOn(newRun(), { diesOn: (batch, rows) => batch === 2 && rows.length === 4 });
    expect(await ended).toMatchObject({ state: 'complete', poisonedRows: [8, 9, 10, 11] });
  });

  test('on a batch although none of its rows is looked at: the run fails with the reason', async () => {
    const { ended } = startOn(newRun(), { diesOn: (batch) => batch === 1 });
    const end = await ended;
    expect(end).toMatchObject({ state: 'failed', nextBatch: 1 });
    expect(end.failure).toContain('SIGKILL');
  });

  test('before any batch: the run fails after three tries', async () => {
    const { workers, ended } = startOn(newRun(), { diesAtOnce: true });
    expect(await ended).toMatchObject({ state: 'failed', nextBatch: 0 });
    expect(workers.jobs).toHaveLength(3);
  });
});

describe('a run', () => {
  test('that the worker refuses keeps the sentence', async () => {
    const { ended } = startOn(newRun(), { failsWith: 'mosaic.fits: is cut short.' });
    expect(await ended).toMatchObject({ state: 'failed', failure: 'mosaic.fits: is cut short.' });
  });

  test('that is cancelled keeps what is stored, and goes on from there to the same table', async () => {
    const { promise: released, resolve: release } = deferred();
    const { promise: reached, resolve: reach } = deferred();
    const { run, queue } = startOn(newRun(), { holdBefore: { batch: 2, released } }, ({ nextBatch }) => {
      if (nextBatch === 2) reach(undefined);
    });
    await reached;
    await queue.cancel();
    release(undefined);
    expect(queue.isBusy).toBe(false);
    expect(store.run(run.id)).toMatchObject({ state: 'cancelled', nextBatch: 2, rowsDone: 8 });

    const again = startOn(store.run(run.id));
    expect(await again.ended).toMatchObject({ state: 'complete', rowsDone: ROW_COUNT });
    expect(again.workers.begun).toEqual([2, 3, 4, 5]);
    expect(tableOf(run.id)).toEqual(undisturbed);
  });

  test('is not started beside another', async () => {
    const { promise: released, resolve: release } = deferred();
    const { run, queue, ended } = startOn(newRun(), { holdBefore: { batch: 0, released } });
    expect(() => queue.start(run, 'model')).toThrow('run-in-progress');
    release(undefined);
    await ended;
  });

  test('that its engine left in the middle is still running in the file, and computes no stored batch again', async () => {
    const { promise: reached, resolve: reach } = deferred();
    const { promise: never } = deferred();
    const first = startOn(newRun(), { holdBefore: { batch: 4, released: never } }, ({ nextBatch }) => {
      if (nextBatch === 4) reach(undefined);
    });
    await reached;
    await first.queue.close();
    store.close();
    store = openProject(join(folder, 'field.lobate'));
    expect(store.run(first.run.id)).toMatchObject({ state: 'running', nextBatch: 4 });
    const second = startOn(store.run(first.run.id));
    await second.ended;
    expect(second.workers.begun).toEqual([4, 5]);
    expect(tableOf(first.run.id)).toEqual(undisturbed);
  });

  test('whose batch cannot be stored fails instead of going on unstored', async () => {
    const { ended, queue } = startOn(newRun(), {}, () => {
      throw new Error('database or disk is full');
    });
    expect(await ended).toMatchObject({ state: 'failed', failure: 'database or disk is full' });
    expect(queue.isBusy).toBe(false);
  });
});

describe('isolateRows', () => {
  test('finds one bad row among 1024 in about 20 trials', async () => {
    let trials = 0;
    const rows = Array.from({ length: 1024 }, (_, row) => row);
    const found = await isolateRows(rows, (tried) => {
      trials++;
      return Promise.resolve(!tried.includes(700));
    });
    expect(found).toEqual([700]);
    expect(trials).toBeLessThanOrEqual(20);
  });

  test('gives up where every row kills', async () => {
    const rows = Array.from({ length: 1024 }, (_, row) => row);
    expect(await isolateRows(rows, () => Promise.resolve(false))).toBeUndefined();
  });

  test('finds nothing where each half lives', async () => {
    expect(await isolateRows([1, 2, 3], () => Promise.resolve(true))).toEqual([]);
  });
});

describe('a run on a graphics card', () => {
  const onGpu = (options: Partial<FakeWorkerOptions>): Bench => startOn(newRun(), options, undefined, GPU);

  test('whose driver ends the worker in batch 3 goes on with the CPU from batch 3 and says what computed what', async () => {
    const { run, workers, ended } = onGpu({
      diesOn: (batch, _rows, { provider }) => batch === 3 && provider !== 'cpu',
    });
    expect((await ended).state).toBe('complete');
    expect(workers.jobs.map(({ provider, fromBatch }) => [provider, fromBatch])).toEqual([
      ['webgpu', 0],
      ['cpu', 3],
    ]);
    expect(tableOf(run.id)).toEqual(undisturbed);
    expect(store.run(run.id).devices).toEqual([
      { fromBatch: 0, ...GPU },
      { fromBatch: 3, ...CPU, why: expect.stringContaining('SIGKILL') as string },
    ]);
  });

  test('whose driver throws in batch 2 goes on with the CPU from batch 2', async () => {
    const { workers, ended } = onGpu({ deviceFailsOn: (batch, { provider }) => batch === 2 && provider !== 'cpu' });
    expect(await ended).toMatchObject({
      state: 'complete',
      devices: [{ fromBatch: 0 }, { fromBatch: 2, why: 'device lost' }],
    });
    expect(workers.begun).toEqual([0, 1, 2, 2, 3, 4, 5]);
  });

  test('does not blame the driver for a row that kills on the CPU as well: that row is failed', async () => {
    const { ended } = onGpu({ diesOn: (_, rows) => rows.includes(14) });
    expect(await ended).toMatchObject({ state: 'complete', poisonedRows: [14] });
  });

  test('begun again by another version of the program forgets what computed it before', async () => {
    const { run, ended } = onGpu({});
    await ended;
    expect(store.restartRun(run.id, '1').devices).toEqual([]);
  });
});
