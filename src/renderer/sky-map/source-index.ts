import type { SkyCells } from './sky-cells.ts';
import type { SourceLayerData } from './sky-map-types.ts';
import type { ViewProjection } from './view-projection.ts';
import { ellipseOnScreen, pixelsPerRadian, screenOf, skyAt, unitVector } from './view-projection.ts';

const ARCSEC_PER_RADIAN = (3600 * 180) / Math.PI;
/** How near a mark the pointer has to be [CSS pixel]. */
const PICK_RADIUS_PX = 8;

/** Finds the source under the pointer among any number of them. */
export interface SourceIndex {
  /**
   * The row whose ellipse contains the point (the nearest centre where several do), otherwise the nearest centre within
   * 8 pixels, otherwise undefined. Far out, where marks stand for ellipses, only the distance counts.
   */
  pick(
    view: ViewProjection,
    x: number,
    y: number,
    options: { readonly withEllipses: boolean; readonly isVisible: (row: number) => boolean },
  ): number | undefined;
}

export function buildSourceIndex(sources: SourceLayerData, cells: SkyCells): SourceIndex {
  const { raDeg, decDeg, majArcsec, minArcsec, paDeg } = sources;
  const largestArcsec = majArcsec.reduce((largest, each) => (each > largest ? each : largest), 0);

  return {
    pick(view, x, y, { withEllipses, isVisible }) {
      const pointer = skyAt(view, x, y);
      const radiusArcsec = Math.max(
        (PICK_RADIUS_PX / pixelsPerRadian(view)) * ARCSEC_PER_RADIAN * 1.5,
        withEllipses ? largestArcsec / 2 : 0,
      );
      let best: number | undefined;
      let bestDistance = Infinity;
      let bestContains = false;
      const radiusDeg = radiusArcsec / 3600;
      for (const row of rowsIn(cells, pointer.raDeg, pointer.decDeg, radiusDeg)) {
        // Cells are larger than the circle: most of a crowd is told apart by declination, without a sine.
        if (Math.abs(decDeg[row]! - pointer.decDeg) > radiusDeg || !isVisible(row)) continue;
        const screen = screenOf(view, unitVector(raDeg[row]!, decDeg[row]!));
        if (screen === undefined) continue;
        const [dx, dy] = [x - screen.x, y - screen.y];
        const distance = Math.hypot(dx, dy);
        let contains = false;
        if (withEllipses) {
          const { major, minor } = ellipseOnScreen(
            view,
            raDeg[row]!,
            decDeg[row]!,
            majArcsec[row]!,
            minArcsec[row]!,
            paDeg[row]!,
          );
          const determinant = major.x * minor.y - major.y * minor.x;
          const u = (dx * minor.y - dy * minor.x) / determinant;
          const v = (dy * major.x - dx * major.y) / determinant;
          contains = u * u + v * v <= 1;
        }
        if (!contains && distance > PICK_RADIUS_PX) continue;
        const isBetter = contains === bestContains ? distance < bestDistance : contains;
        if (isBetter) [best, bestDistance, bestContains] = [row, distance, contains];
      }
      return best;
    },
  };
}

function* rowsIn(cells: SkyCells, raDeg: number, decDeg: number, radiusDeg: number): Generator<number> {
  for (const { first, end } of cells.rangesNear(raDeg, decDeg, radiusDeg)) {
    for (let place = first; place < end; place++) yield cells.rows[place]!;
  }
}
