import type { ImageLevels } from '../../core/display/image-levels.ts';
import { imageLevelsInPlace } from '../../core/display/image-levels.ts';
import { evenlyChosen } from './display-range.ts';
import type { TileSource } from './tile-source.ts';

/** Mosaics and pixels looked at: half a million values place the 99.99th percentile on 50 of them. */
const MOST_SOURCES = 16;
const MOST_PIXELS = 500_000;
/** Rows read of one mosaic, evenly over its height. */
const MOST_ROWS = 256;

/** Levels of the images from evenly spaced rows, in the unit of the tiles; undefined where nothing is finite. */
export async function sampleLevels(sources: readonly TileSource[]): Promise<ImageLevels | undefined> {
  const chosen = evenlyChosen(sources, MOST_SOURCES);
  const perSource = Math.floor(MOST_PIXELS / Math.max(1, chosen.length));
  const values: number[] = [];
  for (const source of chosen) {
    const { widthPix, heightPix, scale } = source;
    const rowCount = Math.min(heightPix, MOST_ROWS);
    const step = Math.max(1, Math.ceil((rowCount * widthPix) / perSource));
    for (let k = 0; k < rowCount; k++) {
      const y = Math.floor(((k + 0.5) * heightPix) / rowCount);
      const row = await source.readWindow({ x: 0, y, width: widthPix, height: 1 });
      // Starting elsewhere in each row: regular columns would sample an artefact of the imaging again and again.
      for (let x = (k * 7) % step; x < widthPix; x += step) {
        if (Number.isFinite(row[x])) values.push(row[x]! * scale);
      }
    }
  }
  return imageLevelsInPlace(Float64Array.from(values));
}
