import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { copyDemo } from './demo-field.ts';
import { pictureFolder } from './pictures.ts';
import type { ServedApp } from './served-app.ts';
import { connectClient, serveApp } from './served-app.ts';

let browser: Browser;
let folder: string;
const environment = (): Record<string, string> => ({ LOBATE_CACHE: join(folder, 'cache') });

beforeAll(async () => {
  mkdirSync(pictureFolder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'lobate-labels-'));
  copyDemo(inject('demoCache'), join(folder, 'cache'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever a test leaves running holds the project. */
const running = new Set<ServedApp>();
afterEach(async () => {
  for (const app of running) await app.stop();
  running.clear();
});

/** The window draws its sky in software here. */
const PATIENCE = { timeout: 20_000 };

async function openDemo(): Promise<{ app: ServedApp; page: Page }> {
  const app = await serveApp(['--demo'], environment());
  running.add(app);
  await app.summary;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(app.tokenUrl);
  await page.getByRole('region', { name: 'Label of this source' }).waitFor({ timeout: 120_000 });
  return { app, page };
}

const nameOn = (page: Page): Promise<string> => page.locator('.source__name').innerText();
const given = (page: Page, word: string) => page.getByRole('button', { name: word, exact: true });

describe('an evening of labelling', () => {
  test('needs no mouse: a digit labels and goes on, the arrow comes back, u takes back, and all of it survives kill -9', async () => {
    const { app, page } = await openDemo();
    // Where the source page lies behind another tab, the queue brings it to the front.
    await page.getByRole('tab', { name: 'Evaluation' }).click();
    await page.locator('.source__name').waitFor({ state: 'hidden' });
    await page.keyboard.press('l');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), PATIENCE).toBe('Begin');
    await page.keyboard.press('Enter');
    await page.getByText(/^1 of \d+/).waitFor();
    await page.locator('.source__name').waitFor();
    const first = await nameOn(page);
    await page.keyboard.press('1');
    await page.getByText(/^2 of \d+/).waitFor();
    await expect.poll(() => nameOn(page), PATIENCE).not.toBe(first);
    const second = await nameOn(page);
    await page.keyboard.press('2');
    await page.getByText(/^3 of \d+/).waitFor();

    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => nameOn(page), PATIENCE).toBe(second);
    expect(await given(page, 'S').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('u');
    await expect.poll(() => given(page, 'S').getAttribute('aria-pressed'), PATIENCE).toBe('false');
    // Keys that label are letters of the note while it is written.
    await page.keyboard.press('a');
    await page.keyboard.type('as 2 lobes');
    await page.keyboard.press('Enter');
    // It shows again when it is on disk.
    const note = page.getByRole('textbox', { name: 'Note on this source' });
    await expect.poll(() => note.inputValue(), PATIENCE).toBe('as 2 lobes');
    await page.keyboard.press('.');
    await page.getByRole('tab', { name: 'Why', selected: true }).waitFor();
    await page.keyboard.press(',');
    await page.keyboard.press('3');
    await page.getByText(/^3 of \d+/).waitFor();
    await page.screenshot({ path: join(pictureFolder, 'label-queue.png') });
    // What the window shows as labelled is on disk already: nothing is said to the engine before it dies.
    await app.kill();
    await page.close();

    const again = await serveApp(['--demo'], environment());
    running.add(again);
    await again.summary;
    const client = await connectClient(again.tokenUrl);
    const { statements, defaultLabeller } = await client.labels.state({});
    expect(statements.map(({ word }) => word).sort()).toEqual(['MC', 'blend']);
    expect(statements.map(({ note }) => note).sort()).toEqual(['', 'as 2 lobes']);
    expect(statements.every(({ labeller }) => labeller === defaultLabeller)).toBe(true);
    await again.stop();
  });
});

test('a group is changed with one key per component, kept, and drawn from the project after a restart', async () => {
  const { app, page } = await openDemo();
  await page.getByRole('tab', { name: 'Group' }).click();
  const components = page.getByRole('checkbox', { name: /is a component$/ });
  await components.first().waitFor();
  const before = await components.nth(0).isChecked();
  await page.keyboard.press('q');
  await expect.poll(() => components.nth(0).isChecked(), PATIENCE).toBe(!before);
  await page.keyboard.press('w');
  await page.keyboard.press('g');
  await page.getByText(/^Kept: ILTJ/).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/^Kept: ILTJ/).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+z');
  await page.getByText(/^Kept: ILTJ/).waitFor();
  await page.screenshot({ path: join(pictureFolder, 'association-candidate.png') });
  const members = await components.evaluateAll(
    (boxes) => boxes.filter((box) => (box as HTMLInputElement).checked).length,
  );
  await page.close();
  await app.stop();

  const again = await openDemo();
  await again.page.getByRole('tab', { name: 'Group' }).click();
  await again.page.getByText(/^Kept: ILTJ/).waitFor();
  expect(await again.page.getByRole('checkbox', { name: /is a component$/, checked: true }).count()).toBe(members);
  await again.page.close();
  await again.app.stop();
});
