import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasRealdata, realdataPath } from '../realdata.ts';
import { launchBrowser } from './browser.ts';
import { copySimulatedDemo } from './demo-field.ts';
import { pictureFolder, pictureSourcePage } from './pictures.ts';
import type { ServedApp } from './served-app.ts';
import { serveApp } from './served-app.ts';

interface OpenPage {
  readonly page: Page;
  /** Requests to anything but the engine, and whatever the page itself complained about. */
  readonly external: string[];
  readonly complaints: string[];
}

async function openPage(
  browser: Browser,
  app: ServedApp,
  viewport: { width: number; height: number },
): Promise<OpenPage> {
  const page = await browser.newPage({ viewport });
  const external: string[] = [];
  const complaints: string[] = [];
  const { host } = new URL(app.tokenUrl);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) external.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) external.push(socket.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Aladin asks for an Allsky file that a HiPS need not have; the browser logs the 404 by itself.
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
  });
  await page.goto(app.tokenUrl);
  return { page, external, complaints };
}

const flaggedIn = async (page: Page): Promise<number> =>
  Number((await page.locator('.threshold__flagged').innerText()).replace(/\D/g, ''));

let browser: Browser;
let folder: string;
const environment = (): Record<string, string> => ({ LOBATE_CACHE: join(folder, 'cache') });

