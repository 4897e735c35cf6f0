import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { chromiumPath, launchBrowser } from '../tests/e2e/browser.ts';
import { startFakeEngine } from '../tests/e2e/page/fake-engine.ts';
import { syntheticField } from '../tests/e2e/page/synthetic-field.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { medianOf, MissingPeer } from './measurement.ts';

/** Rows of LoTSS DR1. */
const ROWS = 325_694;
/** A frame at 60 Hz [ms]. */
const FRAME_MS = 16;
const WARM_UP_STEPS = 3;
const STEPS = 12;
const FIGURES = ['roc', 'matrices', 'property'];
const rendererFolder = resolve(import.meta.dirname, '../out/renderer');

/**
 * The window itself in Chromium with every part that a threshold moves on screen (sky, threshold bar, table, evaluation):
 * script time of one step of a dragged threshold, until the frame after it is drawn.
 */
export const thresholdBenchmark: Benchmark = {
  summary: 'one step of a dragged threshold over 325,694 sources, all of the window, against one frame at 60 Hz',
  async *measure() {
    if (chromiumPath === undefined) throw new MissingPeer('Chromium', 'chromium');
    if (!existsSync(rendererFolder)) throw new Error('The window is not built: npm run build:renderer');
    const engine = await startFakeEngine({
      port: 0,
      isOpen: true,
      isTrained: true,
      rendererFolder,
      rowCount: ROWS,
      hasLabels: true,
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(engine.url);
      await page.locator('.threshold__missed').waitFor({ timeout: 60_000 });
      await page.locator('.table__body .table__row').first().waitFor({ timeout: 60_000 });
      await page.locator('.dv-tab', { hasText: 'Evaluation' }).click();
      const metrics = await page.context().newCDPSession(page);
      // Time of the thread, not of the clock: what others run on this machine does not count.
      await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });
      for (const figure of FIGURES) {
        await page.getByLabel('Figure', { exact: true }).selectOption(figure);
        yield measureSteps(page, metrics, figure);
      }
    } finally {
      await browser.close();
      await engine.close();
    }
  },
};

async function measureSteps(page: Page, metrics: CDPSession, figure: string): Promise<Measurement> {
  const truth = syntheticField(ROWS, 7).predictions.probability;
  const track = page.getByRole('slider', { name: 'Threshold on P(MC)' });
  await track.focus();
  await page.keyboard.press('Home');
  const spent: number[] = [];
  for (let step = 0; step < WARM_UP_STEPS + STEPS; step++) {
    const before = await scriptMs(metrics);
    await page.keyboard.press('ArrowRight');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const milliseconds = (await scriptMs(metrics)) - before;
    if (step >= WARM_UP_STEPS) spent.push(milliseconds);
  }
  await refuseOtherCount(page, truth);
  const name = `threshold, ${figure} (slowest ${Math.max(...spent).toFixed(1)} ms)`;
  return { name, ours: medianOf(spent), peer: FRAME_MS, peerName: 'one frame', unit: 'ms of script' };
}

async function scriptMs(metrics: CDPSession): Promise<number> {
  const { metrics: values } = await metrics.send('Performance.getMetrics');
  return 1000 * values.find(({ name }) => name === 'ScriptDuration')!.value;
}

/** What the window says must be what a scan of all rows gives. */
async function refuseOtherCount(page: Page, probability: Float64Array): Promise<void> {
  const said = Number((await page.locator('.threshold__flagged').innerText()).replaceAll(',', ''));
  const threshold = Number(await page.locator('#threshold').inputValue());
  const counted = probability.reduce((sum, value) => sum + (value >= threshold ? 1 : 0), 0);
  if (said !== counted) throw new Error(`the window counts ${said} flagged at ${threshold}, a scan ${counted}`);
}
