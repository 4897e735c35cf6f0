import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core calls serious or critical, as sentences with the elements meant. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join()} ${failureSummary}`));
}

/** In the theme the window opens with, and in the other. */
export async function expectNoFaultInEitherTheme(page: Page): Promise<void> {
  expect(await seriousFaults(page)).toEqual([]);
  const isDark = (await page.locator('html').getAttribute('data-mantine-color-scheme')) === 'dark';
  // By its own button, also from under a dialog: figures are drawn in the colours of the theme they hear of.
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('button[aria-label$=" theme"]')?.click());
  await page.locator(`html[data-mantine-color-scheme="${isDark ? 'light' : 'dark'}"]`).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
}
