import type { Page } from 'playwright-core';

type WithGlimpse = typeof globalThis & { glimpse?: HTMLCanvasElement | undefined };

/** Keeps the picture of the field that is shown before Aladin Lite's, from before the page asks for anything. */
export async function keepGlimpse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept = globalThis as WithGlimpse;
    new MutationObserver(() => {
      // The one made for the panel: what was seen while the field was opened stands there before it.
      const shown = document.querySelectorAll<HTMLCanvasElement>('.sky__map .sky-glimpse');
      kept.glimpse =
        [...shown].find(({ style }) => style.transform === 'none' || style.transform === '') ?? kept.glimpse;
    }).observe(document, { subtree: true, childList: true });
  });
}

/** Fails where there was no glimpse. */
export async function untilGlimpseIsGone(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (globalThis as WithGlimpse).glimpse !== undefined && document.querySelector('.sky-glimpse') === null,
  );
}

/**
 * How far Aladin's image lies from the glimpse that was kept [CSS pixel], from the highest correlation of the two, and
 * that correlation.
 */
export async function shiftOfGlimpse(page: Page): Promise<{ dx: number; dy: number; likeness: number }> {
  const hidden = await page.addStyleTag({
    content: '.sky > :not(.sky__map), .sky-sources, .sky-annotations, [class*=aladin-logo] { opacity: 0 !important }',
  });
  const shot = (await page.locator('.sky__map').screenshot()).toString('base64');
  await hidden.evaluate((style) => (style as HTMLStyleElement).remove());
  return page.evaluate(async (png) => {
    const lightOf = (image: ImageBitmap | HTMLCanvasElement, ground: string) => {
      const sheet = new OffscreenCanvas(image.width, image.height);
      const context = sheet.getContext('2d')!;
      context.fillStyle = ground;
      context.fillRect(0, 0, image.width, image.height);
      context.drawImage(image, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
      return { width, height, light: Float64Array.from({ length: width * height }, (_, i) => data[4 * i]!) };
    };
    const { glimpse } = globalThis as WithGlimpse;
    const before = lightOf(glimpse!, glimpse!.style.background);
    const shown = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const after = lightOf(shown, 'black');
    const [width, height] = [Math.min(before.width, after.width), Math.min(before.height, after.height)];
    const reach = 3;
    const likenessAt = (dx: number, dy: number): number => {
      let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
      for (let y = reach; y < height - reach; y++) {
        for (let x = reach; x < width - reach; x++) {
          const p = before.light[y * before.width + x]!;
          const q = after.light[(y + dy) * after.width + x + dx]!;
          n += 1;
          a += p;
          b += q;
          aa += p * p;
          bb += q * q;
          ab += p * q;
        }
      }
      return (n * ab - a * b) / Math.sqrt((n * aa - a * a) * (n * bb - b * b));
    };
    let best = { dx: 0, dy: 0, likeness: -1 };
    for (let dy = -reach + 1; dy < reach; dy++) {
      for (let dx = -reach + 1; dx < reach; dx++) {
        const likeness = likenessAt(dx, dy);
        if (likeness > best.likeness) best = { dx, dy, likeness };
      }
    }
    // The top of the parabola through the highest point and its neighbours.
    const top = (below: number, at: number, above: number): number => (below - above) / 2 / (below - 2 * at + above);
    const { dx, dy, likeness } = best;
    return {
      dx: dx + top(likenessAt(dx - 1, dy), likeness, likenessAt(dx + 1, dy)),
      dy: dy + top(likenessAt(dx, dy - 1), likeness, likenessAt(dx, dy + 1)),
      likeness,
    };
  }, shot);
}
