import KDBush from 'kdbush';
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

export function buildSourceIndex(sources: SourceLayerData): SourceIndex {
  const { rowCount, raDeg, decDeg, majArcsec, minArcsec, paDeg } = sources;
  const tree = rowCount > 0 ? new KDBush(rowCount) : undefined;
  let largestArcsec = 0;
  for (let row = 0; row < rowCount; row++) {
    tree?.add(raDeg[row]!, decDeg[row]!);
    if (majArcsec[row]! > largestArcsec) largestArcsec = majArcsec[row]!;
  }
  tree?.finish();

  /** Rows within a box around a position that holds the circle of `radiusDeg`; wraps at 0° and takes in the poles. */
  function rowsNear(centreRa: number, centreDec: number, radiusDeg: number): number[] {
    if (tree === undefined) return [];
    const [low, high] = [centreDec - radiusDeg, centreDec + radiusDeg];
    const cosine = Math.cos((Math.max(Math.abs(low), Math.abs(high)) * Math.PI) / 180);
    if (Math.abs(low) >= 90 || Math.abs(high) >= 90 || radiusDeg >= 90 * cosine) return tree.range(0, low, 360, high);
    const halfWidth = (radiusDeg / cosine) * 1.05;
    const rows = tree.range(centreRa - halfWidth, low, centreRa + halfWidth, high);
    if (centreRa - halfWidth < 0) rows.push(...tree.range(centreRa - halfWidth + 360, low, 360, high));
    if (centreRa + halfWidth > 360) rows.push(...tree.range(0, low, centreRa + halfWidth - 360, high));
    return rows;
  }

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
      for (const row of rowsNear(pointer.raDeg, pointer.decDeg, radiusArcsec / 3600)) {
        if (!isVisible(row)) continue;
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
