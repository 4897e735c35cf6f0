import type { PixelPosition, SkyPosition } from './position.ts';

/** The celestial world coordinate system of an image plane (FITS papers I and II). Pixels are 0-based. */
export interface Wcs {
  /** Projection code of CTYPE, as `SIN`. */
  readonly projection: string;
  /** Approximate pixel side at the reference point [arcsec], √|det(CD)|. */
  readonly pixelScaleArcsec: number;
  /** Sky position of a pixel; undefined where the pixel is not on the sphere (outside the projection's range). */
  pixelToSky(x: number, y: number): SkyPosition | undefined;
  /** Pixel of a sky position; undefined where the projection cannot show it (the far hemisphere of SIN and TAN). */
  skyToPixel(position: SkyPosition): PixelPosition | undefined;
}
