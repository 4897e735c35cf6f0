/** A square image in which emission is followed; NaN where there is none. Row 0 is the lowest. */
export interface BridgeImage {
  readonly pixels: ArrayLike<number>;
  readonly sidePix: number;
}

/** A place to start from: the brightest finite pixel within `radiusPix` of it [pixel, integer = pixel centre]. */
export interface BridgeEnd {
  readonly xPix: number;
  readonly yPix: number;
  readonly radiusPix: number;
}

/**
 * For each end the highest level at which it is connected to `from` through pixels at or above that level: the lowest
 * pixel of the best path between the two. Pixels touch at sides and corners, as in PyBDSF's islands. NaN where an end has
 * no finite pixel, or blank pixels part the two at every level. O(n log n) in the pixels.
 */
export function bridgeLevels({ pixels, sidePix }: BridgeImage, from: BridgeEnd, ends: readonly BridgeEnd[]): number[] {
  const start = brightestNear(pixels, sidePix, from);
  const goals = ends.map((end) => brightestNear(pixels, sidePix, end));
  const levels = goals.map(() => Number.NaN);
  if (start < 0) return levels;
  const open = new Set(goals.keys());
  goals.forEach((goal, k) => {
    if (goal < 0) open.delete(k);
  });

  const order = Uint32Array.from(
    Array.from({ length: sidePix * sidePix }, (_, at) => at).filter((at) => !Number.isNaN(pixels[at]!)),
  ).sort((a, b) => pixels[b]! - pixels[a]!);
  // −1: not above the water yet.
  const parent = new Int32Array(sidePix * sidePix).fill(-1);
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root]!;
    for (let next = at; next !== root;) {
      const after = parent[next]!;
      parent[next] = root;
      next = after;
    }
    return root;
  };
  for (const at of order) {
    if (open.size === 0) break;
    parent[at] = at;
    const [x, y] = [at % sidePix, Math.floor(at / sidePix)];
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < 0 || ny < 0 || nx >= sidePix || ny >= sidePix) continue;
        const beside = ny * sidePix + nx;
        if (parent[beside]! >= 0) parent[rootOf(beside)] = rootOf(at);
      }
    }
    if (parent[start]! < 0) continue;
    const root = rootOf(start);
    for (const k of open) {
      const goal = goals[k]!;
      if (parent[goal]! < 0 || rootOf(goal) !== root) continue;
      levels[k] = pixels[at]!;
      open.delete(k);
    }
  }
  return levels;
}

/** Index of the brightest finite pixel in the circle; −1 where there is none. */
function brightestNear(pixels: ArrayLike<number>, sidePix: number, { xPix, yPix, radiusPix }: BridgeEnd): number {
  let best = -1;
  // At least the pixel itself, wherever in it the position lies.
  const reach = Math.max(radiusPix, Math.SQRT1_2);
  for (let y = Math.max(0, Math.ceil(yPix - reach)); y <= Math.min(sidePix - 1, Math.floor(yPix + reach)); y += 1) {
    for (let x = Math.max(0, Math.ceil(xPix - reach)); x <= Math.min(sidePix - 1, Math.floor(xPix + reach)); x += 1) {
      if (Math.hypot(x - xPix, y - yPix) > reach) continue;
      const at = y * sidePix + x;
      if (!Number.isNaN(pixels[at]!) && (best < 0 || pixels[at]! > pixels[best]!)) best = at;
    }
  }
  return best;
}
