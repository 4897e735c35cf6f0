import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { launchBrowser } from './browser.ts';
import { pictureFolder } from './pictures.ts';
import type { ServedApp } from './served-app.ts';
import { connectBeside, serveApp } from './served-app.ts';

let browser: Browser;
let folder: string;
let app: ServedApp | undefined;

beforeAll(async () => {
  mkdirSync(pictureFolder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'lobate-data-'));
  browser = await launchBrowser();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The app with a folder of data to start in, and a window on it. */
async function openWindow(data: string, args: readonly string[] = []): Promise<Page> {
  app = await serveApp(args, { LOBATE_CACHE: join(folder, 'cache'), INIT_CWD: data });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(app.tokenUrl);
  return page;
}

/** The window in both themes, and at the smallest size it is made for. */
async function takePictures(page: Page, name: string): Promise<void> {
  const theme = page.locator('html');
  const present = await theme.getAttribute('data-mantine-color-scheme');
  for (const scheme of ['dark', 'light']) {
    await theme.evaluate((element, wanted) => element.setAttribute('data-mantine-color-scheme', wanted), scheme);
    await page.screenshot({ path: join(pictureFolder, `${name}-${scheme}.png`) });
  }
  await theme.evaluate(
    (element, wanted) => element.setAttribute('data-mantine-color-scheme', wanted ?? 'dark'),
    present,
  );
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: join(pictureFolder, `${name}-1024.png`) });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** A catalogue that takes a second to read: the rows of another, again and again, each time farther west. */
async function writeLongCatalogue(from: string, path: string): Promise<void> {
  const { columns, rowCount } = await readTableFile(from);
  const cell = ({ name, data }: (typeof columns)[number], row: number, copy: number): string => {
    const value = data[row]!;
    if (name === 'RA') return String(Number(value) - copy / 50);
    return name === 'Source_Name' ? `${String(value)}-${copy}` : String(value);
  };
  const lines = Array.from({ length: 10_000 * rowCount }, (_, i) =>
    columns.map((column) => cell(column, i % rowCount, Math.floor(i / rowCount))).join(','),
  );
  writeFileSync(path, [columns.map(({ name }) => name).join(','), ...lines].join('\n'));
}

function newFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

describe('a field of another survey', () => {
  test('opens with the report, classifies nothing by itself, and then with the geometry that was chosen', async () => {
    const data = newFolder('coarse');
    const { mosaics, catalogue } = writeSmallField(data, { scaleArcsec: 2.5 });
    const page = await openWindow(data, [...mosaics, catalogue]);
    const report = page.getByRole('dialog', { name: 'Before a run' });
    await report.getByText("The mosaics' pixels are not those that the model was made for.").waitFor();
    await report.getByText('through the network').waitFor();
    expect(await page.getByText('Not classified').count()).toBe(1);
    expect(app!.workerPids()).toEqual([]);
    await takePictures(page, 'preflight-held');

    await report.getByRole('button', { name: 'Classify with angular geometry' }).click();
    await report.waitFor({ state: 'detached' });
    expect(await app!.summary).toMatch(/12 sources/);
    expect(await page.getByText('Not classified').count()).toBe(0);
    await page.close();
  });

  test('left unclassified, the report can be opened again', async () => {
    const data = newFolder('unclassified');
    const { mosaics, catalogue } = writeSmallField(data, { hasLikelihoodRatios: false });
    const page = await openWindow(data, [...mosaics, catalogue]);
    const report = page.getByRole('dialog', { name: 'Before a run' });
    await report.getByText('There are no likelihood ratios, which the model takes.').waitFor();
    await report.getByRole('button', { name: 'Close' }).last().click();
    await report.waitFor({ state: 'detached' });
    expect(app!.workerPids()).toEqual([]);
    await page.getByRole('button', { name: 'Classify…' }).click();
    await report.getByRole('button', { name: 'Classify anyway' }).click();
    expect(await app!.summary).toMatch(/12 sources/);
    await page.close();
  });
});

