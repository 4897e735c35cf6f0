import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../browser.ts';
import type { FakeEngine, FakeEngineOptions } from './fake-engine.ts';
import { startFakeEngine } from './fake-engine.ts';

const rendererFolder = resolve(import.meta.dirname, '../../../out/renderer');

interface MadeUpWindow {
  readonly page: Page;
  readonly engine: FakeEngine;
}
interface Closable {
  readonly close: () => Promise<void>;
}
/** What differs from a field of a trained model without labels. */
interface MadeUpOptions extends Partial<Omit<FakeEngineOptions, 'port' | 'rendererFolder'>> {
  /** Called before the page asks for anything. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/**
 * The window alone, 1280 × 800, on an engine of made-up data that speaks the real contract. Called once at the top of a
 * test file: one browser serves the file. What a test opens is closed after it; what is opened in a `beforeAll`, for tests
 * that share it, after the last one.
 */
export function madeUpWindows(): (options?: MadeUpOptions) => Promise<MadeUpWindow> {
  let browser: Browser;
  const shared: Closable[] = [];
  const ofTest: Closable[] = [];
  let opened = shared;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await closeAll(shared);
    await browser.close();
  });
  beforeEach(() => void (opened = ofTest));
  afterEach(async () => {
    await closeAll(ofTest);
    opened = shared;
  });
  return async ({ prepare, ...options } = {}) => {
    const engine = await startFakeEngine({ port: 0, rendererFolder, isOpen: true, isTrained: true, ...options });
    opened.push(engine);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    opened.push(page);
    // It draws in software here.
    page.setDefaultTimeout(90_000);
    await prepare?.(page);
    await page.goto(engine.url);
    return { page, engine };
  };
}

/** The page before the engine: it would ask for it in vain. */
async function closeAll(opened: Closable[]): Promise<void> {
  for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last.close();
}
