import { healpixCellAt, healpixNumberOf, healpixSideArcsec } from '../../core/sky/healpix.ts';
import { RADIANS_PER_DEGREE } from '../../core/units/quantities.ts';
import type { TileSource } from './tile-source.ts';

/** Sampling points per HEALPix pixel, each way, when looking for the pixels that an image touches. */
const SAMPLES_PER_CELL = 8;
/** Positions computed for the coverage of the whole field; about half a second. */
const MOST_SAMPLES = 500_000;
/** Sky shown around the field at first, as a factor on its extent. */
const VIEW_MARGIN = 1.08;
const WHOLE_SKY_FOV_DEG = 180;

/**
 * The nested numbers of all pixels of `order` that an image touches, in ascending order. The image is sampled with one
 * step of margin on each side, so that a pixel which only pokes a corner into it is found too.
 */
export function coveredPixels(source: TileSource, order: number): number[] {
  const step = Math.max(1, healpixSideArcsec(order) / source.wcs.pixelScaleArcsec / SAMPLES_PER_CELL);
  const columns = Math.ceil(source.widthPix / step) + 2;
  const rows = Math.ceil(source.heightPix / step) + 2;
  const found = new Set<number>();
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const position = source.wcs.pixelToSky((column - 1) * step - 0.5, (row - 1) * step - 0.5);
      if (position !== undefined) found.add(healpixNumberOf(healpixCellAt(order, position)));
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The deepest order up to `finest` at which the coverage of all images is found in half a second. */
export function coverageOrder(sources: readonly TileSource[], finest: number): number {
  const samplesAt = (order: number): number => {
    const stepArcsec = healpixSideArcsec(order) / SAMPLES_PER_CELL;
    return sources.reduce((sum, { wcs, widthPix, heightPix }) => {
      const perStep = wcs.pixelScaleArcsec / stepArcsec;
      return sum + (widthPix * perStep + 3) * (heightPix * perStep + 3);
    }, 0);
  };
  let order = finest;
  while (order > 0 && samplesAt(order) > MOST_SAMPLES) order--;
  return order;
}

/** Centre and width [deg] of a view that shows all images. */
export function viewOf(sources: readonly TileSource[]): { raDeg: number; decDeg: number; fovDeg: number } {
  const outline = sources.flatMap(outlineOf);
  const sum = [0, 0, 0];
  for (const vector of outline) vector.forEach((component, axis) => (sum[axis]! += component));
  const [x, y, z] = sum as [number, number, number];
  const length = Math.hypot(x, y, z);
  if (length === 0) return { raDeg: 0, decDeg: 0, fovDeg: WHOLE_SKY_FOV_DEG };
  const raDeg = (Math.atan2(y, x) / RADIANS_PER_DEGREE + 360) % 360;
  const decDeg = Math.atan2(z, Math.hypot(x, y)) / RADIANS_PER_DEGREE;
  // The widest offset in right ascension or declination, seen from the centre; corners of a rectangle lie in view.
  const ra = raDeg * RADIANS_PER_DEGREE;
  const dec = decDeg * RADIANS_PER_DEGREE;
  const east = [-Math.sin(ra), Math.cos(ra), 0];
  const north = [-Math.sin(dec) * Math.cos(ra), -Math.sin(dec) * Math.sin(ra), Math.cos(dec)];
  const along = (vector: readonly number[], axis: readonly number[]): number =>
    Math.abs(vector[0]! * axis[0]! + vector[1]! * axis[1]! + vector[2]! * axis[2]!);
  const offset = Math.max(...outline.map((vector) => Math.max(along(vector, east), along(vector, north))));
  const fovDeg = (2 * Math.asin(Math.min(1, offset)) * VIEW_MARGIN) / RADIANS_PER_DEGREE;
  return { raDeg, decDeg, fovDeg: Math.min(WHOLE_SKY_FOV_DEG, fovDeg) };
}

function outlineOf({ wcs, widthPix, heightPix }: TileSource): number[][] {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const vectors: number[][] = [];
  for (const shareX of shares) {
    for (const shareY of shares) {
      const position = wcs.pixelToSky(shareX * (widthPix - 1), shareY * (heightPix - 1));
      if (position === undefined) continue;
      const [ra, dec] = [position.ra * RADIANS_PER_DEGREE, position.dec * RADIANS_PER_DEGREE];
      vectors.push([Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)]);
    }
  }
  return vectors;
}
