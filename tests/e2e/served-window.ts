import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchBrowser } from './browser.ts';
import { copyDemo } from './demo-field.ts';
import type { ServedApp } from './served-app.ts';
import { serveApp } from './served-app.ts';

interface ServedWindow {
  readonly page: Page;
  readonly app: ServedApp;
}

interface ServedOptions {
  /** What `lobate serve` is given, with a folder for the files it needs; the demo field where absent. */
  readonly args?: (folder: string) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Called before the page asks for anything. */
  readonly prepare?: (page: Page, app: ServedApp) => Promise<unknown>;
}

/**
 * The window, 1280 × 800, on `lobate serve`, with its field classified and drawn. Called once at the top of a test file or
 * of a describe: what is opened, in a `beforeAll` for tests that share it, is closed after the last test. Whatever is
 * opened has the same cache, in which the demo field is classified already, so a field that is opened again is the one that was there.
 */
export function servedWindows(): (options?: ServedOptions) => Promise<ServedWindow> {
  let browser: Browser;
  let folder: string;
  const served: ServedApp[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lobate-window-'));
    copyDemo(inject('demoCache'), join(folder, 'cache'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const app of served) await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return async ({ args = () => ['--demo'], environment, prepare } = {}) => {
    const places = { LOBATE_CACHE: join(folder, 'cache'), LOBATE_DATA: join(folder, 'data') };
    const app = await serveApp(args(folder), { ...places, ...environment });
    served.push(app);
    // From now on its sources keep their colours, and the engine leaves the cores to the browser.
    await app.summary;
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // It draws in software here.
    page.setDefaultTimeout(90_000);
    await prepare?.(page, app);
    await page.goto(app.tokenUrl);
    await page.locator('.table__body .table__row').first().waitFor();
    await page.locator('.sky-sources').first().waitFor();
    return { page, app };
  };
}
