import type { ImageLevels } from '../../core/display/image-levels.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { LevelThreads } from './level-threads.ts';
import type { PixelAt } from './pixel-at.ts';
import type { OverviewState } from './refinement.ts';
import type { SkyViewWanted } from './sky-view.ts';

/** Answer of the tile service to one request below the field's HiPS root. */
export interface TileResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** A later answer may be better: made from a few rows of the mosaics, or for a field that is not open. */
  readonly isProvisional?: boolean;
}

/** A view of the field before its tiles are drawn. */
export interface Glimpse {
  /** Row by row from the top of the screen, in the unit of the tiles; NaN where no mosaic has a value. */
  readonly values: Float32Array;
  /** Limits that the tiles' properties name. */
  readonly cut: { readonly low: number; readonly high: number };
}

export interface TileServiceOptions {
  /** The field's mosaics, blended where they overlap. Whoever opened them closes them, after the service. */
  readonly mosaics: readonly Mosaic[];
  /** For averaging the mosaics' pixels, which this thread does where there are none. The service closes them. */
  readonly threads?: LevelThreads | undefined;
  /** Most bytes of finished tiles kept in memory. */
  readonly cacheBytes: number;
}

/** The field's mosaics as a FITS HiPS, made tile by tile when asked for. */
export interface TileService {
  /** Changes whenever a mosaic's path, size or time changes: the part of the URL that makes caching safe. */
  readonly key: string;
  /** Whole field in view. */
  readonly initialView: { readonly raDeg: number; readonly decDeg: number; readonly fovDeg: number };
  /** Unit of the tiles' values: `mJy/beam` where the mosaics' units are known, otherwise as the first file spells it. */
  readonly unit: string;
  /** Settles when the tiles of that view can be made without reading a mosaic; never fails, as their requests may. */
  readonly firstView: Promise<void>;
  /**
   * Settles when a glimpse of that view can be made without reading a mosaic and those asked for by then have been answered;
   * never fails.
   */
  untilGlimpsed(): Promise<void>;
  /**
   * @param pathname the request's path: `/hips/<key>/…` of all mosaics, `/hips/<key>.2/…` of the third alone, or
   *   `/hips/blank/…`; `~3` after a key is the revision of the overview that the tiles are asked for
   * @returns undefined where the path belongs to no HiPS of this service; a tile of another field is there, without data
   */
  handle(pathname: string): Promise<TileResponse | undefined>;
  /** The field as a view shows it, from what can be read at once; undefined where there are no mosaics. */
  glimpse(view: SkyViewWanted): Promise<Glimpse | undefined>;
  /** How far the wide tiles are from the mosaics' true means; undefined where these are made at once. */
  overview(): OverviewState | undefined;
  /** Levels of one mosaic, or of all where none is named; undefined where nothing is finite. Measured once. */
  levels(mosaic: number | undefined): Promise<ImageLevels | undefined>;
  /** @param mosaic the one to read, of all that show the position where it is undefined */
  pixelAt(position: SkyPosition, mosaic: number | undefined): Promise<PixelAt | undefined>;
  /** Forgets the finished tiles and reads no more. */
  close(): void;
}
