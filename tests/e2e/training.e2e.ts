import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { pictureFolder } from './pictures.ts';
import { servedWindows } from './served-window.ts';

/** More than there is time for: it is going on when the window is opened again. */
const EPOCHS = '3000';

/** From labels to a training that goes on without the window: on the demo field, with a network whose epochs are short. */
describe('the training window', () => {
  const openWindow = servedWindows();
  let page: Page;
  let dialog: Locator;

  beforeAll(async () => {
    mkdirSync(pictureFolder, { recursive: true });
    ({ page } = await openWindow());
    dialog = page.getByRole('dialog', { name: 'Train a model' });
    await openFromMenu();
  });

  async function openFromMenu(): Promise<void> {
    await page.locator('button[title$=".lobate"]').click();
    await page.getByRole('menuitem', { name: 'Train a model…' }).click();
    await dialog.waitFor();
  }

  const button = (name: string): Locator => dialog.getByRole('button', { name, exact: true });
  const picture = (name: string) => page.screenshot({ path: join(pictureFolder, `training-${name}.png`) });

  test('data without labels, or whose labels cannot be read, are refused with the reason', async () => {
    await dialog.getByText('Nothing to learn from yet').waitFor();
    expect(await button('Next').isDisabled()).toBe(true);
    await dialog.getByText('From a file').click();
    const file = dialog.getByLabel(/^Component catalogue/);
    const offered = await file.inputValue();
    expect(offered).toMatch(/P180\+50\.components\.fits$/);
    await file.fill(offered.replace('components', 'absent'));
    await dialog.getByRole('alert').getByText('These data cannot be used').waitFor();
    expect(await dialog.getByRole('alert').innerText()).toContain('absent');
    expect(await button('Next').isDisabled()).toBe(true);
    await file.fill(offered);
    await file.press('Tab');
  });

  test('data with labels are counted on each side of the split, and doubts about them are said', async () => {
    const heldOut = dialog.getByRole('row', { name: /^Held out/ }).getByRole('cell');
    await heldOut.first().waitFor();
    const [mc, s] = (await heldOut.allInnerTexts()).map(Number);
    expect(mc).toBeGreaterThan(0);
    expect(s).toBe(mc);
    await dialog.getByText(/MC rows to learn from: the result is a matter of luck/).waitFor();
    await picture('data');
    await button('Next').click();
  });

  test('time and memory are told from a step that was measured here, on the device chosen there', async () => {
    await dialog.getByLabel('Recipe').click();
    await page.getByRole('listbox', { name: 'Recipe' }).getByRole('option', { name: 'ann-only', exact: true }).click();
    await dialog.getByLabel('Epochs').fill(EPOCHS);
    await picture('network');
    await button('Next').click();
    await dialog.getByRole('row', { name: /^A step [\d.]+ ms for 32 rows$/ }).waitFor();
    expect(await dialog.getByRole('row', { name: /^Time about / }).count()).toBe(1);
    expect(await dialog.getByRole('row', { name: /^Memory about [\d,]+ MB$/ }).count()).toBe(1);
    expect(await dialog.getByRole('row', { name: /^Device / }).innerText()).toContain('CPU');
    await picture('estimate');
    await dialog.getByRole('combobox', { name: 'Device' }).click();
    await page.getByRole('listbox', { name: 'Device' }).getByRole('option', { name: 'CPU' }).waitFor();
    await picture('devices');
    await page.keyboard.press('Escape');
    await dialog.getByLabel('Name of the new model').fill('mine');
    await button('Train').click();
  });

  test('it learns on while the window is closed, and is found again with its curves', async () => {
    await dialog.getByText(/of 3000 epochs kept/).waitFor();
    const { origin } = new URL(page.url());
    await page.goto('about:blank');
    await page.goto(origin);
    await page.getByRole('button', { name: /^Training/ }).click();
    await dialog.getByRole('img').first().waitFor();
    const kept = async (): Promise<number> =>
      Number(/(\d+) of 3000/.exec(await dialog.getByRole('status').innerText())?.[1]);
    const before = await kept();
    expect(before).toBeGreaterThan(0);
    await expect.poll(kept).toBeGreaterThan(before);
    await picture('run');
  });

  test('it stops when asked, and finished with its best epoch it is set against the old model on rows held out', async () => {
    await button('Stop').click();
    await dialog
      .getByRole('status')
      .getByText(/mine · stopped/)
      .waitFor();
    await button('Finish with the best epoch').click();
    await dialog
      .getByRole('status')
      .getByText(/mine · finished/)
      .waitFor();
    await button('Result').click();
    const auc = dialog.getByRole('row', { name: /^ROC AUC/ }).getByRole('cell');
    await auc.first().waitFor();
    const [before, now, difference] = await auc.allInnerTexts();
    // The network of 32 features has learned: guessing has 0.5.
    expect(Number(now)).toBeGreaterThan(0.7);
    const told = Number(difference!.replace('−', '-'));
    expect(told).toBeCloseTo(Number(now) - Number(before), 2);
    // Five MC sources were held out: an interval from them would be far too narrow.
    await dialog.getByText(/^The differences have no interval: too few MC sources .*\(n = \d\)\.$/).waitFor();
    await dialog.getByText(/^Rows on which only compact-sim-\d+ is right: \d+; only mine: \d+\./).waitFor();
    await picture('result');
  });

  test('promoted, it is the model that is used; rolled back, the one before is', async () => {
    const used = (): Promise<string> => dialog.getByText(/^Used by default: /).innerText();
    const before = await used();
    expect(before).not.toContain('mine');
    await button('Promote to default').click();
    await button('It is the default').waitFor();
    expect(await used()).toBe('Used by default: mine');
    await picture('promoted');
    await button('Take the last promotion back').click();
    await button('Promote to default').waitFor();
    expect(await used()).toBe(before);
  });

  test('sources that changed sides are mapped and listed, and one that is clicked is shown in the window', async () => {
    await dialog.getByRole('img', { name: 'Where the sources that change sides lie' }).waitFor();
    const [first] = await dialog.locator('.training__source').all();
    const name = await first!.innerText();
    await first!.click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.source').getByText(name).first().waitFor();
  });
});
