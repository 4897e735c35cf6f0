import { join } from 'node:path';
import { blankHips } from '../src/services/tiles/hips.ts';
import type { TileResponse } from '../src/services/tiles/tile-service-types.ts';
import { chromiumPath, launchBrowser } from '../tests/e2e/browser.ts';
import { buildPage, servePage } from '../tests/e2e/built-page.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { MissingPeer } from './measurement.ts';
import type { OverlayTimes } from './overlay-times.ts';

const PAGE = join(import.meta.dirname, 'page/overlay.html');
const PEER_ROWS = 100_000;
const ROWS = [100_000, 1_000_000] as const;
/** Script of the window's thread for a million sources [ms]. */
const LIMITS = { panFrameMs: 2, thresholdMs: 16, clickMs: 5 } as const;

/** The window's overlay in headless Chromium against Aladin's own catalogue: script per frame, per threshold, per click. */
export const overlayBenchmark: Benchmark = {
  summary: 'script per frame while panning 100,000 and 1,000,000 sources, against A.catalog with 100,000',
  async *measure() {
    if (chromiumPath === undefined) throw new MissingPeer('Chromium', 'chromium');
    const { url, close } = await servePage(await buildPage(PAGE), blankTile);
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
      yield* ROWS.flatMap((rows, at) => measurementsOf(rows, ours[at]!, peer));
    } finally {
      await browser.close();
      await close();
    }
  },
};

const blank = blankHips();
const BLANK_ROOT = '/hips/blank/';
const blankTile = (pathname: string): Promise<TileResponse | undefined> =>
  pathname.startsWith(BLANK_ROOT) ? blank.answer(pathname.slice(BLANK_ROOT.length)) : Promise.resolve(undefined);

function measurementsOf(rows: number, ours: OverlayTimes, peer: number): Measurement[] {
  const name = rows.toLocaleString('en');
  const against = (what: string, value: number, limit: number): Measurement => ({
    name: `overlay: ${what}, ${name}`,
    ours: value,
    peer: limit,
    peerName: 'the limit',
    unit: 'ms script',
  });
  return [
    {
      name: `overlay: frame while panning, ${name}`,
      ours: ours.panFrameMs,
      peer,
      peerName: `A.catalog, ${PEER_ROWS.toLocaleString('en')}`,
      unit: 'ms script',
    },
    against('frame while panning', ours.panFrameMs, LIMITS.panFrameMs),
    against('worst frame while panning', ours.worstPanFrameMs, LIMITS.panFrameMs),
    against('threshold', ours.thresholdMs, LIMITS.thresholdMs),
    against('click', ours.clickMs, LIMITS.clickMs),
    against('first click', ours.firstClickMs, LIMITS.clickMs),
  ];
}
