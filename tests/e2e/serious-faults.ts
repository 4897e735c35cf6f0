import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core calls serious or critical, as sentences with the elements meant. */
export async function seriousFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  await page.evaluate(atRest);
  // Every rule is run; what passed, which is most of the page, is not written down element by element.
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join()} ${failureSummary}`));
}

/** What fades in has the contrast of half of it: waits for transitions, not for what turns as long as it is there. */
async function atRest(): Promise<void> {
  const nextFrame = (): Promise<number> => new Promise((shown) => requestAnimationFrame(shown));
  const ending = (): Animation[] =>
    document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
  // A dialog begins to fade in the frame after the one that it is put in.
  for (let quiet = 0; quiet < 2; quiet++) {
    await nextFrame();
    const moving = ending();
    if (moving.length > 0) quiet = -1;
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
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
