import type { SkyCells } from './sky-cells.ts';
import type { ScreenRegion, SourceLayerData } from './sky-map-types.ts';
import type { ViewProjection } from './view-projection.ts';
import { dot, screenOf, skyAt, unitVector } from './view-projection.ts';

/** Points along each side of the box by which its radius on the sky is found. */
const POINTS_PER_SIDE = 3;
/** The sky between the points bulges by less. */
const RADIUS_MARGIN = 1.05;

/** Rows whose centre lies in a region of the screen, ascending. Only the cells about the region are looked at. */
export function rowsInside(
  region: ScreenRegion,
  view: ViewProjection,
  { raDeg, decDeg }: SourceLayerData,
  cells: SkyCells,
  isVisible: (row: number) => boolean,
): Uint32Array {
  const { left, top, right, bottom } = region;
  const middle = skyAt(view, (left + right) / 2, (top + bottom) / 2);
  const radiusDeg = RADIUS_MARGIN * reachOf(region, view, unitVector(middle.raDeg, middle.decDeg));
  const found: number[] = [];
  for (const { first, end } of cells.rangesNear(middle.raDeg, middle.decDeg, radiusDeg)) {
    for (let place = first; place < end; place++) {
      const row = cells.rows[place]!;
      const at = screenOf(view, unitVector(raDeg[row]!, decDeg[row]!));
      if (at === undefined || !(at.x >= left && at.x <= right && at.y >= top && at.y <= bottom)) continue;
      if (region.contains(at.x, at.y) && isVisible(row)) found.push(row);
    }
  }
  return Uint32Array.from(found).sort();
}

/** Angle from the middle to the farthest point of the box [deg]. */
function reachOf(
  { left, top, right, bottom }: ScreenRegion,
  view: ViewProjection,
  middle: ReturnType<typeof unitVector>,
): number {
  let smallestCosine = 1;
  for (let i = 0; i < POINTS_PER_SIDE; i++) {
    for (let j = 0; j < POINTS_PER_SIDE; j++) {
      const share = [i / (POINTS_PER_SIDE - 1), j / (POINTS_PER_SIDE - 1)] as const;
      const { raDeg, decDeg } = skyAt(view, left + share[0] * (right - left), top + share[1] * (bottom - top));
      smallestCosine = Math.min(smallestCosine, dot(middle, unitVector(raDeg, decDeg)));
    }
  }
  return (Math.acos(Math.max(-1, smallestCosine)) * 180) / Math.PI;
}
