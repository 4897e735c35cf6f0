import { setImmediate as pause } from 'node:timers/promises';
import type { CatalogueSource } from './catalogue-source.ts';
import { catalogueSource } from './catalogue-source.ts';
import type { FittedIsland } from './diffuse-emission.ts';
import { findDiffuseInPlace, WAVELET_PLANES } from './diffuse-emission.ts';
import { fitIsland } from './fit-island.ts';
import { groupIntoSources } from './group-sources.ts';
import { findIslands } from './islands.ts';
import { mergeIslands } from './merge-islands.ts';
import type { Progress } from './progress.ts';
import { partOf } from './progress.ts';
import type { SkyImage } from './render.ts';
import { addGaussianInPlace } from './render.ts';
import { measureRmsMap } from './rms-map.ts';
import type { SmoothMap } from './smooth-map.ts';

const ISLANDS_PER_PAUSE = 200;

/**
 * What a source finder makes of the image, and of nothing but the image: noise map, islands above it, Gaussians fitted to
 * the islands; the same again for what is left, smoothed; Gaussians of islands that touch grouped into sources.
 */
export async function findSources(image: SkyImage, progress: Progress): Promise<CatalogueSource[]> {
  progress(0, 'Measuring the noise');
  const rms = measureRmsMap(image);
  await pause();
  const compact = await fitIslands(image, rms, partOf(progress, 0.1, 0.5));
  const residual: SkyImage = { side: image.side, pixels: image.pixels.slice() };
  for (const { gaussians } of compact) {
    for (const gaussian of gaussians) addGaussianInPlace(residual, { ...gaussian, peak: -gaussian.peak });
  }
  const diffuse: FittedIsland[] = [];
  for (const [i, plane] of WAVELET_PLANES.entries()) {
    progress(0.5 + (0.4 * i) / WAVELET_PLANES.length, 'Looking for diffuse emission');
    await pause();
    diffuse.push(...findDiffuseInPlace(residual, rms, plane));
  }
  progress(0.9, 'Grouping Gaussians');
  await pause();
  return mergeIslands([...compact, ...diffuse], image.side).flatMap(({ island, gaussians }, number) => {
    const groups = groupIntoSources(gaussians, island.rms);
    return groups.map((group) => catalogueSource(group, island, number, groups.length));
  });
}

async function fitIslands(image: SkyImage, rms: SmoothMap, progress: Progress): Promise<FittedIsland[]> {
  progress(0, 'Finding islands');
  const islands = findIslands(image, rms);
  const fitted: FittedIsland[] = [];
  for (const [number, island] of islands.entries()) {
    if (number % ISLANDS_PER_PAUSE === 0) {
      progress(number / islands.length, 'Fitting Gaussians');
      await pause();
    }
    fitted.push({ island, gaussians: fitIsland(image, island) });
  }
  return fitted;
}
