import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '../../src/contract/schemas.ts';
import type { FromWorker, ToWorker } from '../../src/contract/worker-messages.ts';
import { emptyLabels } from '../../src/core/catalogue/labels.ts';
import type { EpochMetrics } from '../../src/core/training/epoch-history.ts';
import { defaultTrainingOf } from '../../src/core/training/training-recipe.ts';
import type { Devices, SelectedDevice } from '../../src/engine/devices/devices.ts';
import { TrainingDesk } from '../../src/engine/training/training-desk.ts';
import type { StartWorker } from '../../src/engine/workers/worker-link.ts';
import type { ProjectStore } from '../../src/services/project-store/project-store.ts';
import { openOrCreateProject } from '../../src/services/project-store/project-store.ts';

let folder: string;
let store: ProjectStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-training-'));
  store = openOrCreateProject(join(folder, 'p.lobate'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const epoch = (number: number): EpochMetrics => ({
  epoch: number,
  trainLoss: 1 / number,
  trainAccuracy: 0.5,
  trainPrecision: Number.NaN,
  trainRecall: 0,
  validationLoss: 1 / number,
  validationAccuracy: 0.5,
  validationPrecision: 0.5,
  validationRecall: 0.5,
  validationF1: 0.5,
  validationAuc: 0.5,
});

type Script = (say: (message: FromWorker) => void, job: ToWorker, die: () => void) => void;

const trainsThreeEpochs: Script = (say) => {
  for (const number of [1, 2, 3]) say({ kind: 'train-epoch', jobId: 1, metrics: epoch(number) });
  say({ kind: 'job-done', jobId: 1 });
};
const diesAfterOneEpoch: Script = (say, _, die) => {
  say({ kind: 'train-epoch', jobId: 1, metrics: epoch(1) });
  die();
};

/** Workers that do what the scripts say, one after the other; the last one again and again. */
function scripted(scripts: readonly Script[]): { readonly start: StartWorker; readonly jobs: ToWorker[] } {
  const jobs: ToWorker[] = [];
  const start: StartWorker = () => {
    let tell: (message: FromWorker) => void = () => undefined;
    let tellExit: (why: string) => void = () => undefined;
    return {
      send: (job) => {
        const script = scripts[Math.min(jobs.length, scripts.length - 1)]!;
        jobs.push(job);
        queueMicrotask(() =>
          script(
            (message) => tell(message),
            job,
            () => tellExit('signal SIGKILL'),
          ),
        );
      },
      onMessage: (listener) => (tell = listener),
      onExit: (listener) => (tellExit = listener),
      kill: () => undefined,
    };
  };
  return { start, jobs };
}

const onCpu: SelectedDevice = { provider: 'cpu', adapter: 'a processor', why: null };
const onGpu: SelectedDevice = { provider: 'webgpu', adapter: 'a card', why: null };

/** Selects that device; what it was replaced for is kept. */
function devicesWith(selected: SelectedDevice): Pick<Devices, 'select' | 'replace'> & { readonly failures: string[] } {
  const failures: string[] = [];
  return {
    failures,
    select: () => Promise.resolve(selected),
    replace: (_, __, why) => {
      failures.push(why);
      return Promise.resolve({ ...onCpu, why });
    },
  };
}

function deskWith(start: StartWorker, events: EngineEvent[] = [], devices = devicesWith(onCpu)): TrainingDesk {
  return new TrainingDesk({
    store,
    fieldName: 'P1',
    files: { mosaics: ['/m.fits'], catalogue: '/c.fits' },
    startWorker: start,
    devices,
    modelFolder: join(folder, 'models'),
    softwareVersion: '0.0.0',
    now: () => new Date(0),
    listModels: () => Promise.resolve([]),
    rowLabels: () => emptyLabels(['a', 'b'], 'S'),
    publish: (event) => events.push(event),
  });
}

const plan = {
  data: { labels: { kind: 'window' as const }, folders: [] },
  recipeName: 'ann-only',
  training: { ...defaultTrainingOf('ann-only').training, epochs: 3 },
  startModelId: null,
  compareModelId: null,
  modelId: 'mine',
};

async function ended(desk: TrainingDesk): Promise<void> {
  while (desk.list().some(({ state }) => state === 'running')) await new Promise((done) => setImmediate(done));
}

test('a worker that dies is followed by another, and no epoch that was told is lost or told twice', async () => {
  const { start, jobs } = scripted([diesAfterOneEpoch, trainsThreeEpochs]);
  const events: EngineEvent[] = [];
  const desk = deskWith(start, events);
  await desk.start(plan);
  await ended(desk);
  expect(jobs).toHaveLength(2);
  expect(desk.list()).toMatchObject([{ state: 'complete', modelId: 'mine' }]);
  expect(desk.list()[0]!.history.map((metrics) => metrics.epoch)).toEqual([1, 2, 3]);
  expect(desk.list()[0]!.history[0]!.trainPrecision).toBeNaN();
  const counts = events.flatMap((event) => (event.type === 'training' ? [event.training.history.length] : []));
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
});

test('where the device ends the worker, the CPU goes on from the checkpoint and the device is not tried again', async () => {
  const { start, jobs } = scripted([diesAfterOneEpoch, trainsThreeEpochs]);
  const devices = devicesWith(onGpu);
  const desk = deskWith(start, [], devices);
  await desk.start(plan);
  await ended(desk);
  expect(jobs.map((job) => (job.kind === 'train' ? job.device.provider : job.kind))).toEqual(['webgpu', 'cpu']);
  expect(devices.failures).toEqual(['it ended the worker process (signal SIGKILL)']);
  expect(desk.list()).toMatchObject([{ state: 'complete' }]);
});

test('a device that fails without ending the worker is said, and the same worker goes on', async () => {
  const { start, jobs } = scripted([
    (say, job, die) => {
      say({ kind: 'train-device-failed', jobId: 1, why: 'device lost' });
      trainsThreeEpochs(say, job, die);
    },
  ]);
  const devices = devicesWith(onGpu);
  const desk = deskWith(start, [], devices);
  await desk.start(plan);
  await ended(desk);
  expect(jobs).toHaveLength(1);
  expect(devices.failures).toEqual(['device lost']);
  expect(desk.list()).toMatchObject([{ state: 'complete' }]);
});

test('three deaths without an epoch end it with a sentence, and it can be resumed', async () => {
  const { start } = scripted([(_, __, die) => die()]);
  const desk = deskWith(start);
  await desk.start(plan);
  await ended(desk);
  const [training] = desk.list();
  expect(training!.state).toBe('failed');
  expect(training!.failure).toContain('signal SIGKILL');
  expect(desk.resume(training!.id, false).state).toBe('running');
  await ended(desk);
});

test('stopped, it keeps its epochs; closed and opened again, it goes on by itself with the labels of its start', async () => {
  const running: Script = (say) => say({ kind: 'train-epoch', jobId: 1, metrics: epoch(1) });
  const { start, jobs } = scripted([running]);
  const desk = deskWith(start);
  await desk.start(plan);
  await new Promise((done) => setImmediate(done));
  await desk.stop();
  expect(desk.list()).toMatchObject([{ state: 'stopped', history: [{ epoch: 1 }] }]);
  desk.resume(1, false);
  await new Promise((done) => setImmediate(done));
  await desk.close();
  const again = deskWith(start);
  again.takeUp();
  await new Promise((done) => setImmediate(done));
  expect(jobs).toHaveLength(3);
  expect(jobs[2]).toEqual(jobs[0]);
  await again.close();
});

test('a second training waits for the first', async () => {
  const { start } = scripted([() => undefined]);
  const desk = deskWith(start);
  await desk.start(plan);
  await expect(desk.start({ ...plan, modelId: 'other' })).rejects.toMatchObject({ error: { kind: 'run-in-progress' } });
  await desk.close();
});
