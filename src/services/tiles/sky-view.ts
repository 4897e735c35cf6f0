import type { SkyPosition } from '../../core/sky/position.ts';
import { tangentPlaneAt } from '../../core/sky/tangent-plane.ts';
import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE } from '../../core/units/quantities.ts';
import type { Cap } from '../fits-files/footprint-index.ts';
import { unitVector } from '../fits-files/footprint-index.ts';
import type { TileGrid } from './tile-grid.ts';
import { GRID_STEP_PIX, gridOf } from './tile-grid.ts';

/** What the window's sky shows: gnomonic, north up, as wide as the screen has pixels. */
export interface SkyViewWanted {
  readonly centre: SkyPosition;
  /** Angle from the left edge to the right edge [deg, above 0, below 180]. */
  readonly fovDeg: number;
  /** Of the screen [pixel]. */
  readonly widthPix: number;
  readonly heightPix: number;
}

/** Of the tangent plane, at every place of a view [radian]. */
const radiansPerPixel = ({ fovDeg, widthPix }: SkyViewWanted): number =>
  (2 * Math.tan((fovDeg / 2) * RADIANS_PER_DEGREE)) / widthPix;

/** The circle about a view's centre that holds it. */
export function capOfView(view: SkyViewWanted): Cap {
  const { centre, widthPix, heightPix } = view;
  const corner = (radiansPerPixel(view) * Math.hypot(widthPix, heightPix)) / 2;
  return { centre: unitVector(centre.ra, centre.dec), radiusDeg: Math.atan(corner) / RADIANS_PER_DEGREE };
}

/** The grid of the 512 × 512 pixels of a view whose upper left pixel is given; its rows run down the screen. */
export function viewGrid(view: SkyViewWanted, left: number, top: number): TileGrid {
  const { centre, widthPix, heightPix } = view;
  const scale = radiansPerPixel(view);
  const toSky = tangentPlaneAt(centre);
  return gridOf(
    (scale / RADIANS_PER_DEGREE) * ARCSEC_PER_DEGREE,
    (row, column) => toSky((widthPix / 2 - left - column) * scale, (heightPix / 2 - top - row) * scale),
    ({ row, column }) => left + column * GRID_STEP_PIX < widthPix && top + row * GRID_STEP_PIX < heightPix,
  );
}
