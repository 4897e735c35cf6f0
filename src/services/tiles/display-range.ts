import type { TileSource } from './tile-source.ts';

/** Windows looked at, each way, in one mosaic and in each of many: 16 × 4096 pixels say enough about the noise. */
const WINDOWS_PER_SIDE = 4;
const WINDOWS_PER_SIDE_OF_MANY = 2;
const MANY_SOURCES = 4;
/** Low windows are one read each. */
const WINDOW_WIDTH_PIX = 512;
const WINDOW_HEIGHT_PIX = 8;
/** Mosaics looked at, evenly over the list: a survey is alike enough. */
const MOST_SOURCES = 16;
/** σ of a normal distribution per median absolute deviation (1 / Φ⁻¹(3/4)). */
const SIGMA_PER_MAD = 1.482602218505602;
/**
 * Black lies 1.5 σ under the sky's median, white 60 σ above it: with the asinh stretch, noise is just visible, 5 σ stands
 * out and bright lobes keep their structure. Chosen by eye on a piece of LoTSS DR1.
 */
const LOW_SIGMA = -1.5;
const HIGH_SIGMA = 60;

/** Range of values shown at first, from the robust noise of the mosaics; 0 … 1 where nothing is finite. */
export async function displayRange(sources: readonly TileSource[]): Promise<{ low: number; high: number }> {
  const values: number[] = [];
  const perSide = sources.length < MANY_SOURCES ? WINDOWS_PER_SIDE : WINDOWS_PER_SIDE_OF_MANY;
  for (const source of evenlyChosen(sources, MOST_SOURCES)) {
    for (let i = 0; i < perSide ** 2; i++) {
      const shareX = ((i % perSide) + 0.5) / perSide;
      const shareY = (Math.floor(i / perSide) + 0.5) / perSide;
      const window = await source.readWindow({
        x: Math.round(shareX * source.widthPix - WINDOW_WIDTH_PIX / 2),
        y: Math.round(shareY * source.heightPix - WINDOW_HEIGHT_PIX / 2),
        width: WINDOW_WIDTH_PIX,
        height: WINDOW_HEIGHT_PIX,
      });
      for (let k = 0; k < window.length; k++) if (Number.isFinite(window[k])) values.push(window[k]! * source.scale);
    }
  }
  const centre = median(values);
  const sigma = SIGMA_PER_MAD * median(values.map((value) => Math.abs(value - centre)));
  if (!(sigma > 0)) {
    const highest = values.reduce((a, b) => Math.max(a, b), 0);
    return { low: 0, high: highest > 0 ? highest : 1 };
  }
  return { low: centre + LOW_SIGMA * sigma, high: centre + HIGH_SIGMA * sigma };
}

/** At most `count` of the items, evenly spaced over the list. */
export function evenlyChosen<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, k) => items[Math.floor((k * items.length) / count)]!);
}

function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
