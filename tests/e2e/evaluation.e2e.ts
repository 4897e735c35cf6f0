import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { madeUpWindows } from './page/made-up-window.ts';

/** The evaluation panel on made-up data whose truth is known. */
const openWindow = madeUpWindows();
let page: Page;

beforeAll(async () => {
  ({ page } = await openWindow({ hasLabels: true }));
  await page.locator('.table__body .table__row').first().waitFor();
});

/** The panel as it is when the field is opened, whatever the test before left: at 0.5, corrected, with nothing chosen. */
beforeEach(async () => {
  await page.keyboard.press('Escape');
  await page.locator('.dv-tab', { hasText: 'Evaluation' }).click();
  await page.locator('.evaluation__figure svg').waitFor();
  const clear = page.locator('.evaluation__subset').getByRole('button', { name: 'clear' });
  if ((await clear.count()) > 0) await clear.click();
  await clear.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Only the/ }).waitFor({ state: 'detached' });
  await page.getByLabel('How recovered components count', { exact: true }).selectOption('moved');
  await page.locator('#threshold').fill('0.5');
  await page.locator('#threshold').blur();
});

const showFigure = (name: string) => page.getByLabel('Figure', { exact: true }).selectOption(name);
const listed = async (): Promise<number> =>
  Number(
    (await page.getByRole('button', { name: /^Only the/ }).innerText())
      .replace(/^Only the ([\d,]+).*/, '$1')
      .replaceAll(',', ''),
  );

/** Drags over the figure between two shares of its width. */
async function brush(from: number, to: number): Promise<void> {
  const box = (await page.locator('.evaluation__figure').boundingBox())!;
  const at = (share: number) => [box.x + share * box.width, box.y + 80] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 3 });
  await page.mouse.up();
}

async function saved(item: string, which = 0): Promise<Buffer> {
  await page.getByLabel('Save the figure').click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).nth(which).click();
  return readFile(await (await coming).path());
}

describe('figures and sources', () => {
  test('a click on the number in a cell of a confusion matrix lists as many sources', async () => {
    await showFigure('matrices');
    const count = page.locator('.evaluation__figure text', { hasText: /^[\d,]+$/ }).nth(1);
    const written = Number((await count.innerHTML()).replaceAll(',', ''));
    // When the intervals arrive the figure is drawn anew, its numbers in the same places.
    let box: Awaited<ReturnType<typeof count.boundingBox>> = null;
    await expect.poll(async () => (box = await count.boundingBox())).not.toBeNull();
    await page.mouse.click(box!.x + box!.width / 2, box!.y + box!.height / 2);
    expect(await listed()).toBe(written);
    await page.getByText(`${written} selected`).waitFor();
  });

  test('scores that are dragged over are chosen, and shown against all sources', async () => {
    await showFigure('scores');
    await brush(0.5, 0.9);
    const chosen = await listed();
    expect(chosen).toBeGreaterThan(10);
    const line = page.locator('.evaluation__subset');
    expect(await line.innerText()).toContain(`Selection ${chosen} sources`);
    expect(await page.locator('.evaluation__caption').innerText()).toContain('Dotted or open: the selection');
    await showFigure('matrices');
    await page.locator('.evaluation__figure text', { hasText: 'Selection' }).waitFor();
    await line.getByRole('button', { name: 'clear' }).click();
    await expect.poll(() => line.count()).toBe(0);
  });

  test('a column of the catalogue serves as property, and a click on a bin lists its sources', async () => {
    await showFigure('property');
    await page.getByLabel('Property', { exact: true }).selectOption({ label: 'Maj' });
    await page.locator('.evaluation__figure text', { hasText: 'Maj [arcsec]' }).waitFor();
    await page.locator('.evaluation__figure .property-bin rect, rect.property-bin').first().click();
    expect(await listed()).toBeGreaterThan(0);
  });
});

