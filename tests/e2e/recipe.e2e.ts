import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { recipeOf } from '../../src/core/network/presets.ts';
import { completeRecipe, RECIPE_FIELDS } from '../../src/core/network/recipe-fields.ts';
import { TRAINING_SETTINGS } from '../../src/core/training/training-settings.ts';
import { madeUpWindows } from './page/made-up-window.ts';

const openWindow = madeUpWindows();
let page: Page;

beforeAll(async () => {
  ({ page } = await openWindow());
  await page.locator('.table__body .table__row').first().waitFor();
});
/** The dialog begins anew each time: with the recipe in use. */
beforeEach(() => page.keyboard.press('R'));
afterEach(async () => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('the recipe in use shows every field, and marks those that differ from the published one', async () => {
  const dialog = page.getByRole('dialog', { name: 'Recipe' });
  await dialog.getByText('3 settings differ from published-2024.').waitFor();
  for (const { path } of RECIPE_FIELDS) expect(await dialog.getByText(path, { exact: true }).count(), path).toBe(1);
  expect(await dialog.locator('[data-differs] code').allInnerTexts()).toEqual([
    'cutout.geometry',
    'features.scaling',
    'network',
  ]);
  expect(await dialog.locator('[data-differs]').first().innerText()).toContain('published-2024: pixels');
});

test('a preset shows how its network is trained, and marks what is not as published', async () => {
  const dialog = page.getByRole('dialog', { name: 'Recipe' });
  await dialog.getByLabel('Recipe to show').selectOption('preset:compact');
  await dialog.getByRole('tab', { name: 'Training' }).click();
  for (const { name } of TRAINING_SETTINGS) await dialog.getByText(`training.${name}`, { exact: true }).waitFor();
  expect(await dialog.locator('[data-differs] code').allInnerTexts()).toEqual(
    ['augmentation', 'withheldFeatures', 'optimiser', 'learningRate', 'schedule', 'epochs'].map(
      (name) => `training.${name}`,
    ),
  );
});

test('a preset shows its network with the number of its parameters, and saves as the file that --recipe takes', async () => {
  const dialog = page.getByRole('dialog', { name: 'Recipe' });
  await dialog.getByLabel('Recipe to show').selectOption('preset:published-2024');
  await dialog.getByRole('tab', { name: 'Network' }).click();
  await dialog.getByRole('cell', { name: '86,412,290' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('published-2024.json');
  const saved: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(saved).toEqual(JSON.parse(JSON.stringify(completeRecipe(recipeOf('published-2024')))));
});
