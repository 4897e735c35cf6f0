import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TileService } from '../../src/services/tiles/tile-service-types.ts';
import { blankHips, openHips } from '../../src/services/tiles/hips.ts';
import { arraySource, gaussianImage, orthographic } from '../services/tiles/sky-model.ts';
import { launchBrowser } from './browser.ts';
import type { SkyMapServer } from './sky-map-server.ts';
import { serveSkyMap } from './sky-map-server.ts';

const SIZE = 600;
const WCS = orthographic({
  raDeg: 150.2,
  decDeg: 2.3,
  pixelScaleArcsec: 1.5,
  centreX: 300,
  centreY: 300,
  rotationDeg: 0,
});
/** Mosaic pixels of the test's sources; row 1 is flagged, 2 not, 3 SISG, 4 without result, 5 large and inclined. */
const SOURCES = [
  { x: 150.3, y: 160.7, maj: 12, min: 8, pa: 0, probability: 0.9, sisg: 0 },
  { x: 420.6, y: 180.2, maj: 10, min: 8, pa: 60, probability: 0.8, sisg: 0 },
  { x: 300, y: 320.4, maj: 14, min: 9, pa: 120, probability: 0.2, sisg: 0 },
  { x: 470.1, y: 450.9, maj: 7, min: 6, pa: 0, probability: null, sisg: 1 },
  { x: 110.8, y: 430.3, maj: 9, min: 7, pa: 10, probability: null, sisg: 0 },
  { x: 300.5, y: 480, maj: 90, min: 12, pa: 30, probability: 0.7, sisg: 0 },
] as const;

async function testTiles(): Promise<TileService> {
  const points = SOURCES.slice(0, 5).map(({ x, y }) => ({ x, y, peak: 5 }));
  const image = gaussianImage(SIZE, SIZE, points);
  // A little structure, so that the cuts have a noise to go by.
  image.forEach((value, i) => (image[i] = value + 0.02 * Math.sin(i * 12.9898)));
  const hips = await openHips([arraySource(WCS, SIZE, SIZE, image)], 'Test field', 1e8);
  const blank = blankHips();
  return {
    firstView: Promise.resolve(),
    untilGlimpsed: () => Promise.resolve(),
    key: 'test',
    initialView: hips.initialView,
    unit: 'mJy/beam',
    levels: () => Promise.resolve(undefined),
    pixelAt: () => Promise.resolve(undefined),
    overview: () => undefined,
    glimpse: () => Promise.resolve(undefined),
    handle(pathname) {
      if (pathname.startsWith('/hips/test/')) return hips.answer(pathname.slice('/hips/test/'.length));
      if (pathname.startsWith('/hips/blank/')) return blank.answer(pathname.slice('/hips/blank/'.length));
      return Promise.resolve(undefined);
    },
    close: () => undefined,
  };
}

let server: SkyMapServer;
let browser: Browser;

beforeAll(async () => {
  const positions = SOURCES.map(({ x, y }) => WCS.pixelToSky(x, y)!);
  server = await serveSkyMap(await testTiles(), {
    sources: {
      raDeg: positions.map(({ ra }) => ra),
      decDeg: positions.map(({ dec }) => dec),
      majArcsec: SOURCES.map(({ maj }) => maj),
      minArcsec: SOURCES.map(({ min }) => min),
      paDeg: SOURCES.map(({ pa }) => pa),
      sisg: SOURCES.map(({ sisg }) => sisg),
    },
    probability: SOURCES.map(({ probability }) => probability),
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

interface OpenPage {
  readonly page: Page;
  /** Requests that left this machine. */
  readonly outside: readonly string[];
  readonly messages: readonly string[];
}

async function openMap(query = ''): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  const outside: string[] = [];
  const messages: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url)) outside.push(request.url());
  });
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  // Counts what the graphics card is asked to do, for the test of the idle map.
  await page.addInitScript(() => {
    const counts = { draws: 0, uploads: 0 };
    Object.assign(window, { counts });
    const count = (names: readonly string[], kind: 'draws' | 'uploads'): void => {
      for (const name of names) {
        const original = Reflect.get(WebGL2RenderingContext.prototype, name) as (...values: unknown[]) => unknown;
        const counting = new Proxy(original, {
          apply(target, self, values: unknown[]) {
            counts[kind]++;
            return Reflect.apply(target, self, values);
          },
        });
        Reflect.set(WebGL2RenderingContext.prototype, name, counting);
      }
    };
    count(['drawElements', 'drawArrays', 'drawArraysInstanced', 'drawElementsInstanced'], 'draws');
    count(['bufferData', 'bufferSubData'], 'uploads');
  });
  await page.goto(server.url + query);
  await page.waitForFunction(() => 'map' in window);
  await page.evaluate(() => window.map.ready);
  return { page, outside, messages };
}

