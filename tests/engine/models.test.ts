import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ToWorker } from '../../src/contract/worker-messages.ts';
import { createFolderFence } from '../../src/engine/files/folder-fence.ts';
import { ModelShelf } from '../../src/engine/models/model-shelf.ts';
import type { StartWorker } from '../../src/engine/workers/worker-link.ts';
import { listedModel } from './test-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-shelf-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that installs whatever it is told to. */
function installing(jobs: ToWorker[]): StartWorker {
  return () => {
    let tell: Parameters<ReturnType<StartWorker>['onMessage']>[0] = () => undefined;
    return {
      send: (job) => {
        jobs.push(job);
        queueMicrotask(() => {
          tell({ kind: 'model-installed', jobId: 0, modelId: 'theirs' });
          tell({ kind: 'job-done', jobId: 0 });
        });
      },
      onMessage: (listener) => (tell = listener),
      onExit: () => undefined,
      kill: () => undefined,
    };
  };
}

function shelf(startWorker: StartWorker): ModelShelf {
  return new ModelShelf({
    services: { listModels: () => Promise.resolve([listedModel('a', '1')]), modelFolders: [join(folder, 'models')] },
    startWorker,
    softwareVersion: '0.0.0',
    now: () => new Date(0),
  });
}

test('a model outside the folders that the engine may show is not imported: no worker hears of it', async () => {
  const jobs: ToWorker[] = [];
  const fence = await createFolderFence([folder]);
  await expect(shelf(installing(jobs)).import('/etc/hostname', null, fence)).rejects.toMatchObject({
    error: { kind: 'path-not-allowed' },
  });
  expect(jobs).toEqual([]);
});

test('an ONNX file goes to the worker with the recipe that was named; a name that no recipe has is refused', async () => {
  const jobs: ToWorker[] = [];
  const fence = await createFolderFence([folder]);
  const facts = { recipeName: 'ann-only', modelId: 'theirs', trainedOn: 'a sky' };
  expect(await shelf(installing(jobs)).import(folder, facts, fence)).toBe('theirs');
  expect(jobs).toMatchObject([
    { kind: 'install-model', modelFolders: [join(folder, 'models')], onnx: { recipe: { network: 'ann-only' } } },
  ]);
  await expect(
    shelf(installing(jobs)).import(folder, { ...facts, recipeName: 'nothing' }, fence),
  ).rejects.toMatchObject({ error: { kind: 'recipe-invalid' } });
});

test.each([
  ['an unknown model', 'b', 'b.lobate-model', 'model-not-found'],
  ['another ending, which could be any file', 'a', 'a.bashrc', 'argument-invalid'],
  ['a place outside the folders', 'a', '../a.lobate-model', 'path-not-allowed'],
])('%s is not exported', async (_, id, name, kind) => {
  const fence = await createFolderFence([folder]);
  await expect(shelf(installing([])).export(id, join(folder, name), fence)).rejects.toMatchObject({ error: { kind } });
  expect(existsSync(join(folder, name))).toBe(false);
});
