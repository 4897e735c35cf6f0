import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FakeEngine } from './page/fake-engine.ts';
import { madeUpWindows } from './page/made-up-window.ts';

/** States of the window that are hard to reach with a real engine. */
const openWindow = madeUpWindows();
let engine: FakeEngine;
let page: Page;

async function open(options: { readonly isOpen: boolean; readonly isTrained: boolean }): Promise<void> {
  ({ page, engine } = await openWindow(options));
}

/** What the desktop program puts into its pages; `choose` is a click in the menu of the system. */
const standInForDesktop = (opened: Page): Promise<unknown> =>
  opened.addInitScript(() => {
    const listeners = new Set<(command: string) => void>();
    Object.assign(globalThis, {
      choose: (command: string) => listeners.forEach((listener) => listener(command)),
      desktop: {
        chooseFiles: () => Promise.resolve([]),
        pathOfDroppedFile: () => '',
        onCommand: (listener: (command: string) => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    });
  });

describe('without a field', () => {
  beforeEach(() => open({ isOpen: false, isTrained: true }));

  test('a refusal of the engine is shown as its own sentence and nothing is opened', async () => {
    await page.getByText('Open a mosaic and a catalogue').click();
    const button = page.getByRole('button', { name: 'Open field' });
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole('option', { name: 'P205+55-mosaic.fits' }).click();
    await page.getByRole('option', { name: 'P205+55.srl.fits' }).click();
    await button.click();
    await page.getByText('ends after 12,000 of 36,002,880 bytes: copy it again.').waitFor();
    await page.getByRole('button', { name: 'Copy error' }).waitFor();
    // What was said of the former choice does not stay beside the next one.
    await page.getByRole('option', { name: 'P205+55.srl.fits' }).click();
    await page.getByText('The source catalogue is still to be chosen.').waitFor();
    expect(await page.getByText('ends after').count()).toBe(0);
  });

  test('the open dialog is used without a pointer: arrows move among the files, Enter chooses', async () => {
    await page.getByText('Open a mosaic and a catalogue').waitFor();
    await page.keyboard.press('Control+o');
    const mosaic = page.getByRole('option', { name: 'P205+55-mosaic.fits' });
    await mosaic.waitFor();
    for (let step = 0; step < 20 && !(await mosaic.evaluate((row) => row === document.activeElement)); step++) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    expect(await mosaic.getAttribute('aria-selected')).toBe('true');
  });

  test('simulating the demo shows how far it is in place of the buttons', async () => {
    await page.getByText('Open the demo field').waitFor();
    engine.send({ type: 'task', label: 'Simulating the demo field', fraction: 0.37 });
    await page.getByText('37 %').waitFor();
    expect(await page.getByText('Open the demo field').count()).toBe(0);
    engine.send({ type: 'task', label: 'Simulating the demo field', fraction: 1 });
    await page.getByText('Open the demo field').waitFor();
  });
});

describe('a window of its own', () => {
  test('numbers of an untrained model are marked beside threshold, table, sky, source and model', async () => {
    await open({ isOpen: true, isTrained: false });
    await page.locator('.threshold').getByText('UNTRAINED').waitFor();
    await page.locator('.table__body .table__row').first().click();
    for (const place of ['.threshold', '.sky', '[aria-label="Sources: tools"]', 'section[aria-label="Field"]']) {
      expect(await page.locator(place).getByText('UNTRAINED').count(), place).toBeGreaterThan(0);
    }
    await page.locator('.source__probability').getByText('UNTRAINED').waitFor();
  });

  test('what is chosen in the menu of the system does what its key does', async () => {
    ({ page, engine } = await openWindow({ prepare: standInForDesktop }));
    await page.locator('.table__body .table__row').first().waitFor();
    const choose = (command: string) =>
      page.evaluate((chosen) => (globalThis as unknown as { choose: (c: string) => void }).choose(chosen), command);
    const shownThreshold = page.getByRole('slider', { name: 'Threshold on P(MC)' });
    const before = await shownThreshold.getAttribute('aria-valuenow');
    await page.locator('#threshold').fill('0.11');
    await page.locator('#threshold').blur();
    await expect.poll(() => shownThreshold.getAttribute('aria-valuenow')).toBe('0.11');
    await choose('undo');
    await expect.poll(() => shownThreshold.getAttribute('aria-valuenow')).toBe(before);
    await choose('redo');
    await expect.poll(() => shownThreshold.getAttribute('aria-valuenow')).toBe('0.11');
    for (const command of ['open', 'export', 'save-copy', 'keys', 'about']) {
      await choose(command);
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    }
  });

  test('when the engine goes, the window says so and keeps what it shows', async () => {
    await open({ isOpen: true, isTrained: true });
    await page.locator('.table__body .table__row').first().waitFor();
    await engine.close();
    await page.getByText('The engine is gone. Reconnecting').waitFor();
    expect(await page.locator('.table__body .table__row').count()).toBeGreaterThan(0);
  });

  test('an engine that was started again and does not know the window is not waited for in vain', async () => {
    await open({ isOpen: true, isTrained: true });
    await page.locator('.table__body .table__row').first().waitFor();
    await page.route('**/', (route) => route.fulfill({ status: 401, body: '' }));
    await engine.close();
    await page.getByText('does not know this window').waitFor();
    expect(await page.getByText('Reconnecting').count()).toBe(0);
  });
});

describe('with a field', () => {
  beforeAll(async () => {
    await open({ isOpen: true, isTrained: true });
    // The field is there once its rows are listed; its own threshold is adopted before.
    await page.locator('.table__body .table__row').first().waitFor();
  });
  // As it is when the field is opened, whatever the test before left.
  beforeEach(async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#goto').fill('');
    await page.locator('#threshold').fill('0.5');
    await page.locator('#threshold').blur();
    await page.getByLabel('Show which sources').selectOption('any');
    await page.keyboard.press('Escape');
    await page.getByText('No source selected').waitFor();
  });

  test('warnings about the files are counted and marked; what went as expected is said without a mark', async () => {
    const field = page.locator('section[aria-label="Field"]');
    expect(await page.getByLabel(/^1 warning/).innerText()).toBe('1');
    expect(await field.getByRole('img', { name: 'Warning' }).count()).toBe(1);
    expect(await field.innerText()).toContain('Gaussians: 3,210 of 3,210');
  });

  test('Esc deselects, but only closes a dialog that is open', async () => {
    await page.locator('.table__body .table__row').first().click();
    const row = page.getByRole('group', { name: 'Source: tools' });
    await row.waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await row.count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByText('No source selected').waitFor();
  });

  test('a dragged threshold follows the pointer to a hundredth, although the words beside it change', async () => {
    const track = page.getByRole('slider', { name: 'Threshold on P(MC)' });
    const box = (await track.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.05, box.y + 20, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 4 });
    await page.mouse.up();
    expect(await track.getAttribute('aria-valuenow')).toBe('0.9');
  });

  test('a typed threshold and the keys of the window move the same number', async () => {
    const track = page.getByRole('slider', { name: 'Threshold on P(MC)' });
    await page.locator('#threshold').fill('0.25');
    expect(await track.getAttribute('aria-valuenow')).toBe('0.25');
    await track.focus();
    await page.keyboard.press(']');
    expect(await track.getAttribute('aria-valuenow')).toBe('0.26');
  });

  test('a batch of a run colours its rows and counts them', async () => {
    const flagged = page.locator('.threshold__flagged');
    const before = Number(await flagged.innerText());
    await page.getByLabel('Show which sources').selectOption('not-flagged');
    // The order is made in a worker; the former one stands until it answers.
    await page.locator('.table__body [data-status="MC"]').first().waitFor({ state: 'detached' });
    const name = await page
      .locator('.table__body .table__row:not([data-sisg])')
      .first()
      .locator('span')
      .first()
      .innerText();
    await page.locator('#goto').fill(name);
    await page.keyboard.press('Enter');
    const row = Number((await page.getByRole('group', { name: 'Source: tools' }).innerText()).replace('row ', ''));
    engine.send({ type: 'predictions', runId: 1, rows: [row], probability: [0.97], status: ['classified'] });
    await expect.poll(async () => Number(await flagged.innerText())).toBe(before + 1);
    expect(await page.locator('.source__probability strong').innerText()).toBe('0.970');
  });

  test('what is typed into the search box goes to a row, a source or a position, or says that it is none', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('#7');
    await page.keyboard.press('Enter');
    await page.getByText('row 7', { exact: true }).waitFor();
    await page.locator('#goto').fill('no such thing');
    await page.keyboard.press('Enter');
    await page.getByText('not found').waitFor();
    await page.locator('#goto').fill('205.1 +55.1');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText('not found').count()).toBe(0);
  });
});
