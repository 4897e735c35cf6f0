import type { SkyImage } from './render.ts';
import type { SmoothMap } from './smooth-map.ts';

/** PyBDSF's thresholds as LoTSS sets them, `thresh_isl = 4.0`, `thresh_pix = 5.0`. Source: ddf-pipeline, quality_pipeline. */
export const ISLAND_THRESHOLD_SIGMA = 4;
export const PEAK_THRESHOLD_SIGMA = 5;
/** PyBDSF's `minpix_isl` by default: a third of the beam's area. */
const FEWEST_PIXELS = 6;

/** Connected pixels above the island threshold that hold at least one above the peak threshold. */
export interface Island {
  /** Pixels as y·side + x, in no particular order. */
  readonly pixels: Int32Array;
  /** Mean noise over the island [mJy/beam]. */
  readonly rms: number;
}

/**
 * All islands of an image, by their first pixel in reading order; eight neighbours connect.
 * @param thresholdShare both thresholds are multiplied by it
 */
export function findIslands(image: SkyImage, rms: SmoothMap, thresholdShare = 1): Island[] {
  const { side, pixels } = image;
  const level = new Uint8Array(side * side);
  const rmsRow = new Float64Array(side);
  for (let y = 0; y < side; y++) {
    rms.rowInto(y, rmsRow);
    for (let x = 0; x < side; x++) {
      const ratio = pixels[y * side + x]! / (thresholdShare * rmsRow[x]!);
      if (ratio > PEAK_THRESHOLD_SIGMA) level[y * side + x] = 2;
      else if (ratio > ISLAND_THRESHOLD_SIGMA) level[y * side + x] = 1;
    }
  }
  const islands: Island[] = [];
  const stack: number[] = [];
  for (let start = 0; start < level.length; start++) {
    if (level[start] === 0) continue;
    const members: number[] = [];
    let isBright = level[start] === 2;
    stack.push(start);
    level[start] = 0;
    while (stack.length > 0) {
      const index = stack.pop()!;
      members.push(index);
      const x = index % side;
      for (let dy = -side; dy <= side; dy += side) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < side - 1 ? 1 : 0); dx++) {
          const neighbour = index + dy + dx;
          const value = level[neighbour];
          // Beyond the first and last row the array has nothing.
          if (value === undefined || value === 0) continue;
          if (value === 2) isBright = true;
          level[neighbour] = 0;
          stack.push(neighbour);
        }
      }
    }
    if (!isBright || members.length < FEWEST_PIXELS) continue;
    const island = Int32Array.from(members);
    let sum = 0;
    for (const index of island) sum += rms.at(index % side, Math.floor(index / side));
    islands.push({ pixels: island, rms: sum / island.length });
  }
  return islands;
}
