import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { defaultTrainingOf } from '../../../src/core/training/training-recipe.ts';
import { defaultModelOf, listModels, loadModel } from '../../../src/services/model-store/load-model.ts';
import { promotedModels, promoteModel, rollBackModel } from '../../../src/services/model-store/preferred-model.ts';
import { trainModel } from '../../../src/services/trainer/train-model.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes an untrained ann-only model: the smallest there is. */
async function writeModel(id: string, where = folder): Promise<string> {
  const outFolder = join(where, id);
  await trainModel({
    recipe: recipeForNetwork('ann-only'),
    training: { ...defaultTrainingOf('ann-only').training, epochs: 0 },
    fields: [],
    testFields: [],
    compare: [],
    trainedOn: '',
    outFolder,
    resume: false,
    softwareVersion: '0.0.0',
    createdAt: '2026-01-01T00:00:00.000Z',
    command: 'lobate train --epochs 0',
  });
  return outFolder;
}

async function failureOf(promise: Promise<unknown>) {
  return domainErrorOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
}

function changeDescription(model: string, change: (json: Record<string, unknown>) => void): void {
  const path = join(model, 'model.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

describe('model store', () => {
  test('a model that is not there is refused with the names of those that are', async () => {
    await writeModel('first');
    expect(await failureOf(loadModel('second', [folder]))).toEqual({
      kind: 'model-not-found',
      id: 'second',
      available: ['first'],
    });
  });

  test('weights that changed after the description was written are refused', async () => {
    const model = await writeModel('damaged');
    appendFileSync(join(model, 'model.onnx'), 'x');
    expect(await failureOf(loadModel('damaged', [folder]))).toMatchObject({ kind: 'model-hash-mismatch' });
  });

  test.each([
    ['a threshold above 1', (json: Record<string, unknown>) => (json['threshold'] = 2), /threshold/],
    ['another version', (json: Record<string, unknown>) => (json['version'] = 2), /version/],
    ['another number of parameters', (json: Record<string, unknown>) => (json['parameterCount'] = 5), /parameters/],
    [
      'features in another order',
      (json: Record<string, unknown>) => (json['featureNames'] as string[]).reverse(),
      /feature 1 is/,
    ],
    ['another network', (json: Record<string, unknown>) => (json['network'] = 'compact'), /network/],
    [
      'moments that its recipe does not use',
      (json: Record<string, unknown>) => (json['moments'] = { mean: [], deviation: [] }),
      /moments/,
    ],
  ])('a description with %s is refused and says so', async (_, change, why) => {
    const model = await writeModel('strange');
    changeDescription(model, change);
    const error = await failureOf(loadModel(model, []));
    expect(error).toMatchObject({ kind: 'model-invalid', why: expect.stringMatching(why) as string });
    expect(await failureOf(loadModel('strange', [folder]))).toMatchObject({ kind: 'model-invalid' });
  });

  test('a description that is not JSON is refused', async () => {
    const model = await writeModel('text');
    writeFileSync(join(model, 'model.json'), 'model');
    expect(await failureOf(loadModel(model, []))).toMatchObject({ kind: 'model-invalid', why: 'it is not JSON' });
  });

  test('a folder that exists is not written over, and a failed write leaves nothing', async () => {
    await writeModel('once');
    expect(await failureOf(writeModel('once'))).toMatchObject({ kind: 'argument-invalid' });
    expect(readdirSync(folder)).toEqual(['once']);
  });

  test('a model is found by its id, by its folder, and as the only one; the stronger folder wins', async () => {
    const model = await writeModel('only');
    for (const found of [
      await loadModel('only', [folder]),
      await loadModel(model, []),
      await loadModel(undefined, [folder]),
    ]) {
      expect(found.description.id).toBe('only');
      expect(found.description.isTrained).toBe(false);
      expect(existsSync(found.onnxPath)).toBe(true);
    }
    const listed = await listModels([join(folder, 'nowhere'), folder, folder]);
    expect(listed.map(({ description }) => description.id)).toEqual(['only']);
  });

  test('an untrained model says so in its card', async () => {
    const model = await writeModel('seeded');
    expect(readFileSync(join(model, 'CARD.md'), 'utf8')).toContain('UNTRAINED');
  });
});

describe('which model is used when none is asked for', () => {
  test('a model of the user’s own is not used before it is promoted, and no more when the promotion is taken back', async () => {
    const [own, shipped] = [join(folder, 'own'), join(folder, 'shipped')];
    await writeModel('new', own);
    await writeModel('old', shipped);
    const usedOf = async (): Promise<string> => {
      const used = await loadModel(undefined, [own, shipped]);
      const models = await listModels([own, shipped]);
      expect(defaultModelOf(models, await promotedModels(own))?.folder).toBe(used.folder);
      return used.description.id;
    };
    expect(await usedOf()).toBe('old');
    await promoteModel(own, 'new');
    expect(await usedOf()).toBe('new');
    expect(await rollBackModel(own)).toBeUndefined();
    expect(await usedOf()).toBe('old');
  });

  test('of equals, the one that sees more features: no likelihood ratios only where that was asked for', async () => {
    await writeModel('all');
    const [all] = await listModels([folder]);
    const less = { ...all!, description: { ...all!.description, id: 'a-less', featureNames: ['Maj'] } };
    expect(defaultModelOf([less, all!])?.description.id).toBe('all');
  });

  test('a promoted model that is gone gives way to the one before it; a damaged record counts as none', async () => {
    await writeModel('first');
    await writeModel('second');
    const models = await listModels([folder]);
    expect(defaultModelOf(models, ['second', 'gone'])?.description.id).toBe('second');
    writeFileSync(join(folder, 'preferred-model.json'), '{"version": 1, "history": [3]}');
    expect(await promotedModels(folder)).toEqual([]);
  });
});
