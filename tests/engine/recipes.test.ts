import { expect, test } from 'vitest';
import { recipeOf } from '../../src/core/network/presets.ts';
import { requestOf, start } from './engine-benches.ts';

test('the recipe of each installed model is told whole, without a field open', async () => {
  const client = await (await start()).connect();
  const models = await client.models.list();
  const recipes = await client.models.recipes();
  expect(recipes.map(({ modelId }) => modelId)).toEqual(models.map(({ id }) => id));
  expect(recipes[0]!.recipe).toEqual(recipeOf('compact'));
});

test('the recipe of the results on screen is the one that the run was started with, its geometry included', async () => {
  const bench = await start();
  const client = await bench.connect();
  await client.project.open(requestOf(bench));
  expect((await client.run.recipe())?.cutout.geometry).toBe('pixels');
  await client.run.cancel();
  await client.run.start({ geometry: 'angular' });
  expect((await client.run.recipe())?.cutout.geometry).toBe('angular');
});
