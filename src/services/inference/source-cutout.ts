import type { Cutout } from '../../core/cutout/cutout.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { makeCutout, placeWindow } from '../../core/cutout/make-cutout.ts';
import type { LocalFrame } from '../../core/sky/local-frame.ts';
import { localFrameOf } from '../../core/sky/local-frame.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

export interface SourceCutout {
  readonly cutout: Cutout;
  /** The 256×256 window itself, in the mosaic's unit; NaN outside. */
  readonly window: Float32Array | Float64Array;
  /** How the sky about the position lies in the window. */
  readonly frame: LocalFrame;
}

/** The cutout of one position on one mosaic; undefined where the mosaic's projection cannot show the position. */
export async function cutoutOf(
  mosaic: Mosaic,
  position: SkyPosition,
  recipe: CutoutRecipe,
): Promise<SourceCutout | undefined> {
  const pixel = mosaic.wcs.skyToPixel(position);
  if (pixel === undefined) return undefined;
  const placement = placeWindow(pixel, recipe.windowSidePix);
  const frame = localFrameOf(mosaic.wcs, position);
  if (frame === undefined) return undefined;
  const window = await mosaic.readPixels(placement);
  return {
    cutout: makeCutout(window, recipe),
    window,
    frame: { ...frame, x: frame.x - placement.x, y: frame.y - placement.y },
  };
}
