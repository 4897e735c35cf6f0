import type { FitsCard } from '../../core/fits/card.ts';
import { BLOCK_BYTES, FitsHeader } from '../../core/fits/header.ts';
import { headerBytes } from '../../core/fits/write.ts';
import type { Wcs } from '../../core/sky/wcs-types.ts';
import { wcsOf } from '../../core/sky/wcs.ts';
import { BEAM_FWHM_ARCSEC, PIXEL_ARCSEC } from './beam.ts';
import type { FieldPlan } from './field-plan.ts';
import type { SkyImage } from './render.ts';

const card = (keyword: string, value: FitsCard['value'], comment = ''): FitsCard => ({ keyword, value, comment });

/** The header of a field's mosaic, with the keywords of a LoTSS one. */
export function mosaicCards(plan: FieldPlan): FitsCard[] {
  const pixelDeg = PIXEL_ARCSEC / 3600;
  const referencePixel = plan.side / 2 + 0.5;
  return [
    card('SIMPLE', true, 'conforms to FITS standard'),
    card('BITPIX', -32, 'array data type'),
    card('NAXIS', 2),
    card('NAXIS1', plan.side),
    card('NAXIS2', plan.side),
    card('WCSAXES', 2, 'Number of coordinate axes'),
    card('CTYPE1', 'RA---SIN', 'Right ascension, orthographic'),
    card('CTYPE2', 'DEC--SIN', 'Declination, orthographic'),
    card('CUNIT1', 'deg'),
    card('CUNIT2', 'deg'),
    card('CRPIX1', referencePixel),
    card('CRPIX2', referencePixel),
    card('CRVAL1', plan.centreRaDeg, '[deg]'),
    card('CRVAL2', plan.centreDecDeg, '[deg]'),
    card('CDELT1', -pixelDeg, '[deg]'),
    card('CDELT2', pixelDeg, '[deg]'),
    card('RADESYS', 'ICRS'),
    card('EQUINOX', 2000),
    card('LONPOLE', 180, '[deg]'),
    card('LATPOLE', plan.centreDecDeg, '[deg]'),
    card('BMAJ', BEAM_FWHM_ARCSEC / 3600, '[deg]'),
    card('BMIN', BEAM_FWHM_ARCSEC / 3600, '[deg]'),
    card('BPA', 90, '[deg]'),
    card('TELESCOP', 'SIMULATED', 'no real sky: lobate simulate'),
    card('RESTFRQ', 143650000, '[Hz]'),
    card('BUNIT', 'JY/BEAM'),
    card('BTYPE', 'Intensity'),
    card('OBJECT', plan.name),
    card('ORIGIN', 'lobate simulate'),
    card('SIMSEED', plan.seed, 'seed of the simulation'),
  ];
}

/** Where the field's pixels are on the sky, read from the very header that is written. */
export function fieldWcs(plan: FieldPlan): Wcs {
  return wcsOf(new FitsHeader(mosaicCards(plan)), `${plan.name}-mosaic.fits`);
}

const ROWS_PER_PIECE = 64;
/** The image is in mJy/beam, the file in Jy/beam. */
const JY_PER_MJY = 1e-3;

/** The file piece by piece: a full mosaic (324 MB) is never held a second time. */
export async function* mosaicPieces(plan: FieldPlan, image: SkyImage): AsyncGenerator<Uint8Array> {
  yield headerBytes(mosaicCards(plan));
  const { side, pixels } = image;
  for (let first = 0; first < side; first += ROWS_PER_PIECE) {
    const rows = Math.min(ROWS_PER_PIECE, side - first);
    const piece = new DataView(new ArrayBuffer(rows * side * 4));
    for (let i = 0; i < rows * side; i++) piece.setFloat32(i * 4, pixels[first * side + i]! * JY_PER_MJY, false);
    yield new Uint8Array(piece.buffer);
    await Promise.resolve();
  }
  yield new Uint8Array((BLOCK_BYTES - ((side * side * 4) % BLOCK_BYTES)) % BLOCK_BYTES);
}
