import type { Cutout } from '../../core/cutout/cutout.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { makeCutout } from '../../core/cutout/make-cutout.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { WindowFrame } from './source-window.ts';
import { readSourceWindow, windowFrameOf } from './source-window.ts';

export interface SourceCutout extends WindowFrame {
  readonly cutout: Cutout;
  /** The 256×256 window itself, in the mosaic's unit; NaN outside. */
  readonly window: Float32Array | Float64Array;
}

/** The cutout of one position on one mosaic; undefined where the mosaic's projection cannot show the position. */
export async function cutoutOf(
  mosaic: Mosaic,
  position: SkyPosition,
  recipe: CutoutRecipe,
): Promise<SourceCutout | undefined> {
  const pixel = mosaic.wcs.skyToPixel(position);
  if (pixel === undefined) return undefined;
  const frame = windowFrameOf(mosaic.wcs, pixel, recipe);
  if (frame === undefined) return undefined;
  const window = await readSourceWindow((placement) => mosaic.readPixels(placement), mosaic.wcs, pixel, recipe);
  return { cutout: makeCutout(window, recipe), window, ...frame };
}
