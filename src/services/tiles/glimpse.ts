import { angleDeg } from '../fits-files/footprint-index.ts';
import { clearTileInPlace, emptyTile, tileValues } from './level-sampler.ts';
import type { MosaicPyramid } from './mosaic-pyramid.ts';
import { addMosaicInPlace } from './sample-tile.ts';
import type { SkyViewWanted } from './sky-view.ts';
import { capOfView, viewGrid } from './sky-view.ts';
import { TILE_SIDE_PIX } from './tile-grid.ts';

/**
 * The mosaics as one view of the sky shows them, from what can be read of them at once: row by row from the top of the
 * screen, in the unit of the tiles, NaN where no mosaic has a value. Blended and interpolated as the tiles are.
 */
export async function glimpseOf(pyramids: readonly MosaicPyramid[], view: SkyViewWanted): Promise<Float32Array> {
  const { widthPix, heightPix } = view;
  const seen = capOfView(view);
  const near = pyramids.filter(
    ({ cap }) => cap === undefined || angleDeg(cap.centre, seen.centre) <= cap.radiusDeg + seen.radiusDeg,
  );
  const values = new Float32Array(widthPix * heightPix);
  const tile = emptyTile();
  for (let top = 0; top < heightPix; top += TILE_SIDE_PIX) {
    for (let left = 0; left < widthPix; left += TILE_SIDE_PIX) {
      const grid = viewGrid(view, left, top);
      clearTileInPlace(tile);
      for (const pyramid of near) {
        await addMosaicInPlace(tile, pyramid, grid, (level, window) => pyramid.glimpse(level, window));
      }
      const part = tileValues(tile);
      const columns = Math.min(TILE_SIDE_PIX, widthPix - left);
      for (let row = 0; row < Math.min(TILE_SIDE_PIX, heightPix - top); row++) {
        const start = row * TILE_SIDE_PIX;
        values.set(part.subarray(start, start + columns), (top + row) * widthPix + left);
      }
    }
  }
  return values;
}
