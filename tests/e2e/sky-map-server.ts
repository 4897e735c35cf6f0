import { resolve } from 'node:path';
import type { TileService } from '../../src/services/tiles/tile-service-types.ts';
import { buildPage, servePage } from './built-page.ts';

/** Columns of the page's test field, see page/sky-map-page.tsx. */
export interface PageField {
  readonly sources: Readonly<Record<string, readonly number[]>>;
  readonly probability: readonly (number | null)[];
}

export interface SkyMapServer {
  readonly url: string;
  /** Requests for tiles so far. */
  readonly tilePaths: readonly string[];
  /** Answers every tile from now on with half of its bytes: what kills Aladin's WebAssembly. */
  truncateTiles(isOn: boolean): void;
  close(): Promise<void>;
}

/** Builds the test page and serves it with the field's tiles and its sources. */
export async function serveSkyMap(tiles: TileService, field: PageField): Promise<SkyMapServer> {
  const tilePaths: string[] = [];
  let isTruncating = false;
  const fieldJson = JSON.stringify({ hipsUrl: `/hips/${tiles.key}`, initialView: tiles.initialView, ...field });
  const built = await buildPage(resolve(import.meta.dirname, 'page/sky-map.html'));
  const { url, close } = await servePage(built, async (pathname) => {
    if (pathname === '/field.json') return { status: 200, contentType: 'application/json', body: fieldJson };
    const tile = await tiles.handle(pathname);
    if (tile === undefined) return undefined;
    tilePaths.push(pathname);
    const isCut = isTruncating && pathname.includes('Npix');
    return isCut ? { ...tile, body: tile.body.subarray(0, tile.body.length >> 1) } : tile;
  });
  return {
    url,
    tilePaths,
    truncateTiles: (isOn) => (isTruncating = isOn),
    async close() {
      await close();
      tiles.close();
    },
  };
}
