import type { SkyPosition } from '../../core/sky/position.ts';
import type { FootprintIndex } from '../fits-files/footprint-index.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

/** One pixel of a mosaic, in its own unit. */
export interface PixelAt {
  readonly mosaic: Mosaic;
  /** 0-based column and row. */
  readonly x: number;
  readonly y: number;
  /** NaN where the pixel is blank. */
  readonly value: number;
}

/**
 * The pixel that contains a position: of the mosaic where it lies farthest from an edge, which counts most in the
 * blended tiles too; of the next one where that is blank there. Undefined off the mosaics.
 */
export async function pixelAt(
  mosaics: readonly Mosaic[],
  index: FootprintIndex,
  position: SkyPosition,
): Promise<PixelAt | undefined> {
  const candidates = index
    .near(position.ra, position.dec)
    .flatMap((at) => {
      const mosaic = mosaics[at]!;
      const pixel = mosaic.wcs.skyToPixel(position);
      if (pixel === undefined) return [];
      const [x, y] = [Math.floor(pixel.x + 0.5), Math.floor(pixel.y + 0.5)];
      const fromEdge = Math.min(x, y, mosaic.widthPix - 1 - x, mosaic.heightPix - 1 - y);
      return fromEdge < 0 ? [] : [{ mosaic, x, y, fromEdge }];
    })
    .sort((a, b) => b.fromEdge - a.fromEdge);
  let blank: PixelAt | undefined;
  for (const { mosaic, x, y } of candidates) {
    const [value] = await mosaic.readPixels({ x, y, width: 1, height: 1 });
    const found = { mosaic, x, y, value: value ?? Number.NaN };
    if (Number.isFinite(found.value)) return found;
    blank ??= found;
  }
  return blank;
}
