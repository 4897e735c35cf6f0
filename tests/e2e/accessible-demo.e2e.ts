import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { expectNoFaultInEitherTheme, seriousFaults } from './serious-faults.ts';
import { servedWindows } from './served-window.ts';

const openWindow = servedWindows();
let page: Page;
beforeAll(async () => {
  ({ page } = await openWindow());
});

// A dialog left open would stand before the next one.
afterEach(async () => {
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

/** A tab of the dock, not of a panel. */
const dockTab = (title: string) => page.locator('.dv-tab').getByText(title, { exact: true });

async function openFromMenu(item: string): Promise<void> {
  await page.locator('button[title$=".lobate"]').click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
}

test.each([
  ['Evaluation', 'svg'],
  ['Compare', 'p, select'],
  ['SISG gate', 'table'],
])('the panel %s of a classified field has no serious fault', async (title, sign) => {
  await dockTab(title).click();
  await page.locator(`section.panel[aria-label="${title}"]`).locator(sign).first().waitFor();
  await expectNoFaultInEitherTheme(page);
});

test.each(['Recipe…', 'Models…', 'Train a model…', 'Save a copy to share…', 'About Lobate'])(
  'the dialog %s has no serious fault',
  async (item) => {
    await openFromMenu(item);
    await expectNoFaultInEitherTheme(page);
  },
);

test('the menu of the field has no serious fault', async () => {
  await page.locator('button[title$=".lobate"]').click();
  await page.getByRole('menuitem', { name: 'Models…' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

test('the export dialog has no serious fault', async () => {
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});
