import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { build } from 'vite';
import { blankHips } from '../src/services/tiles/hips.ts';
import { chromiumPath, launchBrowser } from '../tests/e2e/browser.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { MissingPeer } from './measurement.ts';
import type { OverlayTimes } from './overlay-times.ts';

const PAGE_FOLDER = join(import.meta.dirname, '../tests/e2e/page');
const BUILT_FOLDER = join(import.meta.dirname, '../out/overlay-bench');
const PEER_ROWS = 100_000;
const ROWS = [100_000, 1_000_000] as const;
/** Script of the window's thread for a million sources [ms]. */
const LIMITS = { panFrameMs: 2, thresholdMs: 16, clickMs: 5 } as const;

/** The window's overlay in headless Chromium against Aladin's own catalogue: script per frame, per threshold, per click. */
export const overlayBenchmark: Benchmark = {
  summary: 'script per frame while panning 100,000 and 1,000,000 sources, against A.catalog with 100,000',
  async measure() {
    if (chromiumPath === undefined) throw new MissingPeer('Chromium', 'chromium');
    await build({
      root: PAGE_FOLDER,
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir: BUILT_FOLDER,
        emptyOutDir: true,
        target: 'es2023',
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2600,
        rolldownOptions: { input: join(PAGE_FOLDER, 'overlay-bench.html') },
      },
    });
    const { url, close } = await servePage();
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
      page.setDefaultTimeout(280_000);
      await page.goto(url);
      await page.waitForFunction(() => 'measureOurs' in globalThis);
      const ours: OverlayTimes[] = [];
      for (const rows of ROWS) {
        ours.push(await page.evaluate<OverlayTimes>(`measureOurs(${rows})`));
      }
      const peer = await page.evaluate<number>(`measureCatalogue(${PEER_ROWS})`);
      return ROWS.flatMap((rows, at) => measurementsOf(rows, ours[at]!, peer));
    } finally {
      await browser.close();
      await close();
    }
  },
};

function measurementsOf(rows: number, ours: OverlayTimes, peer: number): Measurement[] {
  const name = rows.toLocaleString('en');
  const against = (what: string, value: number, limit: number): Measurement => ({
    name: `overlay: ${what}, ${name}`,
    ours: value,
    peer: limit,
    peerName: 'the limit',
    ratio: value / limit,
    unit: 'ms script',
  });
  return [
    {
      name: `overlay: frame while panning, ${name}`,
      ours: ours.panFrameMs,
      peer,
      peerName: `A.catalog, ${PEER_ROWS.toLocaleString('en')}`,
      ratio: ours.panFrameMs / peer,
      unit: 'ms script',
    },
    against('frame while panning', ours.panFrameMs, LIMITS.panFrameMs),
    against('worst frame while panning', ours.worstPanFrameMs, LIMITS.panFrameMs),
    against('threshold', ours.thresholdMs, LIMITS.thresholdMs),
    against('click', ours.clickMs, LIMITS.clickMs),
    against('first click', ours.firstClickMs, LIMITS.clickMs),
  ];
}

async function servePage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const blank = blankHips();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const answer = async (): Promise<void> => {
      if (pathname.startsWith('/hips/blank/')) {
        const tile = await blank.answer(pathname.slice('/hips/blank/'.length));
        response.writeHead(tile.status, { 'Content-Type': tile.contentType }).end(tile.body);
        return;
      }
      const file = normalize(pathname === '/' ? '/overlay-bench.html' : pathname);
      const body = await readFile(join(BUILT_FOLDER, file));
      const type = file.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
      response.writeHead(200, { 'Content-Type': type }).end(body);
    };
    answer().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
