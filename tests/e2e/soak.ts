// Command: npm run soak [-- --minutes 30]. Pans, zooms, selects and filters on the demo field, and holds the memory of
// window and engine against what it was after the warm-up. Prints a line per sample; ends with 1 where the living objects of
// the page or the engine grew by more than a tenth. The page's process is printed too, and not judged: it holds the
// browser's own caches and WebAssembly memory, and what it grew by in half an hour is not explained (docs/measurements/soak.md).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { chromiumPath, launchBrowser } from './browser.ts';
import { copyDemo, keptDemoCache } from './demo-field.ts';
import { serveApp } from './served-app.ts';

const { values: options } = parseArgs({ args: argv.slice(2), options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(options.minutes);
if (!(minutes > 0)) {
  console.error(`soak: --minutes ${options.minutes} is not a positive number.`);
  exit(2);
}
/** Caches fill and code is compiled at first: 5 minutes of 30, a third of a short run. */
const warmUpMinutes = Math.min(5, minutes / 3);
const MOST_GROWTH = 0.1;
const SAMPLES = 30;
const PATIENCE_MS = 180_000;

if (chromiumPath === undefined) {
  console.error('soak: no Chromium found (install the package chromium, or set LOBATE_CHROMIUM to its path).');
  exit(env['LOBATE_E2E_REQUIRED'] === '1' ? 1 : 0);
}

interface Sample {
  readonly minute: number;
  /** Living objects of the window's page, after a collection [MiB]. */
  readonly heapMib: number;
  /** The browser's own living objects, elements above all, and array buffers: catalogue, tiles, WebAssembly [MiB]. */
  readonly elementsMib: number;
  readonly buffersMib: number;
  /** Memory of the page's process that is its own, neither a file's nor shared with another process [MiB]. */
  readonly windowMib: number;
  /** Pages of Chromium's program and libraries that the page's process has used so far [MiB]. */
  readonly programMib: number;
  /** Memory that the page's process shares, with the browser's drawing above all [MiB]. */
  readonly sharedMib: number;
  /** Resident memory of the engine's process [MiB]. */
  readonly engineMib: number;
}

/** What `/proc` says of a process, in kB. */
const statusMib = (pid: number, what: 'VmRSS' | 'RssAnon' | 'RssFile' | 'RssShmem'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const residentMib = (pid: number): number => statusMib(pid, 'VmRSS');

/** Repeats bit for bit: what is clicked follows from a counter, not from chance. */
function* wander(): Generator<number> {
  for (let state = 1; ; state = (state * 48271) % 2147483647) yield state / 2147483647;
}

async function act(page: Page, random: Iterator<number>): Promise<void> {
  const next = (): number => random.next().value as number;
  const sky = (await page.locator('.sky__map').boundingBox())!;
  const at = (): readonly [number, number] => [
    sky.x + sky.width * (0.2 + 0.6 * next()),
    sky.y + sky.height * (0.2 + 0.6 * next()),
  ];
  await page.mouse.move(...at());
  await page.mouse.down();
  await page.mouse.move(...at(), { steps: 8 });
  await page.mouse.up();
  await page.mouse.wheel(0, next() < 0.5 ? -240 : 240);
  await page.mouse.click(...at());
  await page.locator('.table__body').focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press(next() < 0.7 ? 'ArrowDown' : 'PageUp');
  await page.keyboard.press(next() < 0.5 ? '[' : ']');
  if (next() < 0.2) await page.keyboard.press('0');
}

async function sample(cdp: CDPSession, pids: { window: number; engine: number }, minute: number): Promise<Sample> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return {
    minute,
    heapMib: usedSize / 2 ** 20,
    elementsMib: embedderHeapUsedSize / 2 ** 20,
    buffersMib: backingStorageSize / 2 ** 20,
    windowMib: statusMib(pids.window, 'RssAnon'),
    programMib: statusMib(pids.window, 'RssFile'),
    sharedMib: statusMib(pids.window, 'RssShmem'),
    engineMib: residentMib(pids.engine),
  };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Growth from the first third after the warm-up to the last third, by medians: one collection late is not a leak. */
function growthOf(samples: readonly Sample[], what: 'heapMib' | 'windowMib' | 'engineMib'): number {
  const after = samples.filter(({ minute }) => minute >= warmUpMinutes).map((one) => one[what]);
  const third = Math.max(1, Math.floor(after.length / 3));
  return median(after.slice(-third)) / median(after.slice(0, third)) - 1;
}

const folder = mkdtempSync(join(tmpdir(), 'lobate-soak-'));
copyDemo(keptDemoCache, join(folder, 'cache'));
const app = await serveApp(['--demo'], { LOBATE_CACHE: join(folder, 'cache') });
const browser = await launchBrowser();
try {
  await app.summary;
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // A machine at work may let a page wait for long.
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(app.tokenUrl);
  await page.locator('.table__body .table__row').first().waitFor();
  await page.locator('.sky-sources').first().waitFor();
  const cdp = await page.context().newCDPSession(page);
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  // The newest of the renderers is this page's: Chromium keeps a spare one from before.
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const pids = {
    window: renderers.reduce(
      (largest, pid) => (residentMib(pid) > residentMib(largest) ? pid : largest),
      renderers[0]!,
    ),
    engine: app.process.pid!,
  };

  const random = wander();
  const start = performance.now();
  const minute = (): number => (performance.now() - start) / 60_000;
  const samples: Sample[] = [];
  let acts = 0;
  console.log('minute  acts     heap elements  buffers  process  program   shared   engine  [MiB]');
  while (minute() < minutes) {
    await act(page, random);
    acts += 1;
    if (minute() < (samples.length * minutes) / SAMPLES) continue;
    const one = await sample(cdp, pids, minute());
    samples.push(one);
    const numbers = [
      one.heapMib,
      one.elementsMib,
      one.buffersMib,
      one.windowMib,
      one.programMib,
      one.sharedMib,
      one.engineMib,
    ];
    console.log(
      `${one.minute.toFixed(1).padStart(6)} ${String(acts).padStart(5)} ${numbers.map((value) => value.toFixed(1).padStart(8)).join(' ')}`,
    );
  }
  const grown = (['heapMib', 'windowMib', 'engineMib'] as const).map(
    (what) => [what, growthOf(samples, what)] as const,
  );
  for (const [what, growth] of grown) {
    console.log(`${what}: ${(growth * 100).toFixed(1)} % after the first ${warmUpMinutes.toFixed(1)} minutes`);
  }
  const isFlat = grown.every(([what, growth]) => what === 'windowMib' || growth <= MOST_GROWTH);
  console.log(
    isFlat ? 'soak: page heap and engine are flat within 10 %' : 'soak: page heap or engine grew by more than 10 %',
  );
  process.exitCode = isFlat ? 0 : 1;
} finally {
  await browser.close();
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}
