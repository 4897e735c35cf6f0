import type A from 'aladin-lite';
import type { AladinInstance } from 'aladin-lite';
import { absoluteUrl, tilesAt } from './field-tiles.ts';
import { FOV_RANGE_DEG } from './fitted-view.ts';
import type { FrameListeners } from './frame-loop.ts';
import { frameLoop } from './frame-loop.ts';
import type { ImageLook } from './image-display.ts';
import type { LayerOptions } from './image-layers.ts';
import { imageLayers, layerOf } from './image-layers.ts';
import type { ScreenPoint, ScreenSize, SkyView } from './screen.ts';
import { GROUND } from './screen.ts';
import type { ViewProjection } from './view-projection.ts';
import { isOfScreen, projectionOf } from './view-projection.ts';

export interface AladinViewOptions extends FrameListeners {
  readonly hipsUrl: string;
  readonly blankUrl: string;
  readonly view: SkyView;
  readonly look: ImageLook;
}

/** The image under the sources: one Aladin Lite instance, told to stay off the network, drawn only while it changes. */
export interface AladinView {
  readonly element: HTMLElement;
  goTo(raDeg: number, decDeg: number, fovDeg: number | undefined): void;
  view(): SkyView;
  /**
   * Undefined for the frames in which Aladin, just put into a panel, still puts the sky on a screen one pixel wide: a scale
   * taken from them would be wrong by hundreds.
   */
  projection(): ViewProjection | undefined;
  size(): ScreenSize;
  setLook(look: ImageLook): void;
  setField(hipsUrl: string): Promise<void>;
  showLayer(hipsUrl: string, as: LayerOptions): Promise<void>;
  /** Draws frames again for a while. */
  wake(): void;
  pause(): void;
  imagePng(): Promise<Blob>;
  /** Whether the frame that was just drawn shows the image at points of the screen; asked within that frame. */
  showsImageAt(points: readonly ScreenPoint[]): boolean;
  /** Pixels of that frame in a row of the screen, red, green, blue and opacity [CSS pixel from the top]. */
  drawnRow(row: number): Uint8Array;
  /** Stops frames and takes the element out; the instance's memory cannot be given back. */
  abandon(): void;
}

/** Aladin's own controls: the window has its own, and some of these lead to servers. */
const NO_CONTROLS = {
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
} as const;

/** Aladin Lite, its WebAssembly ready: 0.85 MB that no page needs before there is a field. */
export async function loadAladin(): Promise<typeof A> {
  const { default: aladinLite } = await import('aladin-lite');
  await aladinLite.init;
  return aladinLite;
}

