import { FWHM_PER_SIGMA } from './beam.ts';
import { sigmaAlong } from './ellipse.ts';
import type { FittedGaussian } from './gaussian-fit.ts';
import { brightnessAt } from './gaussian-fit.ts';
import { ISLAND_THRESHOLD_SIGMA } from './islands.ts';

/**
 * How generously Gaussians are grouped, PyBDSF's `group_tol`. LoTSS sets 10.0 (ddf-pipeline, quality_pipeline): Gaussians
 * of one island part only where a deep valley lies between them, so faint sources are split by a bridge below the island
 * threshold, bright ones already by peaks that are distinct enough.
 */
const GROUPING_TOLERANCE = 10;

/** Points at which the line between two Gaussians is looked at, per pixel of its length. */
const SAMPLES_PER_PIXEL = 2;

/**
 * Groups the Gaussians of one island into sources, as PyBDSF does without `group_by_isl`. Two belong together when
 * - the model along the line between their centres is lowest and highest at its ends (no valley), or
 * - its lowest point lies at most `group_tol` island thresholds below the fainter peak, and their separation is below
 *   `group_tol` times half the sum of their widths (FWHM) along that line.
 *
 * Belonging is passed on.
 *
 * @param rms noise of the island [mJy/beam]
 * @returns the sources, each the list of its Gaussians, in the order of the input
 */
export function groupIntoSources(gaussians: readonly FittedGaussian[], rms: number): FittedGaussian[][] {
  const group = gaussians.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (group[root] !== root) root = group[root]!;
    return root;
  };
  for (let i = 0; i < gaussians.length; i++) {
    for (let j = i + 1; j < gaussians.length; j++) {
      if (rootOf(i) === rootOf(j) || !belongTogether(gaussians, i, j, rms)) continue;
      const [low, high] = [Math.min(rootOf(i), rootOf(j)), Math.max(rootOf(i), rootOf(j))];
      group[high] = low;
    }
  }
  const sources = new Map<number, FittedGaussian[]>();
  gaussians.forEach((gaussian, i) => {
    const members = sources.get(rootOf(i));
    if (members === undefined) sources.set(rootOf(i), [gaussian]);
    else members.push(gaussian);
  });
  return [...sources.values()];
}

function belongTogether(gaussians: readonly FittedGaussian[], i: number, j: number, rms: number): boolean {
  const [first, second] = [gaussians[i]!, gaussians[j]!];
  const [dx, dy] = [second.xPix - first.xPix, second.yPix - first.yPix];
  const distance = Math.hypot(dx, dy);
  if (distance < 1) return true;
  const [ux, uy] = [dx / distance, dy / distance];
  const samples = Math.max(2, Math.ceil(distance * SAMPLES_PER_PIXEL));
  const line = Array.from({ length: samples + 1 }, (_, s) =>
    brightnessAt(gaussians, first.xPix + (s / samples) * dx, first.yPix + (s / samples) * dy),
  );
  const [start, end] = [line[0]!, line[samples]!];
  const lowest = Math.min(...line);
  const hasNoValley = lowest === Math.min(start, end) && Math.max(...line) === Math.max(start, end);
  if (hasNoValley) return true;
  const depth = Math.min(first.peak, second.peak) - lowest;
  const widths = FWHM_PER_SIGMA * (sigmaAlong(first.shape, ux, uy) + sigmaAlong(second.shape, ux, uy));
  return depth <= GROUPING_TOLERANCE * ISLAND_THRESHOLD_SIGMA * rms && distance <= (GROUPING_TOLERANCE * widths) / 2;
}
