import type { NewCard } from '../../core/fits/write.ts';
import { fitsImageBytes } from '../../core/fits/write.ts';
import { placeWindow } from '../../core/cutout/make-cutout.ts';
import type { ImageWindow } from '../../core/fits/image.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

/** Keywords of axes that a plane does not have, of how the file stored its pixels, and of sums that no longer hold. */
const NOT_OF_A_PLANE =
  /^(?:(?:CTYPE|CRVAL|CRPIX|CDELT|CUNIT|CROTA|CNAME)[3-9]|(?:PC|CD)(?:0?[3-9]_0?\d|0?\d_0?[3-9])|WCSAXES|XTENSION|EXTNAME|EXTVER|Z[A-Z]+\d*|CHECKSUM|DATASUM|DATAMIN|DATAMAX|TFIELDS|T(?:TYPE|FORM|UNIT)\d+|COMMENT|HISTORY|)$/;

/**
 * A window of a mosaic as a FITS image of its own: its pixels as float32 in the mosaic's unit, NaN outside, and its
 * header with CRPIX moved, so that every pixel keeps its place on the sky.
 * @param pixels row-major, `window.width` × `window.height`
 * @param object what is shown, for OBJECT; the mosaic's own where undefined
 */
export function cutoutFitsBytes(
  mosaic: Mosaic,
  window: ImageWindow,
  pixels: Float32Array | Float64Array,
  software: string,
  object?: string,
): Uint8Array<ArrayBuffer> {
  const { header } = mosaic.image;
  const moved = (keyword: string, by: number): number => (header.number(keyword) ?? 0) - by;
  const own = header.cards
    .filter(({ keyword, value }) => value !== undefined && !NOT_OF_A_PLANE.test(keyword))
    .map(({ keyword, value, comment }): NewCard => {
      if (keyword === 'CRPIX1') return { keyword, value: moved(keyword, window.x), comment };
      if (keyword === 'CRPIX2') return { keyword, value: moved(keyword, window.y), comment };
      if (keyword === 'OBJECT' && object !== undefined) return { keyword, value: object, comment };
      return { keyword, value, comment };
    });
  return fitsImageBytes({
    pixels,
    widthPix: window.width,
    heightPix: window.height,
    cards: [
      ...own,
      ...(object === undefined || header.has('OBJECT') ? [] : [{ keyword: 'OBJECT', value: object }]),
      { keyword: 'CREATOR', value: software, comment: 'program that cut this out' },
      { keyword: 'CUTFROM', value: mosaic.name, comment: 'mosaic' },
      { keyword: 'CUTX', value: window.x, comment: '[pixel, 0-based] first column in the mosaic' },
      { keyword: 'CUTY', value: window.y, comment: '[pixel, 0-based] first row in the mosaic' },
    ],
  });
}

/**
 * The square of a mosaic about a position, as `cutoutFitsBytes` writes it.
 * @param sidePix even
 * @throws DomainFailure argument-invalid where the mosaic cannot show the position
 */
export async function sourceFitsBytes(
  mosaic: Mosaic,
  position: SkyPosition,
  sidePix: number,
  software: string,
  object?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const pixel = mosaic.wcs.skyToPixel(position);
  if (pixel === undefined) {
    throw new DomainFailure({ kind: 'argument-invalid', name: 'position', why: `${mosaic.name} cannot show it` });
  }
  const window = placeWindow(pixel, sidePix);
  return cutoutFitsBytes(mosaic, window, await mosaic.readPixels(window), software, object);
}
