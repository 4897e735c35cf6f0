import type { FittedIsland } from './diffuse-emission.ts';

/**
 * Joins an island to an earlier one where one of its Gaussians is centred on it (diffuse emission around a compact
 * source). Emission that only touches another island stays a row of its own: a lobe behind its hot spot, often.
 *
 * @param islands of the first search, then of the later ones
 * @param side side of the image [pixel]
 */
export function mergeIslands(islands: readonly FittedIsland[], side: number): FittedIsland[] {
  const parent = islands.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  const owner = new Map<number, number>();
  islands.forEach(({ island, gaussians }, i) => {
    for (const { xPix, yPix } of gaussians) {
      const other = owner.get(Math.round(yPix) * side + Math.round(xPix));
      if (other === undefined) continue;
      const [first, second] = [rootOf(other), rootOf(i)];
      parent[Math.max(first, second)] = Math.min(first, second);
    }
    for (const pixel of island.pixels) if (!owner.has(pixel)) owner.set(pixel, i);
  });
  const members = new Map<number, FittedIsland[]>();
  islands.forEach((island, i) => {
    const root = rootOf(i);
    const others = members.get(root);
    if (others === undefined) members.set(root, [island]);
    else others.push(island);
  });
  return [...members.values()].map(joined);
}

function joined(parts: readonly FittedIsland[]): FittedIsland {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const pixels = new Set(parts.flatMap(({ island }) => [...island.pixels]));
  const weight = parts.reduce((sum, { island }) => sum + island.pixels.length, 0);
  const rms = parts.reduce((sum, { island }) => sum + island.pixels.length * island.rms, 0) / weight;
  return {
    island: { pixels: Int32Array.from(pixels), rms },
    gaussians: parts.flatMap(({ gaussians }) => gaussians).sort((a, b) => b.peak - a.peak),
  };
}
