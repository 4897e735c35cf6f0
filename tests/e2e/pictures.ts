import { join, resolve } from 'node:path';
import { env } from 'node:process';
import type { Page } from 'playwright-core';

/** Screenshots are for people to look at; LOBATE_SCREENSHOTS names another folder for them. */
export const pictureFolder = env['LOBATE_SCREENSHOTS'] ?? resolve(import.meta.dirname, '../../out/screenshots');

/** High enough for the whole source page [CSS pixel]. */
const WHOLE_PAGE_PX = 1500;

/** The source page from its name to the last line of the open tab, as `source-<name>.png`. */
export async function pictureSourcePage(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: before.width, height: WHOLE_PAGE_PX });
  await page
    .locator('.source')
    .first()
    .screenshot({ path: join(pictureFolder, `source-${name}.png`) });
  await page.setViewportSize(before);
}
