import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ONLINE_ORIGINS, ONLINE_SURVEYS, sesameUrl } from '../../src/contract/online.ts';
import { greyPng } from '../../src/services/export/png.ts';
import { pictureFolder } from './pictures.ts';
import type { ServedApp } from './served-app.ts';
import { servedWindows } from './served-window.ts';

/** What the window asks of other machines: nothing while it is not allowed to, then what its switch says and no more. */
const openWindow = servedWindows();
let app: ServedApp;
let page: Page;
/** Whatever is asked for from the first request on, and what the Content-Security-Policy refused before it was sent. */
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

/**
 * The window is used as an astronomer would, and whatever it asks for is noted: a request, a socket, a worker's
 * request, or one that the Content-Security-Policy refused before it was sent.
 */
describe('a tour of the window', () => {
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

const MACHINES = 'https://**/*';
const TILE = Buffer.from(greyPng(new Float32Array(512 * 512).fill(0.55), 512, 512));

/** What a survey's server says of itself; the names of its mirrors are not asked. */
const PROPERTIES = [
  ['creator_did', 'ivo://CDS/P/Fake'],
  ['obs_title', 'Fake survey'],
  ['dataproduct_type', 'image'],
  ['hips_version', '1.4'],
  ['hips_frame', 'equatorial'],
  ['hips_order', 5],
  ['hips_tile_width', 512],
  ['hips_tile_format', 'jpeg png'],
  ['hips_service_url', 'https://alasky.cds.unistra.fr/Fake'],
  ['hips_service_url_1', 'https://alaskybis.cds.unistra.fr/Fake'],
]
  .map(([key, value]) => `${key} = ${value}\n`)
  .join('');

describe('online surveys', () => {
  /** Requests that left the page for another machine, whoever would have answered. */
  let sent: URL[] = [];

  beforeAll(() => answerForOthers(page));

  async function answerForOthers(window: Page): Promise<void> {
    const context = window.context();
    context.on('request', (request) => {
      if (request.url().startsWith('https:')) sent.push(new URL(request.url()));
    });
    await context.route(MACHINES, (route) => {
      const url = new URL(route.request().url());
      const headers = { 'Access-Control-Allow-Origin': '*' };
      if (url.pathname.endsWith('/properties')) return route.fulfill({ headers, body: PROPERTIES });
      if (url.href === sesameUrl('M 31'))
        return route.fulfill({ headers, body: '%J 180.2 +49.9 = 12:00:48 +49:54:00\n' });
      if (url.pathname.endsWith('nph-sesame/-o/SNV'))
        return route.fulfill({ headers, body: '#!SIMBAD: Nothing found\n' });
      if (/Npix\d+\.(jpg|png)$/.test(url.pathname))
        return route.fulfill({ headers, body: TILE, contentType: 'image/png' });
      return route.fulfill({ headers, status: 404 });
    });
  }

  const hosts = (): string[] => [...new Set(sent.map(({ origin }) => origin))];
  const chooseImage = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Image shown' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  const goTo = async (text: string): Promise<void> => {
    await page.locator('#goto').fill(text);
    await page.locator('#goto').press('Enter');
  };
  /** The window is loaded anew by the switch. */
  const flip = async (button: string): Promise<void> => {
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: button, exact: true }).click();
    await loaded;
    await page.locator('.sky-sources').first().waitFor();
  };

  test('off, as it is at first, no survey is offered, a name is not looked up, and the policy lets nothing out', async () => {
    await page.getByRole('button', { name: 'Image shown' }).click();
    await page.getByRole('menuitem', { name: 'Online surveys…' }).waitFor();
    for (const { name } of ONLINE_SURVEYS) expect(await page.getByRole('menuitem', { name }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await goTo('M 31');
    await page.getByText('not found').waitFor();
    const isRefused = await page.evaluate(
      (url) =>
        fetch(`${url}/properties`).then(
          () => false,
          () => true,
        ),
      ONLINE_SURVEYS[0]!.url,
    );
    expect(isRefused).toBe(true);
    // The browser names a request that its policy has stopped; none of them was sent.
    expect(sent.filter(({ pathname }) => !pathname.endsWith('/properties'))).toEqual([]);
  });

  test('the switch says which machines will be asked, for what, and what they learn', async () => {
    await chooseImage('Online surveys…');
    const dialog = page.getByRole('dialog');
    for (const { origin, what } of ONLINE_ORIGINS) {
      await dialog.getByText(new URL(origin).host, { exact: true }).waitFor();
      await dialog.getByText(what).waitFor();
    }
    await dialog.getByText('Nothing of your files is sent').waitFor();
    await page.screenshot({ path: join(pictureFolder, 'online-switch.png') });
    sent = [];
    await flip('Switch on');
    expect(hosts()).toEqual([]);
  });

  test.each(ONLINE_SURVEYS)(
    'on, $name is asked of its own machine alone, and says where it is from',
    async (survey) => {
      await chooseImage(survey.name);
      await page.getByText(`${survey.name}, from ${new URL(survey.url).host}`).waitFor();
      await expect.poll(() => sent.some(({ href }) => href.startsWith(`${survey.url}/Norder`))).toBe(true);
      // From now on: the survey before may have had tiles on their way when this one took its place.
      sent = [];
      await page.locator('.sky__map').hover();
      for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, 400);
      await expect.poll(() => sent.filter(({ pathname }) => pathname.includes('/Npix')).length).toBeGreaterThan(0);
      expect(sent.filter(({ href }) => !href.startsWith(`${survey.url}/`))).toEqual([]);
      await page.screenshot({ path: join(pictureFolder, `online-${survey.id}.png`) });
    },
  );

  test('an object that is in no catalogue row is asked of Sesame alone, and the sky goes there', async () => {
    await page.getByRole('button', { name: 'Image shown' }).click();
    await page.getByRole('menuitem').first().click();
    await page.locator('.sky__layer').waitFor({ state: 'detached' });
    sent = [];
    await goTo('M 31');
    await expect.poll(() => sent.map(({ href }) => href)).toEqual([sesameUrl('M 31')]);
    await goTo('Nonsense 99');
    await page.getByText('not found').waitFor();
    expect(hosts()).toEqual([new URL(sesameUrl('')).origin]);
    // What this machine knows is not asked of another one.
    sent = [];
    for (const known of ['#3', '12:00:00 +50:00:00', 'G 150.2 53.1']) await goTo(known);
    expect(sent).toEqual([]);
  });

  test('switched off again, nothing is asked', async () => {
    await chooseImage('Online is on…');
    await flip('Switch off');
    sent = [];
    await goTo('M 31');
    await page.getByText('not found').waitFor();
    expect(sent).toEqual([]);
  });
});
