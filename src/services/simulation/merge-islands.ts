import type { FittedIsland } from './diffuse-emission.ts';

/** Joins islands that share pixels (diffuse emission around a compact source) into one, with all their Gaussians. */
export function mergeIslands(islands: readonly FittedIsland[]): FittedIsland[] {
  const parent = islands.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  const owner = new Map<number, number>();
  islands.forEach(({ island }, i) => {
    for (const pixel of island.pixels) {
      const other = owner.get(pixel);
      if (other === undefined) {
        owner.set(pixel, i);
        continue;
      }
      const [first, second] = [rootOf(other), rootOf(i)];
      if (first !== second) parent[Math.max(first, second)] = Math.min(first, second);
    }
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
