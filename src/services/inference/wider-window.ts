import { placeWindow } from '../../core/cutout/make-cutout.ts';
import type { LocalFrame } from '../../core/sky/local-frame.ts';
import { localFrameOf } from '../../core/sky/local-frame.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

/** The mosaic's own pixels around a position, for the eye. */
export interface WiderWindow {
  /** sidePix × sidePix in the mosaic's unit; NaN outside. */
  readonly window: Float32Array | Float64Array;
  /** How the sky about the position lies in it. */
  readonly frame: LocalFrame;
}

/** So many pixels on a side, even; undefined where the mosaic's projection cannot show the position. */
export async function windowOf(
  mosaic: Mosaic,
  position: SkyPosition,
  sidePix: number,
): Promise<WiderWindow | undefined> {
  const pixel = mosaic.wcs.skyToPixel(position);
  const frame = localFrameOf(mosaic.wcs, position);
  if (pixel === undefined || frame === undefined) return undefined;
  const placement = placeWindow(pixel, sidePix);
  const window = await mosaic.readPixels(placement);
  return { window, frame: { ...frame, x: frame.x - placement.x, y: frame.y - placement.y } };
}
