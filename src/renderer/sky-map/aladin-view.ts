import type A from 'aladin-lite';
import type { AladinInstance } from 'aladin-lite';
import { absoluteUrl, tilesAt } from './field-tiles.ts';
import type { FrameListeners } from './frame-loop.ts';
import { frameLoop } from './frame-loop.ts';
import type { ImageDisplay } from './image-display.ts';
import type { LayerOptions } from './image-layers.ts';
import { imageLayers, layerOf } from './image-layers.ts';
import type { SkyTheme, SkyView } from './sky-map-types.ts';
import type { ViewProjection } from './view-projection.ts';
import { projectionOf } from './view-projection.ts';

/** How the image is shown. */
export interface ImageLook {
  readonly display: ImageDisplay;
  /** Ground on which an image without pixels lies. */
  readonly theme: SkyTheme;
}

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
  projection(): ViewProjection | undefined;
  size(): { readonly width: number; readonly height: number };
  setLook(look: ImageLook): void;
  setField(hipsUrl: string): Promise<void>;
  showLayer(hipsUrl: string, as: LayerOptions): Promise<void>;
  /** Draws frames again for a while. */
  wake(): void;
  pause(): void;
  imagePng(): Promise<Blob>;
  /** Stops frames and takes the element out; the instance's memory cannot be given back. */
  abandon(): void;
}

/** Narrowest and widest view [deg]. The gnomonic projection stretches without limit towards 180°. */
export const FOV_RANGE_DEG = { min: 0.003, max: 90 } as const;

export const BACKGROUND: Readonly<Record<SkyTheme, string>> = { dark: 'rgb(9, 10, 14)', light: 'rgb(246, 247, 249)' };

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
    backgroundColor: BACKGROUND[theme],
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
      return projectionOf(raDeg, decDeg, fovDeg, (ra, dec) => aladin.world2pix(ra, dec));
    },
    size() {
      const [width, height] = aladin.getSize();
      return { width, height };
    },
    setLook(next) {
      if (next.theme !== theme) aladin.setBackgroundColor(BACKGROUND[next.theme]);
      theme = next.theme;
      layers.setDisplay(next.display);
    },
    setField: (hipsUrl) => layers.setField(hipsUrl),
    showLayer: (hipsUrl, as) => layers.show(hipsUrl, as),
    wake: () => frames.wake(),
    pause: () => frames.pause(),
    imagePng: () => aladin.getViewData('blob', 'image/png', false),
    abandon() {
      frames.pause();
      arrivals.disconnect();
      resizes.disconnect();
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
