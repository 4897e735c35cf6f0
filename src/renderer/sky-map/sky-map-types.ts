import type { SkyPainter } from './annotations.ts';
import type { BeginDrag } from './drags.ts';
import type { Glimpse, GlimpseOptions } from './glimpse.ts';
import type { ImageDisplay } from './image-display.ts';
import type { LayerOptions } from './image-layers.ts';
import type { ScreenPoint, ScreenRegion, ScreenSize, SkyTheme, SkyView, Unsubscribe } from './screen.ts';

export type { ScreenPoint, ScreenRegion, SkyTheme, SkyView, Unsubscribe } from './screen.ts';

/**
 * What the rest of the window knows of the sky. `createSkyMap` (create-sky-map.ts) makes one `SkyMap` per window, outside
 * React's life cycle: Aladin Lite cannot be destroyed, so the map moves between containers instead of being made anew.
 */

/** The catalogue as the map draws it, one entry per row. `SourceColumns` of the contract fits as it is. */
export interface SourceLayerData {
  readonly rowCount: number;
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  /** Fitted axes, FWHM [arcsec]. */
  readonly majArcsec: Float32Array;
  readonly minArcsec: Float32Array;
  /** Position angle of the major axis [deg, north through east]; NaN where unknown (drawn as 0). */
  readonly paDeg: Float32Array;
  /** 1 where the source is small, isolated and a single Gaussian. */
  readonly sisg: Uint8Array;
}

/** Kinds of sources that may be left out; flagged ones and the selected one are always shown. */
export interface ShownClasses {
  readonly noResult: boolean;
  /** Classified, below the threshold. */
  readonly unflagged: boolean;
  readonly sisg: boolean;
  /** Looked at and not classifiable. */
  readonly excluded: boolean;
}

export interface SkyMapOptions extends GlimpseOptions {
  /** Root of the field's HiPS without trailing slash, as `/hips/<key>`. Relative to the page or absolute. */
  readonly hipsUrl: string;
  /** Root of the blank HiPS, as `/hips/blank`: what Aladin Lite falls back to instead of a server on the network. */
  readonly blankUrl: string;
}

export interface SkyMap {
  /** Settles when the field's image layer is shown (or its fallback, when the field cannot be read). */
  readonly ready: Promise<void>;

  /**
   * Shows another field in the same map: its tiles and the view; sources and predictions are cleared.
   * @param startView where it opens; the field's extent, `view`, where not given
   */
  setField(hipsUrl: string, view: SkyView, startView?: SkyView): void;
  /** Keeps a glimpse of the field before its image until that is drawn. */
  showGlimpse(glimpse: Glimpse): void;

  goTo(raDeg: number, decDeg: number, fovDeg?: number): void;
  view(): SkyView;
  /** Of the container [CSS pixel]. */
  size(): ScreenSize;
  /** Called after every drawn frame in which centre or width differ from the last call. */
  onViewChanged(listener: (view: SkyView) => void): Unsubscribe;
  /** Factor on the width of the view: 0.5 shows half of it. */
  zoomBy(factor: number): void;
  /** Back to the initial view of the field. */
  resetView(): void;

  setSources(sources: SourceLayerData | undefined): void;
  /**
   * P(MC) per row [0..1, NaN where there is none] and, per row, an index into `statusNames` (255: no result yet). Call
   * again with the same arrays after changing entries; `rows` limits the upload to those that changed.
   */
  setPredictions(probability: Float64Array, status: Uint8Array, rows?: readonly number[]): void;
  /** Moving it costs no work per source. */
  setThreshold(threshold: number): void;
  setSelected(row: number | undefined): void;
  setNeighbours(rows: readonly number[]): void;
  /** Ringed rows, those of a selection. */
  setChosen(rows: Uint32Array): void;
  /** Costs no work per source. */
  setShown(shown: ShownClasses): void;
  /** One entry per row, 0 hides it; undefined shows all. */
  setVisibleRows(mask: Uint8Array | undefined): void;

  /** A click: the row under it, undefined on empty sky. */
  onPick(listener: (row: number | undefined) => void): Unsubscribe;
  onHover(listener: (row: number | undefined, point: ScreenPoint) => void): Unsubscribe;
  /** Position under the pointer [deg, ICRS]; undefined when it leaves the sky. */
  onPointerSky(
    listener: (position: { readonly raDeg: number; readonly decDeg: number } | undefined) => void,
  ): Unsubscribe;

  /** How the image is shown, and which ground and marks go with it. */
  setDisplay(display: ImageDisplay, theme: SkyTheme): void;
  /** Shows one image instead of the others: the field's HiPS, that of one mosaic, or a survey of pictures. */
  showLayer(hipsUrl: string, as?: LayerOptions): void;

  /** Takes drags before Aladin pans; undefined leaves all to it. */
  setDrags(begin: BeginDrag | undefined): void;
  /** Draws over everything, in every frame, until it is ended. */
  addPainter(painter: SkyPainter): Unsubscribe;
  /** Draws sources and painters again: something of theirs has changed. */
  redraw(): void;
  /** Visible rows whose centre lies in a region of the screen, ascending. */
  rowsInside(region: ScreenRegion): Uint32Array;

  /** Position under a point of the container [deg, ICRS]; undefined until the image is there. */
  toSky(point: ScreenPoint): { readonly raDeg: number; readonly decDeg: number } | undefined;
  /** Pixels of a position in the container; undefined on the far side of the sky. */
  toScreen(raDeg: number, decDeg: number): ScreenPoint | undefined;
  /** Direction of north on the screen [deg, counter-clockwise from up]. */
  northDeg(): number;

  /** Image and sources as they stand, PNG at the screen's resolution. */
  snapshotPng(): Promise<Blob>;

  /** Takes the map out of its container, keeping image and sources; drawing pauses. */
  detach(): void;
  attach(container: HTMLElement): void;
  /** Removes listeners and the map's elements. The graphics memory of Aladin Lite itself lasts as long as the page. */
  destroy(): void;
}

/** Signature of `createSkyMap` in create-sky-map.ts. */
export type CreateSkyMap = (container: HTMLElement, options: SkyMapOptions) => SkyMap;