/** Waits until the map draws no more: all tiles have come and nothing moves. */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const { counts, seen } = window as unknown as {
        counts: { draws: number };
        seen?: { draws: number; since: number };
      };
      const now = performance.now();
      if (seen?.draws !== counts.draws) Object.assign(window, { seen: { draws: counts.draws, since: now } });
      return seen?.draws === counts.draws && now - seen.since > 1500;
    },
    undefined,
    { timeout: 60_000, polling: 100 },
  );
}

/** Light of the picture around a source, from its centre on the screen [CSS pixel]. */
function offsetOfLight(page: Page, row: number): Promise<{ dx: number; dy: number; weight: number }> {
  return page.evaluate(async (wanted) => {
    const { map, field } = window;
    const hidden = new Uint8Array(field.sources.raDeg.length);
    map.setVisibleRows(hidden);
    const image = await createImageBitmap(await map.snapshotPng());
    map.setVisibleRows(undefined);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const at = map.toScreen(field.sources.raDeg[wanted]!, field.sources.decDeg[wanted]!)!;
    const reach = 14;
    const [left, top] = [Math.round(at.x) - reach, Math.round(at.y) - reach];
    const { data } = context.getImageData(left, top, 2 * reach, 2 * reach);
    let [weight, sumX, sumY] = [0, 0, 0];
    for (let y = 0; y < 2 * reach; y++) {
      for (let x = 0; x < 2 * reach; x++) {
        const value = Math.max(0, data[4 * (y * 2 * reach + x)]! - 60);
        weight += value;
        sumX += value * (left + x + 0.5);
        sumY += value * (top + y + 0.5);
      }
    }
    return { dx: sumX / weight - at.x, dy: sumY / weight - at.y, weight };
  }, row);
}

describe('a map of its own', () => {
  test('sources stand on the image: light and position agree within a pixel, at two scales', async () => {
    const { page, outside, messages } = await openMap();
    await page.evaluate(() => window.display({ colourMap: 'grey', stretch: 'linear' }));
    for (const factor of [1, 0.7]) {
      await page.evaluate((by) => window.map.zoomBy(by), factor);
      await untilStill(page);
      for (const row of [0, 1, 2]) {
        const { dx, dy, weight } = await offsetOfLight(page, row);
        expect(weight).toBeGreaterThan(1000);
        // Aladin shows the nearest of tile pixels that are about a screen pixel large.
        expect(Math.hypot(dx, dy)).toBeLessThan(1);
      }
    }
    expect(outside).toEqual([]);
    expect(messages.filter((text) => /error/i.test(text) && !text.includes('404'))).toEqual([]);
    await page.close();
  });

  test('a field that is not there shows the blank sky, and no request leaves the machine', async () => {
    const { page, outside } = await openMap('?hips=/hips/nothing');
    await untilStill(page);
    expect(outside).toEqual([]);
    expect(await page.evaluate(() => window.map.toScreen(150.2, 2.3))).toBeDefined();
    await page.close();
  });

  test('a tile cut short kills the image engine: it is made anew with the view kept', async () => {
    const { page, outside, messages } = await openMap();
    await untilStill(page);
    server.truncateTiles(true);
    await page.evaluate(() => window.map.goTo(150.15, 2.35, 4));
    await page.waitForEvent('console', {
      predicate: (message) => message.text().includes('is started again'),
      timeout: 60_000,
    });
    server.truncateTiles(false);
    await page.waitForFunction(() => window.map.toScreen(150.15, 2.35) !== undefined);
    await untilStill(page);
    const view = await page.evaluate(() => window.map.view());
    expect(view.raDeg).toBeCloseTo(150.15, 4);
    expect(view.decDeg).toBeCloseTo(2.35, 4);
    expect(view.fovDeg).toBeCloseTo(4, 4);
    expect(messages.filter((text) => text.includes('is started again')).length).toBeLessThanOrEqual(3);
    expect(outside).toEqual([]);
    await page.close();
  });

  test('the map moves to another container and back', async () => {
    const { page } = await openMap();
    await untilStill(page);
    const before = await page.evaluate(() => window.map.view());
    const centreIsAt = (x: number, y: number): Promise<unknown> =>
      page.waitForFunction(
        ([wantedX, wantedY]) => {
          const { raDeg, decDeg } = window.map.view();
          const at = window.map.toScreen(raDeg, decDeg);
          return at !== undefined && Math.hypot(at.x - wantedX!, at.y - wantedY!) < 0.5;
        },
        [x, y],
      );
    await page.evaluate(() => {
      const other = document.createElement('div');
      Object.assign(other.style, { position: 'absolute', left: '100px', top: '50px', width: '400px', height: '300px' });
      document.body.append(other);
      window.map.detach();
      window.map.attach(other);
    });
    await centreIsAt(200, 150);
    await page.evaluate(() => window.map.attach(document.querySelector<HTMLElement>('#sky')!));
    await centreIsAt(450, 350);
    expect(await page.evaluate(() => window.map.view())).toEqual(before);
    await page.close();
  });
});

