import type { AladinView } from './aladin-view.ts';
import type { ImageLook } from './image-display.ts';
import { openAladinView } from './aladin-view.ts';
import { Annotations } from './annotations.ts';
import type { BeginDrag } from './drags.ts';
import { listenToDrags } from './drags.ts';
import { FOV_RANGE_DEG, fittedView } from './fitted-view.ts';
import { watchForPanic } from './frame-loop.ts';
import { GlimpseKeeper } from './glimpse-keeper.ts';
import type { LayerOptions } from './image-layers.ts';
import { Listeners } from './listeners.ts';
import { listenToPointerAndKeys } from './pointer-and-keys.ts';
import { rowsInside } from './rows-inside.ts';
import type { ScreenPoint, SkyMap, SkyMapOptions, SkyView, SourceLayerData } from './sky-map-types.ts';
import type { SourceIndex } from './source-index.ts';
import { buildSourceIndex } from './source-index.ts';
import { ELLIPSES_FROM_PX_PER_ARCSEC, SourceLayer } from './source-layer.ts';
import type { ViewProjection } from './view-projection.ts';
import { pixelsPerRadian, screenOf, skyAt, unitVector } from './view-projection.ts';

const ARCSEC = Math.PI / 180 / 3600;
/** Deaths of Aladin within a minute after which the image is given up; sources are drawn on. */
const MOST_REBUILDS_PER_MINUTE = 3;
const MINUTE_MS = 60_000;

/**
 * Makes the window's one sky. Outside React: keep the returned map and `attach` it to whichever element shows it.
 * Everything may be called before `ready`; it takes effect when the image is there.
 */
