import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { expectNoFaultInEitherTheme, seriousFaults } from './serious-faults.ts';
import type { ServedApp } from './served-app.ts';
import { serveApp } from './served-app.ts';

let browser: Browser;
let app: ServedApp;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-accessible-'));
  app = await serveApp(['--demo'], { LOBATE_CACHE: folder });
  browser = await launchBrowser();
  await app.summary;
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(app.tokenUrl);
  await page.locator('.table__body .table__row').first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

// A dialog left open would stand before the next one.
afterEach(async () => {
  await page.reload();
  await page.locator('.table__body .table__row').first().waitFor();
});

/** A tab of the dock, not of a panel. */
const dockTab = (title: string) => page.locator('.dv-tab').getByText(title, { exact: true });

async function openFromMenu(item: string): Promise<void> {
  await page.locator('button[title$=".lobate"]').click();
  await page.getByRole('menuitem', { name: item }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
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

test('the export dialog has no serious fault', async () => {
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});
