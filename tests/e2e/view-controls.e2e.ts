import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SMALL_FIELD_ROWS, writeSmallField } from '../engine/small-field.ts';
import { pictureFolder } from './pictures.ts';
import { servedWindows } from './served-window.ts';

/** The small field of one mosaic, which is there twice. */
function writeFieldOfTwo(folder: string): readonly string[] {
  const { mosaics, catalogue } = writeSmallField(folder);
  const second = join(dirname(mosaics[0]!), 'other-mosaic.fits');
  copyFileSync(mosaics[0]!, second);
  return [mosaics[0]!, second, catalogue];
}

describe('the controls of the sky', () => {
  const openWindow = servedWindows();
  let page: Page;

  beforeAll(async () => {
    mkdirSync(pictureFolder, { recursive: true });
    ({ page } = await openWindow({
      args: writeFieldOfTwo,
      prepare: (window, { tokenUrl }) =>
        window.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(tokenUrl).origin }),
    }));
  });

  /** Mean of all channels of the middle of the sky on the screen [0..255]. */
  async function meanLight(): Promise<number> {
    const box = (await page.locator('.sky__map').boundingBox())!;
    const clip = { x: box.x + 60, y: box.y + 60, width: box.width - 120, height: box.height - 160 };
    const png = (await page.screenshot({ clip })).toString('base64');
    return page.evaluate(async (base64) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i]! + data[i + 1]! + data[i + 2]!;
      return sum / (0.75 * data.length);
    }, png);
  }
  const press = async (key: string): Promise<void> => {
    await page.locator('.sky-map').focus();
    await page.keyboard.press(key);
  };
  /** A picture comes a frame or two after what it shows was chosen. */
  const becomes = async (isReached: (mean: number) => boolean): Promise<void> => {
    await expect.poll(async () => isReached(await meanLight())).toBe(true);
  };

  test('one key inverts the image, and another brings back what it was at first', async () => {
    await becomes((mean) => mean > 0);
    const dark = await meanLight();
    await press('i');
    await becomes((mean) => mean > dark + 60);
    await press('r');
    await becomes((mean) => Math.abs(mean - dark) < 4);
  });

  test('a drag with the right button changes contrast and bias, and no menu of the browser or of Aladin opens', async () => {
    const before = await meanLight();
    const box = (await page.locator('.sky__map').boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 200);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(box.x + 100, box.y + 260, { steps: 5 });
    await page.mouse.up({ button: 'right' });
    await becomes((mean) => Math.abs(mean - before) > 4);
    expect(await page.locator('.aladin-context-menu:visible').count()).toBe(0);
    await press('r');
    await becomes((mean) => Math.abs(mean - before) < 4);
  });

  test('one mosaic is shown alone, and a key blinks between it and all of them', async () => {
    await page.getByRole('button', { name: 'Image shown' }).click();
    await page.getByRole('menuitem', { name: 'other', exact: true }).click();
    const alone = page.getByText('other alone');
    await alone.waitFor();
    await press('b');
    await alone.waitFor({ state: 'detached' });
    await press('b');
    await alone.waitFor();
    await press('b');
    await alone.waitFor({ state: 'detached' });
  });

  test('the view is saved as a PNG of its own size, with sources and scales on it', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the sky as a picture' }).click();
    const path = await (await download).path();
    const bytes = readFileSync(path);
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    const box = (await page.locator('.sky__map').boundingBox())!;
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([Math.round(box.width), Math.round(box.height)]);
    copyFileSync(path, join(pictureFolder, 'saved-sky.png'));
  });

  test('chosen rows are copied as TSV, with their headers, as they are listed', async () => {
    await page.locator('.table__body').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(async () => (await copied()).split('\n').length).toBe(SMALL_FIELD_ROWS + 1);
    const lines = (await copied()).split('\n').map((line) => line.split('\t'));
    expect(lines[0]).toEqual(expect.arrayContaining(['Source', 'P(MC)']));
    for (const line of lines) expect(line.length).toBe(lines[0]!.length);
    expect(new Set(lines.slice(1).map(([name]) => name)).size).toBe(SMALL_FIELD_ROWS);
    await page.keyboard.press('Escape');
  });
});
