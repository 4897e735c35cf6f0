import { FWHM_PER_SIGMA } from './beam.ts';
import { sigmaAlong } from './ellipse.ts';
import type { FittedGaussian } from './gaussian-fit.ts';
import { brightnessAt } from './gaussian-fit.ts';

/** Points at which the line between two Gaussians is looked at, per pixel of its length. */
const SAMPLES_PER_PIXEL = 2;

/**
 * Groups the Gaussians of one island into sources, as PyBDSF does (`group_by_isl = False`, Mohan & Rafferty 2015): two
 * belong together when the island's model never falls below the island threshold on the line between their centres, and
 * their separation is below half the sum of their widths (FWHM) along that line. Belonging is passed on.
 *
 * @param threshold island threshold [mJy/beam]
 * @returns the sources, each the list of its Gaussians, brightest first as in the input
 */
export function groupIntoSources(gaussians: readonly FittedGaussian[], threshold: number): FittedGaussian[][] {
  const group = gaussians.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (group[root] !== root) root = group[root]!;
    return root;
  };
  for (let i = 0; i < gaussians.length; i++) {
    for (let j = i + 1; j < gaussians.length; j++) {
      if (rootOf(i) === rootOf(j) || !belongTogether(gaussians, i, j, threshold)) continue;
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

function belongTogether(gaussians: readonly FittedGaussian[], i: number, j: number, threshold: number): boolean {
  const [first, second] = [gaussians[i]!, gaussians[j]!];
  const [dx, dy] = [second.xPix - first.xPix, second.yPix - first.yPix];
  const distance = Math.hypot(dx, dy);
  if (distance === 0) return true;
  const [ux, uy] = [dx / distance, dy / distance];
  const widths = FWHM_PER_SIGMA * (sigmaAlong(first.shape, ux, uy) + sigmaAlong(second.shape, ux, uy));
  if (distance >= widths / 2) return false;
  const samples = Math.max(2, Math.ceil(distance * SAMPLES_PER_PIXEL));
  for (let s = 0; s <= samples; s++) {
    const along = (s / samples) * distance;
    if (brightnessAt(gaussians, first.xPix + along * ux, first.yPix + along * uy) < threshold) return false;
  }
  return true;
}
