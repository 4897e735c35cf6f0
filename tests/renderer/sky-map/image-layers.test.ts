import { afterEach, expect, test, vi } from 'vitest';
import type A from 'aladin-lite';
import type { AladinInstance } from 'aladin-lite';
import type { ImageDisplay } from '../../../src/renderer/sky-map/image-display.ts';
import { imageLayers } from '../../../src/renderer/sky-map/image-layers.ts';

const SURVEY = 'https://survey.example/hips';
const display: ImageDisplay = {
  limits: undefined,
  transfer: (share) => share,
  native: 'linear',
  colours: ['#000000'],
  barColours: ['#000000'],
};

afterEach(() => vi.unstubAllGlobals());

/** Layers over a field, with the names of those that Aladin was given. */
function layersOverField() {
  const added: string[] = [];
  const bases: unknown[] = [];
  const aladin = {
    aladinDiv: new EventTarget(),
    view: { wasm: { createCustomColormap: () => undefined } },
    getBaseImageLayer: () => undefined,
    getOverlayImageLayer: () => undefined,
    setOverlayImageLayer: (_: unknown, name: string) => added.push(name),
    setBaseImageLayer: (layer: unknown) => bases.push(layer),
    removeImageLayer: () => undefined,
  } as unknown as AladinInstance;
  const tiles = { url: 'https://lobate.example/hips/field', cuts: { low: 0, high: 1 } };
  const layers = imageLayers(
    { HiPS: (url: string) => url } as unknown as typeof A,
    aladin,
    { url: '/hips/field', tiles },
    { display, blankUrl: '/hips/blank', onChanged: () => undefined },
  );
  return { layers, added, bases };
}

test('a survey that is left before its server answers is not added, and so is asked for no tiles', async () => {
  vi.stubGlobal('location', { href: 'https://lobate.example/' });
  let answer: (response: Response) => void = () => undefined;
  const answered = new Promise<Response>((resolve) => (answer = resolve));
  vi.stubGlobal('fetch', () => answered);
  const { layers, added } = layersOverField();
  const left = layers.show(SURVEY, { pictures: 'png' });
  await layers.show('/hips/field', {});
  answer(new Response('hips_tile_format = png'));
  await left;
  expect(added).toEqual([]);
});

test('a survey that stays chosen is added once its server answers', async () => {
  vi.stubGlobal('location', { href: 'https://lobate.example/' });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('hips_tile_format = png')));
  const { layers, added } = layersOverField();
  await layers.show(SURVEY, { pictures: 'png' });
  expect(added).toEqual([SURVEY]);
});

test('of two fields opened one after the other the later is shown, whichever answers first', async () => {
  vi.stubGlobal('location', { href: 'https://lobate.example/' });
  const answers = new Map<string, (response: Response) => void>();
  vi.stubGlobal('fetch', (url: string) => new Promise((resolve) => answers.set(url, resolve)));
  const { layers, added, bases } = layersOverField();
  const [first, second] = [layers.setField('/hips/first'), layers.setField('/hips/second')];
  const shown = layers.show('/hips/second', {});
  answers.get('https://lobate.example/hips/second/properties')?.(new Response(''));
  answers.get('https://lobate.example/hips/first/properties')?.(new Response(''));
  await Promise.all([first, second, shown]);
  expect(bases).toEqual(['https://lobate.example/hips/second']);
  expect(added).toEqual([]);
});
