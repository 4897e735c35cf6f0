import { setImmediate as pause } from 'node:timers/promises';
import type { CatalogueSource } from './catalogue-source.ts';
import { catalogueSource } from './catalogue-source.ts';
import { fitIsland } from './fit-island.ts';
import { groupIntoSources } from './group-sources.ts';
import { findIslands, ISLAND_THRESHOLD_SIGMA } from './islands.ts';
import type { Progress } from './progress.ts';
import type { SkyImage } from './render.ts';
import { measureRmsMap } from './rms-map.ts';

const ISLANDS_PER_PAUSE = 200;

/**
 * What a source finder makes of the image, and of nothing but the image: noise map, islands above it, Gaussians fitted to
 * the islands, Gaussians grouped into sources.
 */
export async function findSources(image: SkyImage, progress: Progress): Promise<CatalogueSource[]> {
  progress(0, 'measuring the noise');
  const rms = measureRmsMap(image);
  await pause();
  progress(0.2, 'finding islands');
  const islands = findIslands(image, rms);
  const sources: CatalogueSource[] = [];
  for (const [number, island] of islands.entries()) {
    if (number % ISLANDS_PER_PAUSE === 0) {
      progress(0.3 + (0.7 * number) / islands.length, 'fitting Gaussians');
      await pause();
    }
    const groups = groupIntoSources(fitIsland(image, island), ISLAND_THRESHOLD_SIGMA * island.rms);
    for (const group of groups) sources.push(catalogueSource(group, island, number, groups.length));
  }
  return sources;
}