beforeAll(async () => {
  mkdirSync(pictureFolder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'lobate-app-'));
  copySimulatedDemo(inject('demoCache'), join(folder, 'cache'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the demo field, as a newcomer meets it', () => {
  let app: ServedApp;
  let opened: OpenPage;

  beforeAll(async () => {
    app = await serveApp(['--demo'], environment());
    opened = await openPage(browser, app, { width: 1280, height: 800 });
    await app.summary;
  });
  afterAll(() => app.stop());

  test('the summary line counts sources, SISG and flagged ones, and the window shows the same', async () => {
    const line = await app.summary;
    const [, sources, sisg, flagged] = /([\d,]+) sources, ([\d,]+) SISG, ([\d,]+) flagged at/.exec(line)!;
    const { page } = opened;
    await page.locator('.threshold__flagged').waitFor();
    await expect.poll(() => flaggedIn(page)).toBe(Number(flagged!.replaceAll(',', '')));
    const field = page.getByText('SISG', { exact: true }).first().locator('..');
    expect(await field.innerText()).toContain(sisg);
    expect(await page.locator('body').innerText()).toContain(sources);
    expect(line).not.toContain('UNTRAINED');
    expect(await page.getByText('UNTRAINED').count()).toBe(0);
  });

  test('it opens on a source with its page filled: probability, three channels, its neighbours', async () => {
    const { page } = opened;
    await page.getByText('What the model saw').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('section canvas').length >= 4);
    await page.screenshot({ path: join(pictureFolder, 'demo-dark.png') });
  });

  test('a higher threshold flags fewer sources, by keyboard as by number', async () => {
    const { page } = opened;
    const slider = page.getByRole('slider', { name: 'Threshold on P(MC)' });
    await slider.focus();
    const before = await flaggedIn(page);
    await slider.press('PageUp');
    await expect.poll(() => flaggedIn(page)).toBeLessThanOrEqual(before);
    await slider.press('End');
    expect(await slider.getAttribute('aria-valuenow')).toBe('1');
    await slider.press('Home');
    await expect.poll(() => flaggedIn(page)).toBeGreaterThan(before);
  });

  test('the 32 features of a source are listed with their units', async () => {
    const { page } = opened;
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().click();
    await page.getByRole('tab', { name: /Features/ }).click();
    const features = page.getByRole('tabpanel').filter({ hasText: 'NN3_flux_ratio' }).last();
    await expect.poll(async () => (await features.innerText()).includes('NN3_flux_ratio')).toBe(true);
    expect(await features.innerText()).toMatch(/″|arcsec/);
    await pictureSourcePage(page, 'demo-dark');
  });

  test('a smaller Maj in the SISG gate is counted at once, chooses its sources, and is taken back', async () => {
    const { page } = opened;
    await page
      .locator('section[aria-label="Field"]')
      .getByTitle(/^Small, isolated/)
      .click();
    const gate = page.locator('section[aria-label="SISG gate"]');
    const change = gate.getByRole('region', { name: 'What these thresholds change' });
    await change.getByText('were made with these thresholds').waitFor();
    const maj = gate.getByLabel('Largest Maj of a small source, in arcsec');
    await maj.fill('10');
    const ceasing = change.getByRole('button', { name: /^[\d,]+$/ });
    await change.getByText('stay as they are').waitFor();
    const rows = await ceasing.innerText();
    await ceasing.click();
    await page.getByText(`Only the ${rows} chosen`).waitFor();
    await maj.blur();
    await page.keyboard.press('Control+z');
    await change.getByText('were made with these thresholds').waitFor();
    expect(await maj.inputValue()).toBe('15');
    await page.getByText(`Only the ${rows} chosen`).click();
    await page.getByRole('tab', { name: 'Source', exact: true }).click();
  });

  test('the exported list holds exactly the flagged rows, with every input column before ours', async () => {
    const { page } = opened;
    const slider = page.getByRole('slider', { name: 'Threshold on P(MC)' });
    await slider.focus();
    await slider.press('Home');
    for (let step = 0; step < 5; step++) await slider.press('PageUp');
    const flagged = await flaggedIn(page);
    await page.getByText('Export…').click();
    await page.getByLabel('Format').selectOption('csv');
    await page.screenshot({ path: join(pictureFolder, 'export.png') });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const path = join(folder, 'flagged.csv');
    await download.saveAs(path);
    const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/);
    expect(lines.length - 1).toBe(flagged);
    expect(lines[0]!.startsWith('Source_Name,RA,')).toBe(true);
    expect(lines[0]).toContain('mc_probability,mc_prediction,mc_status,sisg,valid_fraction,mosaic');
  });

  test('nothing leaves the machine, and the page has no complaint, in either theme and at every size', async () => {
    const { page, external, complaints } = opened;
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(pictureFolder, `demo-${width}.png`) });
      // Nothing sticks out sideways: a page that scrolls has clipped something.
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.getByRole('button', { name: /theme/i }).click();
    await page.screenshot({ path: join(pictureFolder, 'demo-light.png') });
    await pictureSourcePage(page, 'demo-light');
    expect(external).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('a second start opens the same field from its project without computing anything again', async () => {
  const app = await serveApp(['--demo'], environment());
  await app.summary;
  expect(app.workerPids()).toEqual([]);
  await app.stop();
});

describe.skipIf(!hasRealdata('08_LoTSS_DR1_cutouts'))('a real piece of LoTSS DR1', () => {
  test('is shown with 12,093 sources, 27 of them on the piece and 7,009 SISG', async () => {
    const app = await serveApp(
      [
        ...['--project', join(folder, 'real.lobate')],
        realdataPath('08_LoTSS_DR1_cutouts', 'P205+55-mosaic.fits'),
        realdataPath('08_LoTSS_DR1_cutouts', 'catalog_shimwell_reduced.srl.fits'),
      ],
      environment(),
    );
    const { page, external, complaints } = await openPage(browser, app, { width: 1440, height: 900 });
    // This catalogue has no likelihood ratios: the run waits until that was seen.
    const report = page.getByRole('dialog', { name: 'Before a run' });
    await report.getByText('There are no likelihood ratios, which the model takes.').waitFor();
    expect(await report.getByRole('button', { name: /^Classify with compact-no-lr/ }).count()).toBe(1);
    await report.getByRole('button', { name: 'Classify anyway' }).click();
    expect((await app.summary).replaceAll(',', '')).toMatch(/12093 sources 7009 SISG/);
    const body = page.locator('body');
    await expect.poll(async () => (await body.innerText()).includes('12,093')).toBe(true);
    await expect.poll(async () => (await body.innerText()).includes('7,009')).toBe(true);
    const onMosaics = page.getByText(/On mosaics?/).locator('..');
    expect(await onMosaics.innerText()).toMatch(/\b27\b/);
    await page.waitForTimeout(3000);
    await page.screenshot({ path: join(pictureFolder, 'real-dr1.png') });
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().click();
    await pictureSourcePage(page, 'real-dr1');
    expect(external).toEqual([]);
    expect(complaints).toEqual([]);
    await app.stop();
  });
});

test('the first page, where the sky is made before there is a field, has no complaint', async () => {
  const app = await serveApp([], environment());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  const blank = page.waitForResponse((response) => response.url().endsWith('/hips/blank/properties'));
  await page.goto(app.tokenUrl);
  expect((await blank).status()).toBe(200);
  await page.getByRole('button', { name: 'Open the demo field' }).waitFor();
  // An engine of the sky that fails is made again at once, and fails again.
  await page.waitForLoadState('networkidle');
  expect(complaints).toEqual([]);
  await page.close();
  await app.stop();
});

test('an address without its token says how to get one, and shows nothing of the field', async () => {
  const app = await serveApp([], environment());
  const page = await browser.newPage();
  const answer = await page.goto(new URL(app.tokenUrl).origin);
  expect(answer!.status()).toBe(401);
  expect(await page.locator('body').innerText()).toMatch(/address|token/i);
  await page.close();
  await app.stop();
});

/** Where the window was built to; the tests need it there before they start. */
test('the window that is served is the one that was built', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../../out/renderer/index.html'), 'utf8')).toContain('Lobate');
});
