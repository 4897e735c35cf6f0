import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { connectBeside } from './served-app.ts';
import { keepGlimpse, shiftOfGlimpse, untilGlimpseIsGone } from './kept-glimpse.ts';
import { servedWindows } from './served-window.ts';

const openWindow = servedWindows();

const selectedName = (page: Page): Promise<string> => page.locator('.table__row[aria-selected="true"]').innerText();
const threshold = (page: Page): Promise<string | null> =>
  page.getByRole('slider', { name: 'Threshold on P(MC)' }).getAttribute('aria-valuenow');
const filter = (page: Page) => page.getByRole('textbox', { name: 'Filter by name or condition' });
/** Whether the third of the label words is given. */
const isThirdGiven = (page: Page): Promise<string | null> =>
  page.locator('.labels__word').nth(2).getAttribute('aria-pressed');
/** Height of the whole list, most of which is not drawn. */
const rowsListed = (page: Page): Promise<string> =>
  page.locator('.table__body > div').evaluate((list) => list.style.height);

test('after kill -9 the field opens where it was: threshold, selection, filter, labels, sky, panels and theme', async () => {
  const { app, page } = await openWindow();
  const all = await rowsListed(page);
  await page.locator('.table__body .table__row').nth(2).click();
  await page.getByRole('region', { name: 'Label of this source' }).waitFor();
  await page.keyboard.press('3');
  await expect.poll(() => isThirdGiven(page)).toBe('true');
  await page.locator('#threshold').fill('0.37');
  await page.locator('#threshold').blur();
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await page.keyboard.press('Control+b');
  await filter(page).fill('Maj > 7.5');
  await filter(page).blur();
  await expect.poll(() => rowsListed(page)).not.toBe(all);
  const listed = await rowsListed(page);
  await page.getByRole('button', { name: /Light theme/ }).click();
  const selected = await selectedName(page);
  const client = await connectBeside(page, app.tokenUrl);
  await expect.poll(async () => (await client.session.view())?.threshold, { interval: 300 }).toBe(0.37);
  // Long enough for the last of the changes to be at rest and written.
  await page.waitForTimeout(3000);
  const before = await client.session.view();
  await app.kill();
  await page.close();

  const { app: again, page: reopened } = await openWindow({ prepare: keepGlimpse });
  await expect.poll(() => threshold(reopened)).toBe('0.37');
  await expect.poll(() => filter(reopened).inputValue()).toBe('Maj > 7.5');
  await expect.poll(() => rowsListed(reopened)).toBe(listed);
  await expect.poll(() => selectedName(reopened)).toBe(selected);
  await expect.poll(() => isThirdGiven(reopened)).toBe('true');
  expect(await reopened.getByRole('tab', { name: 'Field', exact: true }).count()).toBe(0);
  await expect.poll(() => reopened.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
  await untilGlimpseIsGone(reopened);
  // Where Aladin Lite has the sky's light, the picture before it had it too, to half a pixel of the screen.
  const { dx, dy, likeness } = await shiftOfGlimpse(reopened);
  expect(likeness).toBeGreaterThan(0.8);
  expect(Math.hypot(dx, dy)).toBeLessThan(0.5);
  await reopened.waitForTimeout(3000);
  const after = await (await connectBeside(reopened, again.tokenUrl)).session.view();
  expect(after?.sky?.fovDeg).toBeCloseTo(before!.sky!.fovDeg, 6);
  expect(after?.sky?.raDeg).toBeCloseTo(before!.sky!.raDeg, 6);
  expect(after?.sky?.decDeg).toBeCloseTo(before!.sky!.decDeg, 6);
  expect(after?.selectedRow).toBe(before?.selectedRow);
});
