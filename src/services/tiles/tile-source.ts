import type { Wcs } from '../../core/sky/wcs-types.ts';
import type { PixelWindow, Plane } from './plane.ts';

/** Of a mosaic whose pixels are averaged in blocks [block]. */
export interface LevelSize {
  readonly width: number;
  readonly height: number;
}

/** A mosaic from a few of its rows: where it lies, where it is blank and how noisy it is, not what is between the rows. */
export interface RowSketch {
  /** Level whose columns it has. */
  readonly level: number;
  /** Means along each row of as many pixels as a block of the level is wide. */
  readonly rows: Plane;
  /** All zero, and the file is said to hold nothing: it is a hole on the disk, and what was not read is zero too. */
  readonly isEmptyFile: boolean;
}

/** What the tiles need of a mosaic; `Mosaic` of services/fits-files, or an array in a test. */
export interface TileSource {
  readonly wcs: Wcs;
  readonly widthPix: number;
  readonly heightPix: number;
  /** Multiplies a pixel value before it is put in a tile. */
  readonly scale: number;
  /** Whether its file takes no more room on the disk than its header: there may be no pixels in it. */
  readonly isHole?: boolean;
  /**
   * All levels from the one whose blocks are `factor` pixels wide, made beside this thread; absent where they have to be
   * made here.
   * @param rowsPerBlock rows that stand for a block of the first level; all of them where not given
   */
  readonly levelsOf?: (factor: number, sizes: readonly LevelSize[], rowsPerBlock?: number) => Promise<readonly Plane[]>;
  /**
   * Row by row from the bottom; NaN outside the image.
   * @param into pixels of an earlier window that are not needed any more, whose memory may be used again
   */
  readWindow(window: PixelWindow, into?: Float32Array | Float64Array): Promise<Float32Array | Float64Array>;
}
