import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { plannedRuns, readExperiment } from '../../../src/services/experiments/experiment-file.ts';
import { runExperiment } from '../../../src/services/experiments/run-experiment.ts';
import { simulateTestField } from '../trainer/training-field.ts';

const shippedFolder = resolve(import.meta.dirname, '../../../resources/experiments');
const shipped = readdirSync(shippedFolder).filter((name) => name.endsWith('.json'));

const SMALL = { seed: 1, fields: 1, sizePix: 1600 };
const experiment = {
  version: 1,
  id: 'test',
  title: 'A test',
  source: 'none',
  data: SMALL,
  seeds: [1, 2],
  training: { epochs: 2, batchSize: 8, augmentationFactor: 1, split: 'source' },
  variants: [
    { name: 'Adam', recipe: 'ann-only' },
    { name: 'SGD', recipe: 'ann-only', training: { optimiser: 'sgd' } },
  ],
  quick: { data: SMALL, seeds: [1], training: { epochs: 1 } },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-experiment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(json: unknown): string {
  const path = join(folder, 'experiment.json');
  writeFileSync(path, typeof json === 'string' ? json : JSON.stringify(json));
  return path;
}

async function refusalOf(json: unknown): Promise<string> {
  const thrown: unknown = await readExperiment(fileOf(json))
    .then((read) => plannedRuns(read, false))
    .catch((error: unknown) => error);
  const error = domainErrorOf(thrown);
  return error === undefined ? 'taken' : describeError(error);
}

describe('an experiment file', () => {
  test.each([
    ['no JSON', '{"version": 1,', /not JSON/],
    ['a setting that there is not', { ...experiment, training: { momentum: 0.5 } }, /momentum/],
    ['a recipe that there is not', { ...experiment, variants: [{ name: 'a', recipe: 'nothing' }] }, /nothing/],
    ['a setting out of range', { ...experiment, training: { learningRate: -1 } }, /learning rate/],
    [
      'two variants whose files would have one name',
      {
        ...experiment,
        variants: [
          { name: 'A b', recipe: 'ann-only' },
          { name: 'a-b', recipe: 'ann-only' },
        ],
      },
      /same name/,
    ],
    ['no seed', { ...experiment, seeds: [] }, /seeds/],
  ])('with %s is refused, and says so', async (_, json, why) => {
    expect(await refusalOf(json)).toMatch(why);
  });

  test('plans every variant with the first seed before any with the next; its own settings win over the common ones', async () => {
    const read = await readExperiment(fileOf(experiment));
    const runs = plannedRuns(read, false);
    expect(runs.map(({ id }) => id)).toEqual(['adam-seed1', 'sgd-seed1', 'adam-seed2', 'sgd-seed2']);
    expect(runs.map(({ training }) => training.optimiser)).toEqual(['adam', 'sgd', 'adam', 'sgd']);
    expect(plannedRuns(read, true).map(({ training }) => training.epochs)).toEqual([1, 1]);
  });

  test.each(shipped)('%s, as it ships, plans its trainings in both sizes', async (name) => {
    const read = await readExperiment(join(shippedFolder, name));
    expect(name).toBe(`${read.id}.json`);
    for (const isQuick of [false, true]) {
      const runs = plannedRuns(read, isQuick);
      expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
      // The paper's experiments differ from one another by what they say they differ by.
      const identities = runs.map(({ recipe, training }) => JSON.stringify({ ...recipe, name: '', training }));
      expect(new Set(identities).size).toBe(runs.length);
    }
  });
});

describe('carried out', () => {
  test('what is finished is not done again, whatever it was killed between; a changed setting is', async () => {
    const field = await simulateTestField(join(folder, 'fields'));
    const out = join(folder, 'out');
    const begun: string[] = [];
    const carryOut = async (json: typeof experiment) =>
      runExperiment({
        runs: plannedRuns(await readExperiment(fileOf(json)), true),
        fields: [field],
        outFolder: out,
        trainedOn: 'a test',
        threads: 1,
        softwareVersion: '0.0.0',
        now: () => new Date(0),
        command: 'lobate experiment',
        onRun: ({ id }) => {
          begun.push(id);
          return {};
        },
        onFinished: () => Promise.resolve(),
      });
    const first = await carryOut(experiment);
    expect(begun).toEqual(['adam-seed1', 'sgd-seed1']);
    expect(first.every(({ result }) => result.history.length === 1 && result.heldOut.length > 0)).toBe(true);

    // Killed after the model was written and before its numbers were.
    rmSync(join(out, 'runs', 'sgd-seed1.json'));
    const second = await carryOut(experiment);
    expect(begun).toEqual(['adam-seed1', 'sgd-seed1', 'sgd-seed1']);
    expect(second.map(({ result }) => result)).toEqual(first.map(({ result }) => result));

    const changed = { ...experiment, quick: { ...experiment.quick, training: { epochs: 1, learningRate: 1e-3 } } };
    await carryOut(changed);
    expect(begun).toHaveLength(5);
    expect(readFileSync(join(out, 'runs', 'adam-seed1.json'), 'utf8')).not.toContain('NaN');
  }, 120_000);
});