export function createSkyMap(container: HTMLElement, options: SkyMapOptions): SkyMap {
  const host = document.createElement('div');
  host.className = 'sky-map';
  host.tabIndex = 0;
  host.setAttribute('role', 'application');
  host.setAttribute('aria-label', 'Sky. Plus and minus zoom, arrows move, 0 shows the whole field.');
  Object.assign(host.style, { position: 'absolute', inset: '0', overflow: 'hidden', outlineOffset: '-2px' });
  container.append(host);

  const layer = new SourceLayer();
  const annotations = new Annotations();
  const glimpse = new GlimpseKeeper();
  const viewChanged = new Listeners<[SkyView]>();
  const picked = new Listeners<[number | undefined]>();
  const hovered = new Listeners<[number | undefined, ScreenPoint]>();
  const pointerOnSky = new Listeners<[{ readonly raDeg: number; readonly decDeg: number } | undefined]>();

  let hipsUrl = options.hipsUrl;
  let homeView = options.initialView;
  let lastView: SkyView = options.startView ?? fitted();
  let layerUrl = hipsUrl;
  let layerAs: LayerOptions = {};
  let look: ImageLook = { display: options.display, theme: options.theme };
  let beginDrag: BeginDrag | undefined;
  let aladin: AladinView | undefined;
  let projection: ViewProjection | undefined;
  let sources: SourceLayerData | undefined;
  let index: SourceIndex | undefined;
  let hoveredRow: number | undefined;
  let pointer: ScreenPoint | undefined;
  let isSourceDrawDue = false;
  let isDestroyed = false;
  let rebuilds: number[] = [];
  let toldView = '';

  layer.setTheme(look.theme);

  function drawFrame(): void {
    if (aladin === undefined) return;
    lastView = aladin.view();
    projection = aladin.projection();
    const { width, height } = aladin.size();
    layer.draw(projection, width, height);
    annotations.draw(projection, width, height, look.theme);
    if (projection !== undefined) glimpse.follow(projection);
    // Who follows the view asks where things are on the screen, which may be known later than the view itself.
    const isPlaced = projection !== undefined;
    const view = `${lastView.raDeg} ${lastView.decDeg} ${lastView.fovDeg} ${width} ${height} ${isPlaced}`;
    if (view === toldView) return;
    toldView = view;
    viewChanged.tell(lastView);
    // The sky moved under a resting pointer: what lies there is another source now.
    if (pointer !== undefined) hoverAt(pointer);
  }

  function drawFrameOfAladin(): void {
    drawFrame();
    if (aladin !== undefined && projection !== undefined) glimpse.compare(aladin, projection);
  }

  /** Sources changed but not the image: no need to wake Aladin. */
  function drawSourcesSoon(): void {
    if (isSourceDrawDue) return;
    isSourceDrawDue = true;
    requestAnimationFrame(() => {
      isSourceDrawDue = false;
      if (!isDestroyed) drawFrame();
    });
  }

  async function open(): Promise<void> {
    const opened = await openAladinView(host, {
      hipsUrl,
      blankUrl: options.blankUrl,
      view: lastView,
      look,
      onFrame: drawFrameOfAladin,
      onPanic: rebuild,
    });
    if (isDestroyed) {
      opened.abandon();
      return;
    }
    aladin = opened;
    // Above Aladin's canvases, below its logo.
    const catalogueCanvas = opened.element.querySelector('.aladin-catalogCanvas');
    opened.element.querySelector('a[href*="aladin"]')?.setAttribute('aria-label', 'Aladin Lite, on the web');
    if (catalogueCanvas === null) opened.element.append(layer.canvas, annotations.canvas);
    else catalogueCanvas.after(layer.canvas, annotations.canvas);
    glimpse.putBefore(layer.canvas);
    // What was asked for while it opened.
    opened.setLook(look);
    if (layerUrl !== hipsUrl) await opened.showLayer(layerUrl, layerAs);
    opened.goTo(lastView.raDeg, lastView.decDeg, lastView.fovDeg);
  }

  /** Aladin has died: a new instance takes its place, the view and the sources stay. */
  function rebuild(reason: string): void {
    if (aladin === undefined || isDestroyed) return;
    console.error(`The sky's image engine failed (${reason}); it is started again.`);
    aladin.abandon();
    aladin = undefined;
    glimpse.end();
    host.append(layer.canvas, annotations.canvas);
    const now = performance.now();
    rebuilds = [...rebuilds.filter((time) => now - time < MINUTE_MS), now];
    if (rebuilds.length <= MOST_REBUILDS_PER_MINUTE) void open();
  }

  function pickAt({ x, y }: ScreenPoint): number | undefined {
    if (projection === undefined || index === undefined) return undefined;
    const withEllipses = pixelsPerRadian(projection) * ARCSEC >= ELLIPSES_FROM_PX_PER_ARCSEC;
    return index.pick(projection, x, y, { withEllipses, isVisible: (row) => layer.isVisible(row) });
  }

  function hoverAt(point: ScreenPoint | undefined): void {
    pointer = point;
    if (!pointerOnSky.isEmpty) {
      const isOnSky = point !== undefined && projection !== undefined;
      pointerOnSky.tell(isOnSky ? skyAt(projection!, point.x, point.y) : undefined);
    }
    const row = point === undefined ? undefined : pickAt(point);
    if (row === undefined && hoveredRow === undefined) return;
    hoveredRow = row;
    host.classList.toggle('sky-map-over-source', row !== undefined);
    hovered.tell(row, point ?? { x: 0, y: 0 });
  }

  function goTo(raDeg: number, decDeg: number, fovDeg?: number): void {
    lastView = { raDeg, decDeg, fovDeg: fovDeg ?? lastView.fovDeg };
    aladin?.goTo(raDeg, decDeg, fovDeg);
  }

  function zoomBy(factor: number): void {
    const fovDeg = Math.min(FOV_RANGE_DEG.max, Math.max(FOV_RANGE_DEG.min, lastView.fovDeg * factor));
    goTo(lastView.raDeg, lastView.decDeg, fovDeg);
  }

  function pan(shareX: number, shareY: number): void {
    // From the view as it is now: a second key within one frame must not undo the first.
    projection = aladin?.projection();
    if (projection === undefined || aladin === undefined) return;
    const { width, height } = aladin.size();
    const { raDeg, decDeg } = skyAt(
      projection,
      projection.originX + shareX * width,
      projection.originY + shareY * height,
    );
    goTo(raDeg, decDeg);
  }

  function size(): { width: number; height: number } {
    return { width: host.clientWidth, height: host.clientHeight };
  }

  function fitted(): SkyView {
    return fittedView(homeView, size());
  }

  function resetView(): void {
    const { raDeg, decDeg, fovDeg } = fitted();
    goTo(raDeg, decDeg, fovDeg);
  }

  function setSources(next: SourceLayerData | undefined): void {
    sources = next;
    hoveredRow = undefined;
    layer.setSources(next);
    // Here and not at the first click, which would wait for it.
    index = next === undefined ? undefined : buildSourceIndex(next, layer.cells);
    drawSourcesSoon();
  }

  const stopListening = listenToPointerAndKeys(host, {
    wake: () => aladin?.wake(),
    click: (point) => picked.tell(pickAt(point)),
    move: hoverAt,
    pan,
  });
  const stopDrags = listenToDrags(host, (start) => beginDrag?.(start));
  const stopWatching = watchForPanic(rebuild);
  const onVisibility = (): void => {
    if (document.hidden) aladin?.pause();
    else aladin?.wake();
  };
  document.addEventListener('visibilitychange', onVisibility);
  const ready = open();

  return {
    ready,
    setField(nextUrl, view, startView) {
      glimpse.end();
      hipsUrl = nextUrl;
      [layerUrl, layerAs] = [nextUrl, {}];
      homeView = view;
      setSources(undefined);
      const { raDeg, decDeg, fovDeg } = startView ?? fitted();
      goTo(raDeg, decDeg, fovDeg);
      void ready.then(() => aladin?.setField(nextUrl));
    },
    showGlimpse(next) {
      host.append(next.canvas);
      glimpse.keep(next, look);
      if (aladin !== undefined) glimpse.putBefore(layer.canvas);
      // What comes late is compared with an image that is there.
      aladin?.wake();
    },
    goTo,
    view: () => aladin?.view() ?? lastView,
    size,
    onViewChanged: (listener) => viewChanged.add(listener),
    zoomBy,
    resetView,
    setSources,
    setPredictions(probability, status, rows) {
      layer.setPredictions(probability, status, rows);
      drawSourcesSoon();
    },
    setThreshold(threshold) {
      layer.setThreshold(threshold);
      drawSourcesSoon();
    },
    setSelected(row) {
      layer.setSelected(row);
      drawSourcesSoon();
    },
    setNeighbours(rows) {
      layer.setNeighbours(rows);
      drawSourcesSoon();
    },
    setChosen(rows) {
      layer.setChosen(rows);
      drawSourcesSoon();
    },
    setShown(shown) {
      layer.setShown(shown);
      drawSourcesSoon();
    },
    setVisibleRows(mask) {
      layer.setVisibleRows(mask);
      drawSourcesSoon();
    },
    onPick: (listener) => picked.add(listener),
    onHover: (listener) => hovered.add(listener),
    onPointerSky: (listener) => pointerOnSky.add(listener),
    setDisplay(display, theme) {
      look = { display, theme };
      layer.setTheme(theme);
      aladin?.setLook(look);
      glimpse.setLook(look);
      drawSourcesSoon();
    },
    showLayer(nextUrl, as = {}) {
      [layerUrl, layerAs] = [nextUrl, as];
      // Another image than the field's.
      if (nextUrl !== hipsUrl && as.replaced === undefined) glimpse.end();
      void aladin?.showLayer(nextUrl, as);
    },
    setDrags: (begin) => (beginDrag = begin),
    addPainter(painter) {
      const remove = annotations.add(painter);
      drawSourcesSoon();
      return () => {
        remove();
        drawSourcesSoon();
      };
    },
    redraw: drawSourcesSoon,
    rowsInside(region) {
      if (projection === undefined || sources === undefined) return new Uint32Array(0);
      return rowsInside(region, projection, sources, layer.cells, (row) => layer.isVisible(row));
    },
    toSky: ({ x, y }) => (projection === undefined ? undefined : skyAt(projection, x, y)),
    toScreen(raDeg, decDeg) {
      return projection === undefined ? undefined : screenOf(projection, unitVector(raDeg, decDeg));
    },
    northDeg() {
      if (projection === undefined) return 0;
      return (Math.atan2(-projection.northX, -projection.northY) * 180) / Math.PI;
    },
    async snapshotPng() {
      if (aladin === undefined) throw new Error('the sky is not there yet');
      aladin.wake();
      const image = await createImageBitmap(await aladin.imagePng());
      drawFrame();
      const sheet = new OffscreenCanvas(image.width, image.height);
      const context = sheet.getContext('2d');
      if (context === null) throw new Error('the browser gives no 2-D canvas');
      context.drawImage(image, 0, 0);
      context.drawImage(layer.canvas, 0, 0, image.width, image.height);
      if (annotations.canvas.width > 0) context.drawImage(annotations.canvas, 0, 0, image.width, image.height);
      return sheet.convertToBlob({ type: 'image/png' });
    },
    detach() {
      aladin?.pause();
      host.remove();
    },
    attach(next) {
      next.append(host);
      aladin?.wake();
      drawSourcesSoon();
    },
    destroy() {
      isDestroyed = true;
      stopListening();
      stopDrags();
      stopWatching();
      document.removeEventListener('visibilitychange', onVisibility);
      aladin?.abandon();
      glimpse.end();
      layer.destroy();
      host.remove();
    },
  };
}
