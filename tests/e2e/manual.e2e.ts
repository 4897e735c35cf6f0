import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { pictureFolder } from './pictures.ts';
import { servedWindows } from './served-window.ts';

/**
 * Takes the pictures of docs/manual from the program as it is, walking through it as the pages do. Into the manual itself
 * with LOBATE_MANUAL=1: `LOBATE_MANUAL=1 npm run test:e2e -- manual`.
 */
const folder =
  env['LOBATE_MANUAL'] === '1'
    ? resolve(import.meta.dirname, '../../docs/manual/pictures')
    : join(pictureFolder, 'manual');
/** Pictures travel with every copy of the program's sources. */
const LARGEST_BYTES = 200_000;

const openWindow = servedWindows();
let page: Page;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  ({ page } = await openWindow({
    environment: { SAMP_HUB: 'std-lockurl:file:///nowhere' },
    prepare: (opened) => Promise.resolve(opened.on('requestfinished', () => answered++)),
  }));
});

/** Requests that came back so far: tiles of the sky are among them. */
let answered = 0;

async function picture(name: string, of: Page | Locator = page): Promise<void> {
  // Dialogs fade in and figures are drawn a frame later: a picture of half a dialog teaches nobody anything.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const path = join(folder, `${name}.jpg`);
  await of.screenshot({ path, type: 'jpeg', quality: 72 });
  expect(statSync(path).size, name).toBeLessThan(LARGEST_BYTES);
}

test('the window shows what the pages of the manual show', async () => {
  await page.getByText('What the model saw').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('section canvas').length >= 4);
  // The tiles of the sky come one after the other; a picture of black would teach nobody anything.
  let before = -1;
  await expect
    .poll(
      () => {
        const isQuiet = answered === before;
        before = answered;
        return isQuiet;
      },
      { interval: 1500 },
    )
    .toBe(true);
  await picture('window');
  await picture('sky', page.locator('.sky').first());
  await picture('threshold', page.locator('.threshold').first());
  await page.setViewportSize({ width: 1280, height: 1100 });
  await picture('source', page.locator('.source').first());

  await page.getByRole('tab', { name: 'Why' }).click();
  await page.getByText('Image only').waitFor();
  await page.setViewportSize({ width: 1280, height: 2000 });
  await picture('why', page.locator('.source').first());
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('tab', { name: 'Labels', exact: true }).click();
  await page.getByRole('textbox', { name: 'Labels are signed' }).fill('vera');
  await picture('labels');
  await page.getByRole('tab', { name: 'Sources', exact: true }).click();

  await page.getByRole('tab', { name: 'Evaluation', exact: true }).click();
  const beside = page.getByLabel('Beside the catalogue');
  await beside.selectOption({ label: 'P180+50.components.fits' });
  await page.locator('.evaluation__figure svg').waitFor();
  await picture('evaluation');
  await page.getByRole('tab', { name: 'Source', exact: true }).click();

  await page.getByText('Export…').click();
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
  await picture('export', page.getByRole('dialog', { name: 'Export' }));
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Other programs (SAMP)' }).click();
  await page.getByRole('dialog', { name: 'Other programs' }).waitFor();
  await picture('samp', page.getByRole('dialog', { name: 'Other programs' }));
  await page.keyboard.press('Escape');
});
