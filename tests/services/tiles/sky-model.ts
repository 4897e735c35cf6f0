import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import type { Wcs } from '../../../src/core/sky/wcs-types.ts';
import { degrees } from '../../../src/core/units/quantities.ts';

const RADIANS = Math.PI / 180;

/** An orthographic (SIN) projection written from its definition, rotated by `rotationDeg`; independent of core/sky/wcs. */
export function orthographic(options: {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly pixelScaleArcsec: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly rotationDeg?: number;
}): Wcs {
  const { raDeg, decDeg, pixelScaleArcsec, centreX, centreY, rotationDeg = 0 } = options;
  const perRadian = 3600 / pixelScaleArcsec / RADIANS;
  const [sin0, cos0] = [Math.sin(decDeg * RADIANS), Math.cos(decDeg * RADIANS)];
  const [sinR, cosR] = [Math.sin(rotationDeg * RADIANS), Math.cos(rotationDeg * RADIANS)];
  return {
    projection: 'SIN',
    pixelScaleArcsec,
    skyToPixel({ ra, dec }) {
      const [sin, cos] = [Math.sin(dec * RADIANS), Math.cos(dec * RADIANS)];
      const offset = (ra - raDeg) * RADIANS;
      if (sin0 * sin + cos0 * cos * Math.cos(offset) <= 0) return undefined;
      const east = cos * Math.sin(offset) * perRadian;
      const north = (cos0 * sin - sin0 * cos * Math.cos(offset)) * perRadian;
      return { x: centreX - east * cosR + north * sinR, y: centreY + east * sinR + north * cosR };
    },
    pixelToSky(x, y) {
      const [dx, dy] = [(x - centreX) / perRadian, (y - centreY) / perRadian];
      const east = -dx * cosR + dy * sinR;
      const north = dx * sinR + dy * cosR;
      const squared = 1 - east * east - north * north;
      if (squared < 0) return undefined;
      const towards = Math.sqrt(squared);
      const dec = Math.asin(north * cos0 + towards * sin0) / RADIANS;
      const ra = raDeg + Math.atan2(east, towards * cos0 - north * sin0) / RADIANS;
      return { ra: degrees(((ra % 360) + 360) % 360), dec: degrees(dec) };
    },
  };
}

/** A mosaic in memory. */
export function arraySource(
  wcs: Wcs,
  widthPix: number,
  heightPix: number,
  values: Float32Array,
  scale = 1,
): TileSource {
  return {
    wcs,
    widthPix,
    heightPix,
    scale,
    readWindow({ x, y, width, height }) {
      const window = new Float32Array(width * height).fill(NaN);
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const [fromX, fromY] = [x + column, y + row];
          if (fromX < 0 || fromY < 0 || fromX >= widthPix || fromY >= heightPix) continue;
          window[row * width + column] = values[fromY * widthPix + fromX]!;
        }
      }
      return Promise.resolve(window);
    },
  };
}

/** Round Gaussians [pixel, peak] on an empty image; `fwhmPix` 4 is LoTSS's 6″ beam at 1.5″ per pixel. */
export function gaussianImage(
  widthPix: number,
  heightPix: number,
  points: readonly { readonly x: number; readonly y: number; readonly peak: number }[],
  fwhmPix = 4,
): Float32Array {
  const image = new Float32Array(widthPix * heightPix);
  const sigma = fwhmPix / 2.354820045;
  const reach = Math.ceil(6 * sigma);
  for (const { x, y, peak } of points) {
    for (let row = Math.max(0, Math.floor(y) - reach); row <= Math.min(heightPix - 1, y + reach); row++) {
      for (let column = Math.max(0, Math.floor(x) - reach); column <= Math.min(widthPix - 1, x + reach); column++) {
        const squared = (column - x) ** 2 + (row - y) ** 2;
        image[row * widthPix + column]! += peak * Math.exp(-squared / (2 * sigma * sigma));
      }
    }
  }
  return image;
}