describe('a threshold from what it gives or costs', () => {
  const openWishes = () => page.getByLabel('Threshold from what it should give or cost').click();

  test('at most fifty sources flags no more', async () => {
    await openWishes();
    const line = page.locator('.threshold-wishes__line', { hasText: 'sources' });
    await line.getByRole('textbox').fill('50');
    await line.getByRole('button', { name: 'Set' }).click();
    await expect
      .poll(async () => Number(await page.locator('.threshold__flagged').innerText()))
      .toBeLessThanOrEqual(50);
    expect(Number(await page.locator('#threshold').inputValue())).toBeGreaterThan(0.5);
  });

  test('a recall that gated sources forbid says why and cannot be set', async () => {
    await page.getByLabel('How recovered components count', { exact: true }).selectOption('raw');
    await openWishes();
    const line = page.locator('.threshold-wishes__line', { hasText: 'Recall' });
    await line.getByRole('textbox').fill('1');
    await line.getByText('Not to be had').waitFor();
    expect(await line.getByRole('button', { name: 'Set' }).isDisabled()).toBe(true);
  });
});

describe('two runs on the same sources', () => {
  test('sources that change their class are counted and listed, with every metric of both and the difference', async () => {
    await page.locator('.dv-tab', { hasText: 'Compare' }).click();
    const said = Number((await page.locator('.comparison__flipped strong').innerText()).replaceAll(',', ''));
    await page.locator('.comparison__table td', { hasText: 'Average precision' }).waitFor();
    expect(await page.locator('.comparison__table tbody tr').count()).toBe(8);
    await page.getByText(/^McNemar: [\d,]+ rows/).waitFor();
    await page.getByRole('button', { name: 'Show all of them' }).click();
    expect(await listed()).toBe(said);
  });
});

describe('another file', () => {
  test('a project that is given by its path is compared with, says how its sources were found, and can be forgotten', async () => {
    await page.locator('.dv-tab', { hasText: 'Compare' }).click();
    await page.getByLabel('Run to compare with').selectOption({ label: 'another project or list…' });
    await page.getByLabel('Path of the project or list to compare with').fill('/data/other.lobate');
    await page.getByRole('button', { name: 'Compare' }).click();
    const line = page.getByText('other.lobate: 2,997 of 3,000 sources found in it, 7 of them by position');
    await line.waitFor();
    await page.locator('.comparison__table td', { hasText: 'Average precision' }).waitFor();
    await page.getByText(/was trained on is not known here/).waitFor();
    await page.getByRole('button', { name: 'forget' }).click();
    await line.waitFor({ state: 'detached' });
    await page.locator('.comparison__flipped').waitFor();
  });
});

describe('a saved figure', () => {
  test('has the width of a column in SVG and PDF, 600 dots per inch as PNG, and its numbers as CSV', async () => {
    await showFigure('roc');
    const svg = (await saved('SVG')).toString();
    expect(svg).toContain('width="84mm"');
    expect(svg).toContain('<desc>Receiver operating characteristic');
    const pdf = (await saved('PDF', 1)).toString('latin1');
    const [, width] = /\/MediaBox \[0 0 ([\d.]+)/.exec(pdf)!;
    // Whole pixels of a browser are 0.26 mm.
    expect(Math.abs((Number(width) / 72) * 25.4 - 174)).toBeLessThan(0.3);
    // The curves are coloured by threshold: their colours must be in the file.
    expect(new Set(pdf.match(/^[\d.]+ [\d.]+ [\d.]+ RG$/gm)).size).toBeGreaterThan(20);
    const png = await saved('PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(Math.abs(png.readUInt32BE(16) - (84 / 25.4) * 600)).toBeLessThan(6);
    expect(png.includes('pHYs')).toBe(true);
    const csv = (await saved('Numbers')).toString();
    expect(csv.split('\r\n')[0]).toBe('threshold,fpr,tpr_corrected,tpr_uncorrected');
  });
});
