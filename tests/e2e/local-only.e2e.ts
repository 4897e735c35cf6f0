import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ServedApp } from './served-app.ts';
import { servedWindows } from './served-window.ts';

/**
 * The window is used as an astronomer would, and whatever it asks for is noted: a request, a socket, a worker's
 * request, or one that the Content-Security-Policy refused before it was sent.
 */
describe('a tour of the window', () => {
  const openWindow = servedWindows();
  let app: ServedApp;
  let page: Page;
  const asked: string[] = [];
  const refused: string[] = [];

  beforeAll(async () => {
    ({ app, page } = await openWindow({ prepare: listen }));
  });

  async function listen(window: Page): Promise<void> {
    window.context().on('request', (request) => asked.push(request.url()));
    window.on('websocket', (socket) => asked.push(socket.url()));
    window.on('console', (message) => {
      if (message.text().startsWith('refused by policy')) refused.push(message.text());
    });
    await window.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
        // A library asks once whether it may compile code, and takes no for an answer: nothing leaves by that.
        if (blockedURI !== 'eval') console.warn(`refused by policy: ${effectiveDirective} ${blockedURI}`);
      });
    });
  }

  const foreign = (): string[] => {
    const { host } = new URL(app.tokenUrl);
    return asked.filter((url) => {
      const { protocol, host: to } = new URL(url);
      return protocol !== 'data:' && protocol !== 'blob:' && to !== host;
    });
  };

  /** The sky's way out would be Aladin's: its menu, its name resolver, its default survey. */
  async function useSky(): Promise<void> {
    const sky = (await page.locator('.sky__map').boundingBox())!;
    const [x, y] = [sky.x + sky.width / 2, sky.y + sky.height / 2];
    await page.mouse.move(x, y);
    for (const turn of [-600, 1200, 4000, -3000]) await page.mouse.wheel(0, turn);
    await page.mouse.down();
    await page.mouse.move(x + 90, y + 60, { steps: 6 });
    await page.mouse.up();
    await page.mouse.click(x, y, { button: 'right' });
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x - 40, y + 40, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await page.mouse.dblclick(x + 20, y);
    for (const key of ['g', 'i', 'm', 'Escape', '+', '-', 'b', 'c', 'r', '0']) await page.keyboard.press(key);
  }

  const closeAll = async (): Promise<void> => {
    const open = page.locator('[role="dialog"], [role="menu"]');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Escape');
          return open.count();
        },
        { timeout: 30_000 },
      )
      .toBe(0);
  };

  test('opening, panning, zooming, clicking right and every key of the sky ask nothing of another machine', async () => {
    await useSky();
    // The listeners hear: what the page asked of its own engine is among it.
    expect(asked).not.toEqual([]);
    expect(foreign()).toEqual([]);
    expect(refused).toEqual([]);
  });

  test('a name that no catalogue row has is looked for on this machine alone', async () => {
    const box = page.locator('#goto');
    for (const name of ['M 31', 'G 150.2 53.1', '#12']) {
      await box.fill(name);
      await box.press('Enter');
    }
    await box.press('Escape');
    expect(foreign()).toEqual([]);
  });

  test('the dialogs ask nothing of another machine: open, export, recipe, keys and what the field’s menu has', async () => {
    for (const key of ['Control+o', 'Control+e', 'R', '?']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').first().waitFor();
      await closeAll();
    }
    for (const item of ['Train a model…', 'Save a copy to share…', 'About Lobate']) {
      await page.locator('.title-bar button[aria-haspopup="menu"]').first().click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').first().waitFor();
      await closeAll();
    }
    expect(foreign()).toEqual([]);
    expect(refused).toEqual([]);
  });

  test('the policy of the page lets nothing out, should any of its parts try', async () => {
    const answer = await page.evaluate(async () => {
      try {
        await fetch('https://alasky.cds.unistra.fr/DSS/DSSColor/properties');
        return 'sent';
      } catch {
        return 'refused';
      }
    });
    expect(answer).toBe('refused');
    await expect.poll(() => refused.length, { timeout: 30_000 }).toBe(1);
    expect(foreign().filter((url) => !url.startsWith('https://alasky.cds.unistra.fr/'))).toEqual([]);
  });
});