/** Opens Aladin Lite in `host`. */
export async function openAladinView(host: HTMLElement, options: AladinViewOptions): Promise<AladinView> {
  const [aladinLite, tiles] = await Promise.all([loadAladin(), tilesAt(options.hipsUrl, options.blankUrl)]);

  let { theme } = options.look;
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'absolute', inset: '0' });
  host.prepend(element);

  const { view: start, look } = options;
  const aladin: AladinInstance = aladinLite.aladin(element, {
    survey: layerOf(aladinLite, tiles, look.display),
    hipsList: [],
    log: false,
    samp: false,
    // Numbers, never a name: a name would be looked up at the CDS.
    target: `${start.raDeg} ${start.decDeg}`,
    fov: start.fovDeg,
    projection: 'TAN',
    cooFrame: 'ICRS',
    backgroundColor: GROUND[theme],
    ...NO_CONTROLS,
  });
  // Its menu offers remote services, and opens even with showContextMenu: false.
  aladin.contextMenu = null;
  blockRemoteFallback(aladin, absoluteUrl(options.blankUrl));
  aladin.setFoVRange(FOV_RANGE_DEG.min, FOV_RANGE_DEG.max);

  const frames = frameLoop(aladin, options);
  const layers = imageLayers(
    aladinLite,
    aladin,
    { url: options.hipsUrl, tiles },
    { display: look.display, blankUrl: options.blankUrl, onChanged: () => frames.wake() },
  );
  // Tiles arrive while nothing moves: each one is a reason to draw.
  const arrivals = new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => layers.isTile(name))) frames.wake();
  });
  arrivals.observe({ type: 'resource' });
  const resizes = new ResizeObserver(() => frames.wake());
  resizes.observe(element);

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
      const found = projectionOf(raDeg, decDeg, fovDeg, (ra, dec) => aladin.world2pix(ra, dec));
      const panel = { width: element.clientWidth, height: element.clientHeight };
      return found !== undefined && isOfScreen(found, panel) ? found : undefined;
    },
    size() {
      const [width, height] = aladin.getSize();
      return { width, height };
    },
    setLook(next) {
      if (next.theme !== theme) aladin.setBackgroundColor(GROUND[next.theme]);
      theme = next.theme;
      layers.setDisplay(next.display);
    },
    setField: (hipsUrl) => layers.setField(hipsUrl),
    showLayer: (hipsUrl, as) => layers.show(hipsUrl, as),
    wake: () => frames.wake(),
    pause: () => frames.pause(),
    showsImageAt(points) {
      const canvas = element.querySelector<HTMLCanvasElement>('.aladin-imageCanvas');
      return canvas !== null && showsAt(canvas, points, GROUND[theme]);
    },
    drawnRow(row) {
      const canvas = element.querySelector<HTMLCanvasElement>('.aladin-imageCanvas');
      return canvas === null ? new Uint8Array(0) : drawnRowOf(canvas, row);
    },
    imagePng: () => aladin.getViewData('blob', 'image/png', false),
    abandon() {
      frames.pause();
      arrivals.disconnect();
      resizes.disconnect();
      element.remove();
    },
  };
}

/** Points of the image that may have the ground's colour by chance, or lie at the edge of a mosaic. */
const SHARE_IN_DOUBT = 0.1;

/** Whether what was just drawn covers the ground at (almost) all of the points. */
function showsAt(canvas: HTMLCanvasElement, points: readonly ScreenPoint[], ground: string): boolean {
  const context = canvas.getContext('webgl2');
  if (context === null) return false;
  const ratio = canvas.width / canvas.clientWidth;
  const groundRgb = ground.match(/\d+/g)!.map(Number);
  const pixel = new Uint8Array(4);
  const covered = points.filter(({ x, y }) => {
    const [column, row] = [Math.floor(x * ratio), canvas.height - 1 - Math.floor(y * ratio)];
    context.readPixels(column, row, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel);
    return pixel[3] === 255 && groundRgb.some((part, k) => part !== pixel[k]);
  });
  return covered.length >= (1 - SHARE_IN_DOUBT) * points.length;
}

function drawnRowOf(canvas: HTMLCanvasElement, row: number): Uint8Array {
  const context = canvas.getContext('webgl2');
  const ratio = canvas.width / canvas.clientWidth;
  const drawn = new Uint8Array(4 * canvas.width);
  const fromBottom = canvas.height - 1 - Math.floor((row + 0.5) * ratio);
  context?.readPixels(0, fromBottom, canvas.width, 1, context.RGBA, context.UNSIGNED_BYTE, drawn);
  if (ratio === 1) return drawn;
  const pixels = new Uint8Array(4 * canvas.clientWidth);
  for (let x = 0; x < canvas.clientWidth; x++) {
    const at = Math.floor((x + 0.5) * ratio);
    pixels.set(drawn.subarray(4 * at, 4 * at + 4), 4 * x);
  }
  return pixels;
}

/** A survey that fails is replaced by `DEFAULT_OPTIONS.survey`, for ever: that has to be one of ours. */
function blockRemoteFallback(aladin: AladinInstance, blankUrl: string): void {
  const prototype = Object.getPrototypeOf(aladin) as { constructor: { DEFAULT_OPTIONS?: { survey: string } } };
  const defaults = prototype.constructor.DEFAULT_OPTIONS;
  if (defaults !== undefined) defaults.survey = blankUrl;
}
