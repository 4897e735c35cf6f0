import type { AladinInstance, AladinLayer } from 'aladin-lite';
import type { ImageColormap, ImageStretch, SkyTheme, SkyView } from './sky-map-types.ts';
import type { ViewProjection } from './view-projection.ts';
import { projectionOf } from './view-projection.ts';

/** How the image is shown. */
export interface ImageLook {
  readonly colormap: ImageColormap;
  readonly stretch: ImageStretch;
  /** Undefined takes those of the tiles' properties. */
  readonly cuts: { readonly low: number; readonly high: number } | undefined;
  readonly theme: SkyTheme;
}

export interface AladinViewOptions {
  readonly hipsUrl: string;
  readonly blankUrl: string;
  readonly view: SkyView;
  readonly look: ImageLook;
  /** After each frame that Aladin has drawn. */
  readonly onFrame: () => void;
  /** Aladin's WebAssembly died; the instance answers nothing any more. */
  readonly onPanic: (reason: string) => void;
}

/** The image under the sources: one Aladin Lite instance, told to stay off the network, drawn only while it changes. */
export interface AladinView {
  readonly element: HTMLElement;
  goTo(raDeg: number, decDeg: number, fovDeg: number | undefined): void;
  view(): SkyView;
  projection(): ViewProjection | undefined;
  size(): { readonly width: number; readonly height: number };
  setLook(look: ImageLook): void;
  setField(hipsUrl: string): Promise<void>;
  /** Draws frames again for a while. */
  wake(): void;
  pause(): void;
  imagePng(): Promise<Blob>;
  /** Stops frames and takes the element out; the instance's memory cannot be given back. */
  abandon(): void;
}

/** Aladin draws the same picture 60 times a second for ever; without a change for this long it is stopped. */
const IDLE_AFTER_MS = 1200;
/** Narrowest and widest view [deg]. The gnomonic projection stretches without limit towards 180°. */
export const FOV_RANGE_DEG = { min: 0.003, max: 90 } as const;

export const BACKGROUND: Readonly<Record<SkyTheme, string>> = { dark: 'rgb(9, 10, 14)', light: 'rgb(246, 247, 249)' };

const absolute = (url: string): string => new URL(url, globalThis.location.href).href;

interface FieldTiles {
  readonly url: string;
  readonly cuts: { readonly low: number; readonly high: number };
}

/**
 * Where the field's tiles are and their cuts, or the blank sky where they cannot be read: asked before Aladin is, since
 * Aladin answers a missing field with endless requests.
 */
async function tilesAt(hipsUrl: string, blankUrl: string): Promise<FieldTiles> {
  try {
    const response = await fetch(`${absolute(hipsUrl)}/properties`);
    if (response.ok) {
      const match = /^hips_pixel_cut\s*=\s*(\S+)\s+(\S+)/m.exec(await response.text());
      const [low, high] = [Number(match?.[1]), Number(match?.[2])];
      return { url: absolute(hipsUrl), cuts: high > low ? { low, high } : { low: 0, high: 1 } };
    }
  } catch {
    // The engine is gone; the window says so elsewhere, the sky stays blank.
  }
  return { url: absolute(blankUrl), cuts: { low: 0, high: 1 } };
}

const isPanic = (message: string): boolean =>
  /unreachable|recursive use of an object|null pointer passed to rust|memory access out of bounds/i.test(message);

