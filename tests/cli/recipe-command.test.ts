import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerRecipe } from '../../src/cli/commands/recipe.ts';
import { completeRecipe } from '../../src/core/network/recipe-fields.ts';
import { RECIPE_NAMES, recipeOf } from '../../src/core/network/presets.ts';
import { describeError } from '../../src/core/result/describe-error.ts';
import { PUBLISHED_TRAINING } from '../../src/core/training/training-recipe.ts';
import { TRAINING_SETTINGS } from '../../src/core/training/training-settings.ts';
import { readRecipe, readTrainingRecipe } from '../../src/services/model-store/read-recipe.ts';
import { rejectionOf } from '../expect-failure.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function saved(value: unknown): string {
  const path = join(folder, 'mine.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

async function run(...parameters: string[]): Promise<{ out: string[]; json: unknown[] }> {
  const answer: { out: string[]; json: unknown[] } = { out: [], json: [] };
  const program = new Command();
  registerRecipe(program, {
    out: (text) => answer.out.push(text),
    note: () => undefined,
    json: (value) => answer.json.push(value),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  });
  await program.parseAsync(['recipe', ...parameters], { from: 'user' });
  return answer;
}

describe('a recipe file that would be misread is refused in one sentence', () => {
  const complete = completeRecipe(recipeOf('compact'));
  test.each([
    ['not JSON', '{', /it is not JSON/],
    ['a misspelt threshold', { ...complete, features: { ...complete.features, sisgg: {} } }, /features: .*sisgg/],
    ['a noise scale that is not there', { ...complete, cutout: { ...complete.cutout, noise: 'mad' } }, /cutout\.noise/],
    ['another version', { ...complete, version: 2 }, /version/],
    ['no channel', { ...complete, cutout: { ...complete.cutout, channels: [] } }, /no image channel/],
  ])('%s', async (_, value, sentence) => {
    const said = describeError(await rejectionOf(() => readRecipe(saved(value))));
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
  });

  test('a file that is not there', async () => {
    expect(describeError(await rejectionOf(() => readRecipe(join(folder, 'none.json'))))).toMatch(/cannot be read/);
  });
});

test('what `lobate recipe NAME --json` prints is a recipe file with the same settings', async () => {
  const { json } = await run('published-2024', '--json');
  expect(await readRecipe(saved(json[0]))).toEqual(completeRecipe(recipeOf('published-2024')));
});

describe('a training recipe file', () => {
  test.each([
    ['a split that is not there', { ...PUBLISHED_TRAINING, split: 'tile' }, /split/],
    ['a misspelt setting', { ...PUBLISHED_TRAINING, epoch: 3 }, /epoch/],
    ['another version', { ...PUBLISHED_TRAINING, version: 2 }, /version/],
    ['a batch of nothing', { ...PUBLISHED_TRAINING, batchSize: 0 }, /batch size/],
  ])('with %s is refused in one sentence', async (_, value, sentence) => {
    const said = describeError(await rejectionOf(() => readTrainingRecipe(saved(value))));
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
  });

  test('is what --training --json prints', async () => {
    const { json } = await run('published-2024', '--training', '--json');
    expect(await readTrainingRecipe(saved(json[0]))).toEqual(PUBLISHED_TRAINING);
  });
});

test('how a network is trained is printed with its recipe, setting by setting; no setting has no words', async () => {
  const { out } = await run('published-2024');
  for (const { name } of TRAINING_SETTINGS) expect(out.join('\n')).toContain(`training.${name} `);
  expect(['version', ...TRAINING_SETTINGS.map(({ name }) => name)].sort()).toEqual(
    Object.keys(PUBLISHED_TRAINING).sort(),
  );
});

test('the list names every recipe, one a line', async () => {
  const { out } = await run();
  expect(out.map((line) => line.split(' ')[0])).toEqual(RECIPE_NAMES);
});

test('a recipe is printed field by field with its source', async () => {
  const { out } = await run('gbc-code');
  expect(out.join('\n')).toMatch(/features\.lrLogarithm +gbc-code/);
  expect(out.join('\n')).toContain('Maj < 15″, no other source within 45″, one Gaussian');
});

test('--layers prints every layer of the recipe’s network, and the number of parameters of all', async () => {
  const { out } = await run('published-2024', '--layers');
  expect(out.find((line) => line.startsWith('image.dense '))).toMatch(/dense, ReLU, dropout 0.5 +256 +84934912$/);
  expect(out.at(-1)).toBe('86412290 parameters in all');
  const { json } = await run('cnn-only', '--layers', '--json');
  expect(json[0]).toContainEqual({ branch: 'head', layer: 'softmax', does: 'S, MC', output: [2], parameters: 0 });
});
