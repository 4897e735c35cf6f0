import type { AladinInstance } from 'aladin-lite';
import type { OverlayTimes } from '../overlay-times.ts';
import { PUBLISHED_CUTOUT } from '../../src/core/cutout/cutout-recipe.ts';
import { randomStream } from '../../src/core/random/philox.ts';
import { loadAladin } from '../../src/renderer/sky-map/aladin-view.ts';
import { createSkyMap } from '../../src/renderer/sky-map/create-sky-map.ts';
import { imageDisplay } from '../../src/renderer/sky-map/image-display.ts';
import { SourceLayer } from '../../src/renderer/sky-map/source-layer.ts';

declare global {
  interface Window {
    measureOurs: (rowCount: number) => Promise<OverlayTimes>;
    /** The peer draws the same positions through A.catalog; milliseconds per frame while panning. */
    measureCatalogue: (rowCount: number) => Promise<number>;
  }
}

/** Sources over 3.6° × 3.6°, seen in a view of 2.4°: most of the work that a field can ask for. */
const FIELD = { raDeg: 180, decDeg: 52, sideDeg: 3.6, viewDeg: 2.4 } as const;
const FRAMES = 15;
const STEP_DEG = 0.02;

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function positions(rowCount: number): { readonly raDeg: Float64Array; readonly decDeg: Float64Array } {
  const random = randomStream(rowCount);
  const decDeg = Float64Array.from({ length: rowCount }, () => FIELD.decDeg + FIELD.sideDeg * (random.uniform() - 0.5));
  const raDeg = decDeg.map(
    (dec) => FIELD.raDeg + (FIELD.sideDeg * (random.uniform() - 0.5)) / Math.cos((dec * Math.PI) / 180),
  );
  return { raDeg, decDeg };
}

/** Every call of `object[name]` from now on is timed. */
function timeCalls(object: object, name: string): number[] {
  const times: number[] = [];
  const owner = object as Record<string, (...args: unknown[]) => unknown>;
  const original = owner[name]!;
  owner[name] = function (this: unknown, ...args: unknown[]) {
    const start = performance.now();
    const result = original.apply(this, args);
    times.push(performance.now() - start);
    return result;
  };
  return times;
}

const drawTimes = timeCalls(SourceLayer.prototype, 'draw');
/** Script of the overlay's next frame [ms]; NaN where four frames pass without one. */
async function nextDraw(): Promise<number> {
  const before = drawTimes.length;
  for (let frame = 0; frame < 4 && drawTimes.length === before; frame++) await nextFrame();
  return drawTimes[before] ?? NaN;
}

const choice = { stretch: 'asinh', limits: { kind: 'auto' }, colourMap: 'magma', isInverted: false } as const;
const container = document.querySelector<HTMLElement>('#sky')!;
const map = createSkyMap(container, {
  hipsUrl: '/hips/blank',
  blankUrl: '/hips/blank',
  initialView: { raDeg: FIELD.raDeg, decDeg: FIELD.decDeg, fovDeg: FIELD.viewDeg },
  theme: 'dark',
  display: imageDisplay({ ...choice, contrast: 1, bias: 0.5 }, { levels: undefined, channels: PUBLISHED_CUTOUT }),
});

globalThis.window.measureOurs = async (rowCount) => {
  await map.ready;
  const { raDeg, decDeg } = positions(rowCount);
  const random = randomStream(7);
  const draw = (least: number, width: number): Float32Array =>
    Float32Array.from({ length: rowCount }, () => least + width * random.uniform());
  map.setSources({
    rowCount,
    raDeg,
    decDeg,
    majArcsec: draw(6, 20),
    minArcsec: draw(5, 1),
    paDeg: draw(0, 180),
    sisg: Uint8Array.from({ length: rowCount }, () => Number(random.uniform() < 0.5)),
  });
  map.setPredictions(
    Float64Array.from({ length: rowCount }, () => random.uniform()),
    new Uint8Array(rowCount),
  );
  map.goTo(FIELD.raDeg, FIELD.decDeg, FIELD.viewDeg);
  for (let k = 0; k < 5; k++) await nextFrame();

  const host = container.querySelector<HTMLElement>('.sky-map')!;
  let clicks = 0;
  const stop = map.onPick(() => clicks++);
  const click = (x: number, y: number): number =>
    timed(() => {
      for (const type of ['pointerdown', 'pointerup', 'click']) {
        const Kind = type === 'click' ? MouseEvent : PointerEvent;
        host.dispatchEvent(new Kind(type, { clientX: x, clientY: y, button: 0, bubbles: true }));
      }
    });
  const firstClickMs = click(400, 300);
  const clickTimes = Array.from({ length: FRAMES }, (_, k) => click(200 + 17 * k, 150 + 11 * k));
  if (clicks === 0) throw new Error('no click reached the map');
  stop();

  drawTimes.length = 0;
  const frames: number[] = [];
  for (let k = 0; k < FRAMES; k++) {
    const moved = timed(() => map.goTo(FIELD.raDeg + (k % 8) * STEP_DEG, FIELD.decDeg));
    frames.push(moved + (await nextDraw()));
  }
  const thresholds: number[] = [];
  for (let k = 0; k < FRAMES; k++) {
    const set = timed(() => map.setThreshold(0.3 + 0.01 * k));
    thresholds.push(set + (await nextDraw()));
  }
  const finite = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));
  if (finite(frames).length < FRAMES / 2) throw new Error('the overlay was not drawn while panning');
  return {
    panFrameMs: median(finite(frames)),
    worstPanFrameMs: Math.max(...finite(frames)),
    thresholdMs: median(finite(thresholds)),
    clickMs: median(clickTimes),
    firstClickMs,
  };
};

/** What Aladin's own catalogue needs beyond our declarations. */
interface CatalogueApi {
  catalog(options: object): object & { addSources(sources: readonly unknown[]): void };
  source(ra: number, dec: number, data: object): unknown;
}

globalThis.window.measureCatalogue = async (rowCount) => {
  map.destroy();
  const aladinLite = await loadAladin();
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'absolute', inset: '0' });
  container.append(element);
  const survey = aladinLite.HiPS(new URL('/hips/blank', location.href).href, {
    imgFormat: 'fits',
    minCut: 0,
    maxCut: 1,
    colormap: 'grayscale',
    stretch: 'linear',
  });
  const aladin: AladinInstance & { addCatalog?: (catalogue: object) => void } = aladinLite.aladin(element, {
    survey,
    hipsList: [],
    log: false,
    samp: false,
    target: `${FIELD.raDeg} ${FIELD.decDeg}`,
    fov: FIELD.viewDeg,
    projection: 'TAN',
    cooFrame: 'ICRS',
    backgroundColor: 'black',
    showContextMenu: false,
  });
  const { raDeg, decDeg } = positions(rowCount);
  const api = aladinLite as unknown as CatalogueApi;
  const catalogue = api.catalog({ shape: 'circle', sourceSize: 8, color: '#ffb000' });
  aladin.addCatalog!(catalogue);
  catalogue.addSources(Array.from(raDeg, (ra, row) => api.source(ra, decDeg[row]!, { row })));
  const times = timeCalls(catalogue, 'draw');
  for (let k = 0; k < FRAMES / 2; k++) {
    aladin.gotoRaDec(FIELD.raDeg + (k % 8) * STEP_DEG, FIELD.decDeg);
    await nextFrame();
    await nextFrame();
  }
  if (times.length < 5) throw new Error('A.catalog was not drawn while panning');
  return median(times);
};
