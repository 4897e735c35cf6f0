import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSmallField } from '../engine/small-field.ts';
import { hasPeer } from '../peers.ts';
import type { RealHub, Snooper } from '../services/samp/real-hub.ts';
import { sendWithJsamp, startHub, startSnooper } from '../services/samp/real-hub.ts';
import { launchBrowser } from './browser.ts';
import type { ServedApp } from './served-app.ts';
import { serveApp } from './served-app.ts';

describe.skipIf(!hasPeer('jsamp'))('the window beside other programs, over the hub of TOPCAT', () => {
  let browser: Browser;
  let folder: string;
  let hub: RealHub;
  let snooper: Snooper;
  let app: ServedApp;
  let page: Page;
  const catalogue = (): string => join(folder, 'data', 'small.srl.fits');
  const panel = () => page.getByRole('dialog', { name: 'Other programs' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lobate-samp-window-'));
    mkdirSync(join(folder, 'data'));
    const { mosaics } = writeSmallField(join(folder, 'data'));
    browser = await launchBrowser();
    hub = await startHub();
    const environment = { LOBATE_CACHE: join(folder, 'cache'), ...hub.environment };
    app = await serveApp([...mosaics, catalogue()], environment);
    await app.summary;
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(app.tokenUrl);
    await page.locator('.table__body .table__row').first().waitFor();
    snooper = startSnooper(hub.environment);
    await snooper.until('hub.event');
  });
  afterAll(async () => {
    await snooper.stop();
    await app.stop();
    await hub.stop();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('says nothing to anybody until it is connected, then shows who is there', async () => {
    await page.locator('.table__body .table__row').nth(1).click();
    await page.getByRole('button', { name: 'Other programs (SAMP)' }).click();
    await panel().getByText('Nothing is sent or received until you connect').waitFor();
    await panel().getByRole('button', { name: 'Connect', exact: true }).click();
    await panel().getByText('Connected with').waitFor();
    expect(await panel().innerText()).toContain('Snooper');
    expect(await snooper.until('Lobate')).not.toContain('"samp.mtype": "coord.pointAt.sky"');
  });

  test('sends the list that the table shows, and the source that is clicked', async () => {
    await panel()
      .getByRole('button', { name: /What the table shows/ })
      .click();
    await snooper.until('"samp.mtype": "table.load.votable"', '"table-id": "lobate-');
    await page.keyboard.press('Escape');
    await page.locator('.table__body .table__row').nth(3).click();
    await snooper.until('"samp.mtype": "table.highlight.row"', '"samp.mtype": "coord.pointAt.sky"');
  });

  test('selects the source whose row is highlighted in TOPCAT', async () => {
    const url = pathToFileURL(catalogue()).href;
    await sendWithJsamp(hub.environment, 'table.highlight.row', { url, row: '6' });
    const selected = page.locator('.table__row[aria-selected="true"]');
    await expect.poll(() => selected.innerText()).toContain('ILTJ small 6');
    await sendWithJsamp(hub.environment, 'table.highlight.row', { url, row: '2' });
    await expect.poll(() => selected.innerText()).toContain('ILTJ small 2');
  });

  test('lays a table that PyBDSF sends beside the open mosaic, to be opened as another field', async () => {
    copyFileSync(catalogue(), join(folder, 'tmpx71k'));
    const url = pathToFileURL(join(folder, 'tmpx71k')).href;
    await sendWithJsamp(hub.environment, 'table.load.fits', { url, name: 'PyBDSF srl table' });
    await page.getByText('offers the table “PyBDSF srl table”').waitFor();
    await page.getByRole('button', { name: 'Other programs (SAMP)' }).click();
    await panel().getByRole('button', { name: 'Open…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a field' });
    await dialog.getByText('PyBDSF_srl_table.fits').waitFor();
    await dialog.getByText('small-mosaic.fits').first().waitFor();
    await dialog.getByRole('button', { name: 'Open field' }).click();
    const title = page.locator('.title-bar');
    await expect.poll(() => title.innerText()).toContain('PyBDSF_srl_table');
  });
});
