import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { DomainFailure, domainErrorOf } from '../../../src/core/result/failure.ts';
import type { TrainingRecipe } from '../../../src/core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../../src/core/training/training-recipe.ts';
import { simulateTestField } from './training-field.ts';
import type { TrainModelRequest } from '../../../src/services/trainer/train-model.ts';
import { loadModel } from '../../../src/services/model-store/load-model.ts';
import { trainModel } from '../../../src/services/trainer/train-model.ts';
import type { TrainingField } from '../../../src/services/trainer/training-fields.ts';
import type { OpenTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';
import { dataSetTable, preflightDataSet } from '../../../src/services/trainer/data-set.ts';
import { openLabelledRows } from '../../../src/services/trainer/labelled-rows.ts';
import { fitsTableBytes } from '../../../src/core/fits/write.ts';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof fs>();
  return {
    ...real,
    open: async (path: string, flags?: string) => {
      const handle = await real.open(path, flags);
      if (disk.isFull && flags === 'wx') {
        handle.write = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      }
      return handle;
    },
  };
});

const recipe = recipeForNetwork('ann-only');
const training: TrainingRecipe = {
  ...defaultTrainingOf('ann-only').training,
  epochs: 2,
  batchSize: 8,
  augmentationFactor: 1,
  split: 'source',
};

let folder: string;
let field: TrainingField;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-repeat-'));
  field = await simulateTestField(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  disk.isFull = false;
});

const request = (name: string, change: Partial<TrainModelRequest> = {}): TrainModelRequest => ({
  recipe,
  training,
  fields: [field],
  testFields: [],
  compare: [],
  trainedOn: 'a simulated field of a test',
  outFolder: join(folder, name),
  resume: false,
  threads: 1,
  softwareVersion: '0.0.0',
  createdAt: '2026-01-01T00:00:00.000Z',
  command: 'lobate train',
  ...change,
});
const weightsOf = (name: string): Buffer => readFileSync(join(folder, name, 'model.onnx'));

describe('a training on a simulated field', () => {
  test('a full disk ends it with a sentence; the checkpoint before is kept, and it goes on to the same weights', async () => {
    const listener = {
      onEpoch: () => {
        disk.isFull = true;
      },
    };
    const thrown: unknown = await trainModel(request('full', { listener })).catch((error: unknown) => error);
    expect(describeError(domainErrorOf(thrown)!)).toMatch(/full\.checkpoint: cannot be written \(the disk is full\)/);
    expect(existsSync(join(folder, 'full'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    disk.isFull = false;
    await trainModel(request('full', { resume: true }));
    await trainModel(request('whole'));
    expect(weightsOf('full').equals(weightsOf('whole'))).toBe(true);
    expect(existsSync(join(folder, 'full.checkpoint'))).toBe(false);
  }, 240_000);

  test('another seed gives other weights', async () => {
    await trainModel(request('seed-1', { training: { ...training, epochs: 1 } }));
    await trainModel(request('seed-2', { training: { ...training, epochs: 1, seed: 2 } }));
    expect(weightsOf('seed-1').equals(weightsOf('seed-2'))).toBe(false);
  }, 120_000);

  test.each([
    ['another trainer than onnxruntime', 'by-other', false, '- Computed on TensorFlow (a card)'],
    ['one that failed', 'by-lost', true, '- Computed on TensorFlow (a card) until it failed, then on the CPU'],
  ])(
    'the card names %s',
    async (_, name, fails, line) => {
      const lost = new DomainFailure({ kind: 'device-failed', device: 'TensorFlow', why: 'lost' });
      const open: OpenTrainingSession = (...session) =>
        fails ? Promise.reject(lost) : openTrainingSession(...session);
      const device = { provider: 'tensorflow', adapter: 'a card', open } as const;
      await trainModel(request(name, { training: { ...training, epochs: 1 }, device }));
      expect(readFileSync(join(folder, name, 'CARD.md'), 'utf8').split('\n')).toContain(line);
    },
    120_000,
  );

  test('fine-tuning begins with the weights and the moments of the model', async () => {
    const start = await loadModel(join(folder, 'whole'), []);
    const slow = { ...training, epochs: 1, learningRate: 1e-9 };
    const tuned = await trainModel(request('tuned', { training: slow, start, recipe: start.description.recipe }));
    expect(tuned.moments).toEqual(start.description.moments);
    const card = readFileSync(join(folder, 'tuned', 'CARD.md'), 'utf8');
    expect(card).toContain('began with the weights of `whole`');
    // What both have learned from stands beside their weights, row by row.
    const splitOf = (name: string): string[] =>
      readFileSync(join(folder, name, 'split.csv'), 'utf8')
        .trim()
        .split('\n');
    expect(splitOf('tuned')).toEqual(splitOf('whole'));
    const codes = splitOf('whole').map((line) => line.split(',').at(-1));
    expect(codes[0]).toBe('mc_dl_dataset');
    for (const code of ['0', '1', '2', '3']) expect(codes).toContain(code);
  }, 240_000);

  test('its split is the same bytes each time, and its report counts what it holds', async () => {
    const bytesOf = async (): Promise<Uint8Array> => {
      const rows = await openLabelledRows([field], recipe);
      const table = dataSetTable(rows, [field], training);
      await rows.close();
      return fitsTableBytes(table);
    };
    expect(await bytesOf()).toEqual(await bytesOf());
    const { report, refusals } = await preflightDataSet([field], recipe, training);
    expect(refusals).toEqual([]);
    expect(report!.leakage.dividedSources).toBe(0);
    expect(report!.parts.test.mc).toBeGreaterThan(0);
    expect(report!.candidates.mc).toBeGreaterThan(report!.parts.train.mc);
  }, 120_000);

  test('a field without MC rows is refused with the reason, before a pixel is read', async () => {
    const { labels: source } = field;
    if (source.kind !== 'rows') throw new Error('the field of this test has labels of its own');
    const labelClass = source.labels.labelClass.map(() => 'unlabelled' as const);
    const labels = { kind: 'rows', labels: { ...source.labels, labelClass } } as const;
    const thrown: unknown = await preflightDataSet([{ ...field, labels }], recipe, training).catch((e: unknown) => e);
    expect(describeError(domainErrorOf(thrown)!)).toContain('no row has a label and a place on a mosaic');
  }, 120_000);
});
