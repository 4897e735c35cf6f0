import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ONLINE_ORIGINS, ONLINE_SURVEYS, sesameUrl } from '../../src/contract/online.ts';
import { greyPng } from '../../src/services/export/png.ts';
import { pictureFolder } from './pictures.ts';
import { servedWindows } from './served-window.ts';

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
  const openWindow = servedWindows();
  let page: Page;
  /** Requests that left the page for another machine, whoever would have answered. */
  let asked: URL[] = [];

  beforeAll(async () => {
    ({ page } = await openWindow({ prepare: answerForOthers }));
  });

  async function answerForOthers(window: Page): Promise<void> {
    const context = window.context();
    context.on('request', (request) => {
      if (request.url().startsWith('https:')) asked.push(new URL(request.url()));
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

  const hosts = (): string[] => [...new Set(asked.map(({ origin }) => origin))];
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
    expect(asked.filter(({ pathname }) => !pathname.endsWith('/properties'))).toEqual([]);
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
    asked = [];
    await flip('Switch on');
    expect(hosts()).toEqual([]);
  });

  test.each(ONLINE_SURVEYS)(
    'on, $name is asked of its own machine alone, and says where it is from',
    async (survey) => {
      await chooseImage(survey.name);
      await page.getByText(`${survey.name}, from ${new URL(survey.url).host}`).waitFor();
      await expect.poll(() => asked.some(({ href }) => href.startsWith(`${survey.url}/Norder`))).toBe(true);
      // From now on: the survey before may have had tiles on their way when this one took its place.
      asked = [];
      await page.locator('.sky__map').hover();
      for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, 400);
      await expect.poll(() => asked.filter(({ pathname }) => pathname.includes('/Npix')).length).toBeGreaterThan(0);
      expect(asked.filter(({ href }) => !href.startsWith(`${survey.url}/`))).toEqual([]);
      await page.screenshot({ path: join(pictureFolder, `online-${survey.id}.png`) });
    },
  );

  test('an object that is in no catalogue row is asked of Sesame alone, and the sky goes there', async () => {
    await page.getByRole('button', { name: 'Image shown' }).click();
    await page.getByRole('menuitem').first().click();
    await page.locator('.sky__layer').waitFor({ state: 'detached' });
    asked = [];
    await goTo('M 31');
    await expect.poll(() => asked.map(({ href }) => href)).toEqual([sesameUrl('M 31')]);
    await goTo('Nonsense 99');
    await page.getByText('not found').waitFor();
    expect(hosts()).toEqual([new URL(sesameUrl('')).origin]);
    // What this machine knows is not asked of another one.
    asked = [];
    for (const known of ['#3', '12:00:00 +50:00:00', 'G 150.2 53.1']) await goTo(known);
    expect(asked).toEqual([]);
  });

  test('switched off again, nothing is asked', async () => {
    await chooseImage('Online is on…');
    await flip('Switch off');
    asked = [];
    await goTo('M 31');
    await page.getByText('not found').waitFor();
    expect(asked).toEqual([]);
  });
});
