import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { madeUpWindows } from './page/made-up-window.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const openWindow = madeUpWindows();
let page: Page;

async function open(isOpen: boolean): Promise<void> {
  ({ page } = await openWindow({ isOpen }));
}

/** What axe-core calls serious or critical, as sentences with the elements meant. */
async function seriousFaults(): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join()} ${failureSummary}`));
}

/** In the theme the window opens with, and in the other. */
async function expectNoFaultInEitherTheme(): Promise<void> {
  expect(await seriousFaults()).toEqual([]);
  // By its own button, also from under a dialog: figures are drawn in the colours of the theme they hear of.
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('button[aria-label$=" theme"]')?.click());
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
  expect(await seriousFaults()).toEqual([]);
}

test('the start page has no serious fault', async () => {
  await open(false);
  await page.getByText('Open the demo field').waitFor();
  await expectNoFaultInEitherTheme();
});

test('the dialog that opens a field has no serious fault', async () => {
  await open(false);
  await page.getByText('Open a mosaic and a catalogue').click();
  await page.getByRole('option', { name: 'P205+55-mosaic.fits' }).waitFor();
  await expectNoFaultInEitherTheme();
});

describe('an open field', () => {
  test('with a source on its page, every tab of it, has no serious fault', async () => {
    await open(true);
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().click();
    await page.getByText('What the model saw').waitFor();
    for (const tab of await page.locator('.source__tabs').getByRole('tab').all()) {
      await tab.click();
      expect(await seriousFaults(), await tab.innerText()).toEqual([]);
    }
    await expectNoFaultInEitherTheme();
  });

  test('its panel, with what the test of a device found and every fact, has no serious fault', async () => {
    await open(true);
    await page.locator('section[aria-label="Field"]').getByText('WebGPU is not used').waitFor();
    await expectNoFaultInEitherTheme();
  });

  test('the label queue has no serious fault', async () => {
    await open(true);
    await page.getByText('Labels', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    await page.getByText('1 of 3', { exact: true }).waitFor();
    await expectNoFaultInEitherTheme();
  });

  test('the list of keys has no serious fault, and says how to label', async () => {
    await open(true);
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Take the last label back').waitFor();
    await expectNoFaultInEitherTheme();
  });
});