/** Opens Aladin Lite in `host`. Loads it at the first call: 0.85 MB that the start page does not need. */
export async function openAladinView(host: HTMLElement, options: AladinViewOptions): Promise<AladinView> {
  const [{ default: aladinLite }, firstTiles] = await Promise.all([
    import('aladin-lite'),
    tilesAt(options.hipsUrl, options.blankUrl),
  ]);
  await aladinLite.init;

  let look = options.look;
  let tiles = firstTiles;
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'absolute', inset: '0' });
  host.prepend(element);

  const layerOf = (): AladinLayer => {
    const { low, high } = look.cuts ?? tiles.cuts;
    return aladinLite.HiPS(tiles.url, {
      imgFormat: 'fits',
      minCut: low,
      maxCut: high,
      colormap: look.colormap,
      stretch: look.stretch,
      reversed: look.theme === 'light',
    });
  };

  const { view: start } = options;
  const aladin: AladinInstance = aladinLite.aladin(element, {
    survey: layerOf(),
    hipsList: [],
    log: false,
    samp: false,
    // Numbers, never a name: a name would be looked up at the CDS.
    target: `${start.raDeg} ${start.decDeg}`,
    fov: start.fovDeg,
    projection: 'TAN',
    cooFrame: 'ICRS',
    backgroundColor: BACKGROUND[look.theme],
    showZoomControl: false,
    showLayersControl: false,
    showFullscreenControl: false,
    showSimbadPointerControl: false,
    showCooGridControl: false,
    showSettingsControl: false,
    showShareControl: false,
    showFrame: false,
    showFov: false,
    showCooLocation: false,
    showProjectionControl: false,
    showContextMenu: false,
    showStatusBar: false,
    showReticle: false,
  });
  // Its menu offers remote services, and opens even with showContextMenu: false.
  aladin.contextMenu = null;
  blockRemoteFallback(aladin, absolute(options.blankUrl));
  aladin.setFoVRange(FOV_RANGE_DEG.min, FOV_RANGE_DEG.max);

  const frames = frameLoop(aladin, options);
  // Tiles arrive while nothing moves: each one is a reason to draw.
  const arrivals = new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => name.startsWith(tiles.url))) frames.wake();
  });
  arrivals.observe({ type: 'resource' });
  const resizes = new ResizeObserver(() => frames.wake());
  resizes.observe(element);
  const layerChanged = (): void => frames.wake();
  element.addEventListener('AL:Layer.added', layerChanged);

  const view = (): SkyView => {
    const [raDeg, decDeg] = aladin.getRaDec();
    return { raDeg, decDeg, fovDeg: aladin.getFov()[0] };
  };

  return {
    element,
    goTo(raDeg, decDeg, fovDeg) {
      // The rest of a gliding wheel zoom would override the width asked for.
      aladin.view.zoomDelta = 0;
      aladin.gotoRaDec(raDeg, decDeg);
      if (fovDeg !== undefined) aladin.setFoV(Math.min(FOV_RANGE_DEG.max, Math.max(FOV_RANGE_DEG.min, fovDeg)));
      frames.wake();
    },
    view,
    projection() {
      const { raDeg, decDeg, fovDeg } = view();
      return projectionOf(raDeg, decDeg, fovDeg, (ra, dec) => aladin.world2pix(ra, dec));
    },
    size() {
      const [width, height] = aladin.getSize();
      return { width, height };
    },
    setLook(next) {
      const isThemeNew = next.theme !== look.theme;
      look = next;
      const layer = aladin.getBaseImageLayer();
      const { low, high } = look.cuts ?? tiles.cuts;
      layer?.setCuts(low, high);
      layer?.setColormap(look.colormap, { stretch: look.stretch, reversed: look.theme === 'light' });
      if (isThemeNew) aladin.setBackgroundColor(BACKGROUND[look.theme]);
      frames.wake();
    },
    async setField(hipsUrl) {
      tiles = await tilesAt(hipsUrl, options.blankUrl);
      aladin.setBaseImageLayer(layerOf());
      frames.wake();
    },
    wake: () => frames.wake(),
    pause: () => frames.pause(),
    imagePng: () => aladin.getViewData('blob', 'image/png', false),
    abandon() {
      frames.pause();
      arrivals.disconnect();
      resizes.disconnect();
      element.removeEventListener('AL:Layer.added', layerChanged);
      element.remove();
    },
  };
}

/** A survey that fails is replaced by `DEFAULT_OPTIONS.survey`, for ever: that has to be one of ours. */
function blockRemoteFallback(aladin: AladinInstance, blankUrl: string): void {
  const prototype = Object.getPrototypeOf(aladin) as { constructor: { DEFAULT_OPTIONS?: { survey: string } } };
  const defaults = prototype.constructor.DEFAULT_OPTIONS;
  if (defaults !== undefined) defaults.survey = blankUrl;
}

interface FrameLoop {
  wake(): void;
  pause(): void;
}

/**
 * Takes over Aladin's endless redraw: our callback stands where Aladin arms its next frame, so that what is drawn over
 * the image follows in the same frame, and a still picture costs nothing.
 */
function frameLoop(aladin: AladinInstance, { onFrame, onPanic }: AladinViewOptions): FrameLoop {
  let isPaused = false;
  // The constructor has armed the first frame.
  let isArmed = true;
  let idleFrom = performance.now() + IDLE_AFTER_MS;
  let last = '';

  const frame = (timeMs: number): void => {
    isArmed = false;
    if (isPaused) return;
    try {
      aladin.view.redraw(timeMs);
      isArmed = true;
      const [raDeg, decDeg] = aladin.getRaDec();
      const now = `${raDeg} ${decDeg} ${aladin.getFov().join(' ')}`;
      if (now !== last) idleFrom = performance.now() + IDLE_AFTER_MS;
      last = now;
    } catch (error) {
      isPaused = true;
      onPanic(error instanceof Error ? error.message : String(error));
      return;
    }
    onFrame();
    if (performance.now() > idleFrom) isPaused = true;
  };
  aladin.view.redrawClbk = frame;

  return {
    wake() {
      idleFrom = performance.now() + IDLE_AFTER_MS;
      isPaused = false;
      if (isArmed) return;
      isArmed = true;
      requestAnimationFrame(frame);
    },
    pause() {
      isPaused = true;
    },
  };
}

/** Watches for the death of Aladin's WebAssembly outside frames (mouse handlers, tile decoding). Returns its end. */
export function watchForPanic(onPanic: (reason: string) => void): () => void {
  const onError = (event: ErrorEvent): void => {
    if (isPanic(event.message)) onPanic(event.message);
  };
  const onRejection = (event: PromiseRejectionEvent): void => {
    const reason: unknown = event.reason;
    const message = reason instanceof Error ? reason.message : String(reason);
    if (isPanic(message)) onPanic(message);
  };
  globalThis.addEventListener('error', onError);
  globalThis.addEventListener('unhandledrejection', onRejection);
  return () => {
    globalThis.removeEventListener('error', onError);
    globalThis.removeEventListener('unhandledrejection', onRejection);
  };
}
