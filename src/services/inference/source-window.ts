import {
  angularFrame,
  ANGULAR_PIXEL_ARCSEC,
  angularWindow,
  placeAngularWindow,
} from '../../core/cutout/angular-window.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import type { WindowPlacement } from '../../core/cutout/make-cutout.ts';
import { placeWindow } from '../../core/cutout/make-cutout.ts';
import type { LocalFrame } from '../../core/sky/local-frame.ts';
import { localFrameOf } from '../../core/sky/local-frame.ts';
import type { PixelPosition } from '../../core/sky/position.ts';
import type { Wcs } from '../../core/sky/wcs-types.ts';

type Pixels = Float32Array | Float64Array;

/** Reads a rectangle of a mosaic, NaN outside; `into` is an array that is no longer needed and may be filled again. */
export type ReadPixels = (placement: WindowPlacement, into?: Pixels) => Promise<Pixels>;

/**
 * The window that a source's noise is measured on and its cutout taken from, by the recipe's geometry: the mosaic's own
 * pixels, or the sky resampled to pixels of 1.5″.
 * @param position of the source in the mosaic [pixel]
 * @returns windowSidePix² pixels with the source at index windowSidePix / 2; all NaN where the projection does not show
 *   the sky around it
 */
export async function readSourceWindow(
  read: ReadPixels,
  wcs: Wcs,
  position: PixelPosition,
  { geometry, windowSidePix }: CutoutRecipe,
  into?: Pixels,
): Promise<Pixels> {
  if (geometry === 'pixels') return read(placeWindow(position, windowSidePix), into);
  const frame = frameAt(wcs, position);
  if (frame === undefined) return new Float32Array(windowSidePix * windowSidePix).fill(Number.NaN);
  const placement = placeAngularWindow(frame, windowSidePix);
  return angularWindow(await read(placement), placement, frame, windowSidePix);
}

/** How the sky about a source lies in its window, and how large the window's pixels are. */
export interface WindowFrame {
  readonly frame: LocalFrame;
  readonly pixelScaleArcsec: number;
}

/** @returns undefined where the projection does not show the sky around the position */
export function windowFrameOf(
  wcs: Wcs,
  position: PixelPosition,
  { geometry, windowSidePix }: CutoutRecipe,
): WindowFrame | undefined {
  const frame = frameAt(wcs, position);
  if (frame === undefined) return undefined;
  if (geometry === 'angular') return { frame: angularFrame(windowSidePix), pixelScaleArcsec: ANGULAR_PIXEL_ARCSEC };
  const { x, y } = placeWindow(position, windowSidePix);
  return { frame: { ...frame, x: frame.x - x, y: frame.y - y }, pixelScaleArcsec: wcs.pixelScaleArcsec };
}

function frameAt(wcs: Wcs, { x, y }: PixelPosition): LocalFrame | undefined {
  const sky = wcs.pixelToSky(x, y);
  return sky === undefined ? undefined : localFrameOf(wcs, sky);
}
