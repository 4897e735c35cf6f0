import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { madeUpWindows } from './page/made-up-window.ts';
import { expectNoFaultInEitherTheme, seriousFaults } from './serious-faults.ts';

const openWindow = madeUpWindows();
let page: Page;

// A dialog left open would stand before the next test.
afterEach(async () => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

describe('without a field', () => {
  beforeAll(async () => {
    ({ page } = await openWindow({ isOpen: false }));
  });

  test('the start page has no serious fault', async () => {
    await page.getByText('Open the demo field').waitFor();
    await expectNoFaultInEitherTheme(page);
  });

  test('the dialog that opens a field has no serious fault', async () => {
    await page.getByText('Open a mosaic and a catalogue').click();
    await page.getByRole('option', { name: 'P205+55-mosaic.fits' }).waitFor();
    await expectNoFaultInEitherTheme(page);
  });
});

describe('an open field', () => {
  beforeAll(async () => {
    ({ page } = await openWindow());
    await page.locator('.table__body .table__row').first().waitFor();
  });

  test('with a source on its page, every tab of it, has no serious fault', async () => {
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().click();
    await page.getByText('What the model saw').waitFor();
    for (const tab of await page.locator('.source__tabs').getByRole('tab').all()) {
      await tab.click();
      expect(await seriousFaults(page), await tab.innerText()).toEqual([]);
    }
    await expectNoFaultInEitherTheme(page);
  });

  test('its panel, with what the test of a device found and every fact, has no serious fault', async () => {
    await page.locator('section[aria-label="Field"]').getByText('WebGPU is not used').waitFor();
    await expectNoFaultInEitherTheme(page);
  });

  test('the label queue has no serious fault', async () => {
    await page.getByText('Labels', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    await page.getByText('1 of 3', { exact: true }).waitFor();
    await expectNoFaultInEitherTheme(page);
  });

  test('the list of keys has no serious fault, and says how to label', async () => {
    await page.getByRole('tab', { name: 'Sources', exact: true }).click();
    await page.getByRole('listbox', { name: 'Sources' }).getByRole('option').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Take the last label back').waitFor();
    await expectNoFaultInEitherTheme(page);
  });
});
