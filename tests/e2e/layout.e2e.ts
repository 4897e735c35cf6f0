import type { Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FakeEngine } from './page/fake-engine.ts';
import { madeUpWindows } from './page/made-up-window.ts';
import { connectBeside } from './served-app.ts';

const openWindow = madeUpWindows();
let page: Page;
let engine: FakeEngine;

beforeAll(async () => {
  ({ page, engine } = await openWindow());
  await page.locator('.sky-sources').first().waitFor();
  await page.locator('.table__body .table__row').first().waitFor();
});

const tab = (title: string): Locator => page.getByRole('tab', { name: title, exact: true });

async function resetLayout(): Promise<void> {
  await page.getByRole('button', { name: 'Demo field' }).click();
  await page.getByRole('menuitem', { name: 'Panels' }).hover();
  await page.getByRole('menuitem', { name: 'Reset layout' }).click();
  await tab('Field').waitFor();
  await page.locator('.sky-sources').first().waitFor();
  await page.locator('.table__body .table__row').first().waitFor();
}
beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await resetLayout();
});

async function dragTab(title: string, target: Locator): Promise<void> {
  const from = (await tab(title).boundingBox())!;
  const to = (await target.boundingBox())!;
  await page.mouse.move(from.x + 12, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 40, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}

/** The panels as the engine was told of them. */
async function keptLayout(): Promise<string> {
  const client = await connectBeside(page, engine.url);
  return JSON.stringify((await client.session.view())?.layouts);
}

const markOfSky = (): Promise<string | undefined> =>
  page
    .locator('.sky-sources')
    .first()
    .evaluate((canvas) => (canvas as HTMLElement).dataset['mark']);

describe('the panels of the window', () => {
  test('a panel is moved by its tab, also onto the sky, and the sky that comes back is the same one', async () => {
    await page
      .locator('.sky-sources')
      .first()
      .evaluate((canvas) => ((canvas as HTMLElement).dataset['mark'] = 'first'));
    await dragTab('Field', page.locator('.sky'));
    await expect.poll(() => page.locator('.sky').count()).toBe(0);
    expect(await page.locator('section[aria-label="Field"]').isVisible()).toBe(true);
    await tab('Sky').click();
    await page.locator('.sky-sources').first().waitFor();
    expect(await markOfSky()).toBe('first');
  });

  test('the tools of a panel stand in the header of its tab, and go when another tab is in front', async () => {
    const tools = page.getByRole('group', { name: 'Sources: tools' });
    expect(await tools.isVisible()).toBe(true);
    await dragTab('Field', page.locator('section[aria-label="Sources"]'));
    await expect.poll(() => tools.count()).toBe(0);
    await tab('Sources').click();
    await tools.waitFor();
  });

  test('they stand where they were left when the window is opened again, until the layout is reset', async () => {
    await tab('Field').hover();
    await page.getByTitle(/^Close Field;/).click();
    await expect.poll(() => tab('Field').count()).toBe(0);
    // The window tells its engine when the layout has come to rest.
    await expect
      .poll(async () => (await keptLayout()).includes('"table":') && !(await keptLayout()).includes('"field":'))
      .toBe(true);
    await page.reload();
    await tab('Sources').waitFor();
    expect(await tab('Field').count()).toBe(0);
    await resetLayout();
  });

  test('a field that is seen for the first time shows its sky and its source, whatever stood in front of them before', async () => {
    await dragTab('Field', page.locator('.sky'));
    await tab('Evaluation').click();
    await expect.poll(() => page.locator('.sky').count()).toBe(0);
    // The window tells its engine when the layout has come to rest.
    await expect.poll(async () => (await keptLayout()).includes('"activeView":"evaluation"')).toBe(true);
    engine.forgetSession();
    await page.reload();
    await page.locator('.sky-sources').first().waitFor();
    expect(await tab('Source').getAttribute('aria-selected')).toBe('true');
    // Where they stand is kept all the same.
    expect(await tab('Sky').getAttribute('aria-selected')).toBe('true');
  });

  test('Ctrl+B shows and hides the field panel', async () => {
    await page.keyboard.press('Control+b');
    await expect.poll(() => tab('Field').count()).toBe(0);
    await page.keyboard.press('Control+b');
    await tab('Field').waitFor();
  });

  test('the threshold bar is 64 pixels high at every size and nothing sticks out of the window', async () => {
    for (const [width, height] of [
      [1024, 700],
      [800, 600],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.locator('.threshold').waitFor();
      const spine = page.locator('.dv-groupview:has(.threshold)');
      await expect.poll(async () => (await spine.boundingBox())?.height).toBe(64);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });
});
