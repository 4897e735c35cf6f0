import type { ScreenPoint, ScreenRegion } from '../../sky-map/sky-map-types.ts';

/** `box` from corner to corner, `circle` from its centre outwards, `lasso` along the pointer's path. */
export type RegionTool = 'box' | 'circle' | 'lasso';

const ends = (path: readonly ScreenPoint[]): readonly [ScreenPoint, ScreenPoint] => [path[0]!, path.at(-1)!];

/** The region that a drag has drawn; a lasso is closed by a straight line. `path` has at least one point. */
export function regionOf(tool: RegionTool, path: readonly ScreenPoint[]): ScreenRegion {
  const [from, to] = ends(path);
  if (tool === 'circle') {
    const radius = Math.hypot(to.x - from.x, to.y - from.y);
    return {
      left: from.x - radius,
      right: from.x + radius,
      top: from.y - radius,
      bottom: from.y + radius,
      contains: (x, y) => Math.hypot(x - from.x, y - from.y) <= radius,
    };
  }
  const corners = tool === 'box' ? [from, to] : path;
  const bounds = {
    left: Math.min(...corners.map(({ x }) => x)),
    right: Math.max(...corners.map(({ x }) => x)),
    top: Math.min(...corners.map(({ y }) => y)),
    bottom: Math.max(...corners.map(({ y }) => y)),
  };
  return { ...bounds, contains: tool === 'box' ? () => true : (x, y) => isInsidePolygon(path, x, y) };
}

/** Even-odd rule: a loop within the loop is outside. */
function isInsidePolygon(path: readonly ScreenPoint[], x: number, y: number): boolean {
  let isInside = false;
  for (let k = 0, before = path.at(-1)!; k < path.length; before = path[k++]!) {
    const here = path[k]!;
    if (here.y > y === before.y > y) continue;
    if (x < here.x + ((before.x - here.x) * (y - here.y)) / (before.y - here.y)) isInside = !isInside;
  }
  return isInside;
}

export function tracePath(context: CanvasRenderingContext2D, tool: RegionTool, path: readonly ScreenPoint[]): void {
  const [from, to] = ends(path);
  context.beginPath();
  if (tool === 'box') context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
  else if (tool === 'circle') context.arc(from.x, from.y, Math.hypot(to.x - from.x, to.y - from.y), 0, 2 * Math.PI);
  else {
    for (const { x, y } of path) context.lineTo(x, y);
    context.closePath();
  }
}