describe('the sky map', () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await openMap());
  });
  /** The first view with every source at 0.5, whatever the test before left. */
  beforeEach(() =>
    page.evaluate(() => {
      const { map, picks, display } = window;
      display({});
      map.setVisibleRows(undefined);
      map.setThreshold(0.5);
      map.resetView();
      picks.length = 0;
    }),
  );

  test('an ellipse has its catalogue’s length, and its position angle runs from north through east', async () => {
    await page.evaluate(() => {
      const { map, field } = window;
      map.setVisibleRows(Uint8Array.from(field.sources.raDeg, (_, row) => (row === 5 ? 1 : 0)));
      map.goTo(field.sources.raDeg[5]!, field.sources.decDeg[5]!, 0.06);
    });
    await untilStill(page);
    const found = await page.evaluate(async () => {
      const { map, field } = window;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      map.setThreshold(0.5);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const source = document.querySelector<HTMLCanvasElement>('.sky-sources')!;
      map.setThreshold(0.51);
      // The overlay's drawing buffer lives until the end of the frame that drew it.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const copy = new OffscreenCanvas(source.width, source.height);
      const context = copy.getContext('2d')!;
      context.drawImage(source, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      let farthest = { x: 0, y: 0, distance: 0 };
      const centre = map.toScreen(field.sources.raDeg[5]!, field.sources.decDeg[5]!)!;
      for (let y = 0; y < copy.height; y++) {
        for (let x = 0; x < copy.width; x++) {
          if (data[4 * (y * copy.width + x) + 3]! < 200) continue;
          const distance = Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y);
          if (distance > farthest.distance) farthest = { x: x + 0.5, y: y + 0.5, distance };
        }
      }
      const pxPerArcsec = source.clientWidth / (map.view().fovDeg * 3600);
      // North is up and east to the left: the angle is counted counter-clockwise from up.
      const angle = (Math.atan2(-(farthest.x - centre.x), -(farthest.y - centre.y)) * 180) / Math.PI;
      return { angle: ((angle % 180) + 180) % 180, fullArcsec: (2 * farthest.distance) / pxPerArcsec, pxPerArcsec };
    });
    expect(Math.abs(found.angle - 30)).toBeLessThan(1);
    // 90″ FWHM along the major axis, plus half a stroke at either end.
    expect(Math.abs(found.fullArcsec - 90)).toBeLessThan(4 / found.pxPerArcsec);
  });

  test('a click picks the source under it, on empty sky none; hovering tells the row', async () => {
    await untilStill(page);
    const points = await page.evaluate(() => {
      const { map, field } = window;
      return field.sources.raDeg.map((raDeg, row) => map.toScreen(raDeg, field.sources.decDeg[row]!)!);
    });
    await page.evaluate(() => {
      const hovered: (number | undefined)[] = [];
      Object.assign(window, { hovered });
      window.map.onHover((row) => hovered.push(row));
    });
    for (const { x, y } of points) await page.mouse.click(x, y);
    await page.mouse.click(points[2]!.x + 60, points[2]!.y - 40);
    expect(await page.evaluate(() => window.picks)).toEqual([0, 1, 2, 3, 4, 5, undefined]);
    // Each move over a source tells its row; leaving it tells that there is none.
    const hovered = await page.evaluate(() => (window as unknown as { hovered: (number | undefined)[] }).hovered);
    expect(hovered).toEqual([0, 1, 2, 3, 4, 5, undefined]);
  });

  test('the arrows move a view that was zoomed, and a reset brings the first one back', async () => {
    const start = await page.evaluate(() => window.map.view());
    await page.focus('.sky-map');
    await page.evaluate(() => window.map.zoomBy(1 / 1.4));
    const closer = await page.evaluate(() => window.map.view());
    expect(closer.fovDeg).toBeLessThan(start.fovDeg);
    await page.waitForFunction(() => window.map.toScreen(150.2, 2.3) !== undefined);
    // Both keys within one frame: the second must not undo the first.
    await page.evaluate(() => {
      const host = document.querySelector('.sky-map')!;
      for (const key of ['ArrowLeft', 'ArrowUp'])
        host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });
    const moved = await page.evaluate(() => window.map.view());
    // East is left and north up.
    expect(moved.raDeg).toBeGreaterThan(closer.raDeg);
    expect(moved.decDeg).toBeGreaterThan(closer.decDeg);
    await page.evaluate(() => window.map.resetView());
    const back = await page.evaluate(() => window.map.view());
    expect(back.fovDeg).toBeCloseTo(start.fovDeg, 6);
    expect(back.raDeg).toBeCloseTo(start.raDeg, 6);
  });

  test('moving the threshold uploads nothing, and a still map draws nothing', async () => {
    await untilStill(page);
    const [uploads, draws] = await page.evaluate(async () => {
      const { counts } = window as unknown as { counts: { draws: number; uploads: number } };
      const before = { ...counts };
      for (const threshold of [0.1, 0.3, 0.85, 0.95]) {
        window.map.setThreshold(threshold);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
      return [counts.uploads - before.uploads, counts.draws - before.draws];
    });
    expect(uploads).toBe(0);
    // One draw call per move of the threshold: the image stands still.
    expect(draws).toBe(4);
  });
});
