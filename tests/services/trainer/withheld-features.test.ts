import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meanFeatures, scaled } from '../../../src/core/features/scaling.ts';
import { recipeForNetwork, withScaling } from '../../../src/core/network/presets.ts';
import type { TrainingRecipe } from '../../../src/core/training/training-recipe.ts';
import { checkTrainingRecipe, defaultTrainingOf } from '../../../src/core/training/training-recipe.ts';
import type { LabelledRows } from '../../../src/services/trainer/labelled-rows.ts';
import { openLabelledRows } from '../../../src/services/trainer/labelled-rows.ts';
import type { TrainingSet } from '../../../src/services/trainer/training-set.ts';
import { prepareTrainingSet } from '../../../src/services/trainer/training-set.ts';
import { errorOf, rejectionOf } from '../../expect-failure.ts';
import { simulateTestField } from './training-field.ts';

const { training: usual, scaling } = defaultTrainingOf('compact');
const recipe = withScaling(recipeForNetwork('compact'), scaling);
const base: TrainingRecipe = { ...usual, split: 'source' };

let folder: string;
let rows: LabelledRows;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-withheld-'));
  rows = await openLabelledRows([await simulateTestField(folder)], recipe);
}, 120_000);
afterAll(async () => {
  await rows.close();
  rmSync(folder, { recursive: true, force: true });
});

const setWith = (change: Partial<TrainingRecipe>, { of = recipe, needsImages = true } = {}): Promise<TrainingSet> => {
  const progress = { begin: () => undefined, read: () => undefined };
  return prepareTrainingSet(rows, of, { ...base, ...change }, { needsImages, progress });
};

const withheldIn = (set: TrainingSet, epoch: number): readonly number[] =>
  set.trainExamples(epoch).flatMap(({ isWithoutFeatures }, place) => (isWithoutFeatures ? [place] : []));

test.each([-0.1, 1, Number.NaN])('a share of %d of the rows cannot be without features', (withheldFeatures) => {
  const refused = errorOf(() => checkTrainingRecipe({ ...base, withheldFeatures }));
  expect(refused).toMatchObject({ kind: 'argument-invalid', name: 'withheld features' });
});

test('features are withheld neither where there is no picture nor where their mean is not 0', async () => {
  expect(await rejectionOf(() => setWith({}, { needsImages: false }))).toMatchObject({ name: 'withheld features' });
  expect(await rejectionOf(() => setWith({}, { of: withScaling(recipe, 'none') }))).toMatchObject({
    name: 'withheld features',
  });
});

test('about the share of the appearances is without features, drawn anew each epoch and alike for a seed', async () => {
  const set = await setWith({ withheldFeatures: 0.3 });
  const [first, second] = [withheldIn(set, 1), withheldIn(set, 2)];
  // Five standard deviations of a binomial.
  expect(Math.abs(first.length / set.trainCount - 0.3)).toBeLessThan(5 * Math.sqrt(0.21 / set.trainCount));
  expect(second).not.toEqual(first);
  expect(withheldIn(await setWith({ withheldFeatures: 0.3 }), 1)).toEqual(first);
  expect(withheldIn(await setWith({ withheldFeatures: 0.3, seed: 2 }), 1)).not.toEqual(first);
});

test('with none withheld an epoch is what it was, turns included, and no validation row is ever without features', async () => {
  const [none, some] = [await setWith({ withheldFeatures: 0 }), await setWith({ withheldFeatures: 0.3 })];
  expect(withheldIn(none, 1)).toEqual([]);
  const turnsOf = (set: TrainingSet) => set.trainExamples(1).map(({ row, orientation }) => ({ row, orientation }));
  expect(turnsOf(some)).toEqual(turnsOf(none));
  for (const part of [some.validation, some.test]) expect(part.some((row) => row.isWithoutFeatures)).toBe(false);
});

test('the features that stand for the mean are scaled to 0, to the rounding of 64-bit numbers', () => {
  for (const moments of [
    { mean: [0.5, -3], deviation: [2, 0.1] },
    { mean: [1.5, -0.2], deviation: [0.5, 2], of: 'asinh' as const },
  ]) {
    meanFeatures(moments).forEach((value, feature) => expect(scaled(value, moments, feature)).toBeCloseTo(0, 12));
  }
});