describe('a catalogue whose columns have other names', () => {
  test('is refused by the open dialog, which shows the columns; a chosen one opens it, and the project keeps it', async () => {
    const data = newFolder('strange');
    const { catalogue } = writeSmallField(data);
    const { columns, ...table } = await readTableFile(catalogue);
    const renamed = columns.map((column) => (column.name === 'Maj' ? { ...column, name: 'fwhm_major' } : column));
    await writeTableFile(join(data, 'strange.srl.fits'), { ...table, columns: renamed });

    const page = await openWindow(data);
    await page.getByRole('button', { name: /Open a mosaic and a catalogue/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a field' });
    await dialog.getByRole('option', { name: /small-mosaic/ }).click();
    await dialog.getByRole('option', { name: /strange\.srl/ }).click();
    await dialog.getByRole('button', { name: 'Open field' }).click();
    await dialog.getByText('needed', { exact: true }).waitFor();
    await takePictures(page, 'mapping-open');

    await dialog.getByRole('combobox', { name: 'Column for Maj' }).selectOption('fwhm_major');
    await dialog.getByText('chosen').waitFor();
    expect(await dialog.getByText('needed', { exact: true }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Open field' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByText(/^Scored/).waitFor();
    await page.getByRole('button', { name: /columns…/ }).press('Enter');
    const mapping = page.getByRole('dialog', { name: 'Columns of the catalogue' });
    const maj = mapping.getByRole('combobox', { name: 'Column for Maj' });
    await expect.poll(() => maj.inputValue()).toBe('fwhm_major');
    await takePictures(page, 'mapping-project');
    const again = mapping.getByRole('button', { name: 'Read again' });
    expect(await again.isDisabled()).toBe(true);
    await mapping.getByRole('combobox', { name: 'Column for Isl_rms' }).selectOption('Peak_flux');
    await again.click();
    await mapping.waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('a field that is being opened', () => {
  test('shows its mosaics over the list of files, and the same picture in the sky before Aladin Lite has drawn', async () => {
    const data = newFolder('seen');
    const { catalogue } = writeSmallField(data);
    await writeLongCatalogue(catalogue, join(data, 'long.csv'));
    const page = await openWindow(data);
    await page.evaluate(() => {
      const places = new Map<Element, string[]>();
      Object.assign(globalThis, { places });
      new MutationObserver(() => {
        for (const canvas of document.querySelectorAll('.sky-glimpse')) {
          const place = canvas.closest('.opening-sky') === null ? 'sky' : 'dialog';
          const before = places.get(canvas) ?? [];
          if (before.at(-1) !== place) places.set(canvas, [...before, place]);
        }
      }).observe(document, { subtree: true, childList: true });
    });
    await page.getByRole('button', { name: /Open a mosaic and a catalogue/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a field' });
    await dialog.getByRole('option', { name: /small-mosaic/ }).click();
    await dialog.getByRole('option', { name: /long/ }).click();
    await dialog.getByRole('button', { name: 'Open field' }).click();
    await page.locator('.sky__map .sky-glimpse').first().waitFor();
    await page.locator('.sky-glimpse').waitFor({ state: 'detached' });
    const places = await page.evaluate(() => [
      ...(globalThis as unknown as { places: Map<Element, string[]> }).places.values(),
    ]);
    expect(places[0]).toEqual(['dialog', 'sky']);
    // 450″ over the panel’s height of some 500 pixels: 140 pixels are two minutes of arc.
    expect(await page.locator('.sky-furniture').getAttribute('aria-label')).toMatch(/^Scale bar 2′/);
    await page.close();
  });
});

describe('a cube', () => {
  test('opens at the frequency and Stokes parameter that were chosen, and shows their pixels', async () => {
    const data = newFolder('cube');
    writeSmallField(data);
    copyFileSync(new URL('../fixtures/cube.fits.gz', import.meta.url), join(data, 'cube.fits.gz'));
    const page = await openWindow(data);
    await page.getByRole('button', { name: /Open a mosaic and a catalogue/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a field' });
    await dialog.getByRole('option', { name: /cube/ }).click();
    await dialog.getByRole('option', { name: /small\.srl/ }).click();
    const frequency = dialog.getByRole('combobox', { name: 'Frequency' });
    expect(await frequency.locator('option').allTextContents()).toEqual(['143.455 MHz', '143.650 MHz', '143.845 MHz']);
    await dialog.getByRole('combobox', { name: 'Image' }).selectOption('1 WEIGHT, 300 × 300');
    expect(await frequency.count()).toBe(0);
    await dialog.getByRole('combobox', { name: 'Image' }).selectOption('0, 300 × 300 × 12');
    await frequency.selectOption('143.650 MHz');
    await dialog.getByRole('combobox', { name: 'Stokes' }).selectOption('Q');
    expect(await frequency.inputValue()).toBe('1');
    await takePictures(page, 'cube-open');

    await dialog.getByRole('button', { name: 'Open field' }).click();
    await dialog.waitFor({ state: 'detached' });
    const engine = await connectBeside(page, app!.tokenUrl);
    // Stokes Q of the second frequency is plane 5, whose pixels are 5 mJy/beam.
    expect((await engine.sky.pixel({ raDeg: 205, decDeg: 55, mosaic: null }))!.value).toBeCloseTo(5, 2);
    expect((await engine.project.current())!.notices.map(({ message }) => message).join()).not.toContain('planes');
    await page.close();
  });
});
