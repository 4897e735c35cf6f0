import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceDesk } from '../../src/cli/device.ts';
import type { CommandIo } from '../../src/cli/io.ts';
import { predictField } from '../../src/cli/predict-field.ts';
import type { FieldPredictions } from '../../src/cli/predict-field.ts';
import { Devices } from '../../src/engine/devices/devices.ts';
import { deviceText } from '../../src/services/export/device-text.ts';
import type { Field } from '../../src/services/inference/open-field.ts';
import { openField } from '../../src/services/inference/open-field.ts';
import type { LoadedModel } from '../../src/services/model-store/load-model.ts';
import { loadModel } from '../../src/services/model-store/load-model.ts';
import type { FakeWorkerOptions } from '../engine/fake-worker.ts';
import { fakeProbability, fakeWorkers } from '../engine/fake-worker.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from '../engine/small-field.ts';

let folder: string;
let field: Field;
let model: LoadedModel;
let onCpu: FieldPredictions;
/** The batches of the small field: rows on no mosaic, then those on it. */
const BATCHES = [[10, 11], Array.from({ length: SMALL_FIELD_ROWS - 2 }, (_, row) => row)];

function silent(): { readonly io: CommandIo; readonly notes: string[] } {
  const notes: string[] = [];
  const bar = { update: () => undefined, stop: () => undefined };
  return {
    notes,
    io: { out: () => undefined, json: () => undefined, note: (text) => notes.push(text), progress: () => bar },
  };
}

/** A desk whose WebGPU passed its test, and whose workers do as they are told. */
function deskOf(io: CommandIo, workers: Omit<FakeWorkerOptions, 'batches'>): DeviceDesk {
  const devices = new Devices(
    {
      present: ['webgpu', 'cpu'],
      test: (provider) =>
        Promise.resolve({ provider, isTrusted: true, sentence: 'fine', adapter: 'a graphics card', speedOverCpu: 9 }),
      adapterText: () => Promise.resolve('a processor'),
      onNotice: (sentence) => io.note(sentence),
    },
    'webgpu',
  );
  return {
    devices,
    startWorker: fakeWorkers({ batches: BATCHES, ...workers }).start,
    select: (work) => devices.select(work),
    onCpu: (why) => Promise.resolve({ provider: 'cpu', adapter: 'a processor', why }),
  };
}

function predict(workers: Omit<FakeWorkerOptions, 'batches'>) {
  const { io, notes } = silent();
  const options = { recipe: model.description.recipe, scoreSisg: true, device: 'webgpu' } as const;
  return predictField(field, model, options, io, deskOf(io, workers)).then((found) => ({ ...found, notes }));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-predict-'));
  model = await loadModel('compact-sim-4', [resolve(import.meta.dirname, '../../models')]);
  field = await openField(writeSmallField(folder), model.description.recipe.features);
  const { io } = silent();
  onCpu = await predictField(field, model, { ...model.description, scoreSisg: true, device: 'cpu' }, io);
});
afterAll(async () => {
  await field.close();
  rmSync(folder, { recursive: true });
});

describe('classifying on a device that was tested', () => {
  test('what its worker computes is taken as it is, and the device is told', async () => {
    const { predictions, devices, notes } = await predict({});
    expect(predictions.map(({ row }) => row)).toEqual(BATCHES.flat());
    expect(predictions.every(({ row, probability }) => probability === fakeProbability(row))).toBe(true);
    expect(deviceText(devices)).toBe('WebGPU (a graphics card)');
    expect(notes).toEqual([]);
  });

  test('where the driver ends the process, the CPU goes on from the last batch that arrived, and this is said', async () => {
    const { predictions, devices, notes } = await predict({ diesOn: (batch) => batch === 1 });
    expect(predictions.slice(0, 2).map(({ probability }) => probability)).toEqual([10, 11].map(fakeProbability));
    expect(predictions.slice(2)).toEqual(onCpu.predictions.slice(2));
    expect(notes).toEqual([
      'WebGPU is not used: it ended the worker process (signal SIGKILL). The CPU goes on from the last stored batch.',
    ]);
    expect(deviceText(devices)).toBe(
      'WebGPU (a graphics card); from batch 1 CPU (a processor): WebGPU is not used: it ended the worker process ' +
        '(signal SIGKILL).',
    );
  });

  test('where the device refuses at once, every row is the CPU’s', async () => {
    const { predictions, devices } = await predict({ deviceFailsOn: (batch) => batch === 0 });
    expect(predictions).toEqual(onCpu.predictions);
    expect(devices.map(({ provider }) => provider)).toEqual(['webgpu', 'cpu']);
  });

  test('on the CPU no worker is started and its name alone is told', () => {
    expect(onCpu.devices).toHaveLength(1);
    expect(onCpu.devices[0]).toMatchObject({ fromBatch: 0, provider: 'cpu', why: null });
    expect(deviceText([])).toBeUndefined();
  });
});
