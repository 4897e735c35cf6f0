import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitsImageBytes, fitsTableBytes } from '../../src/core/fits/write.ts';
import type { FieldFiles } from '../../src/contract/field-files.ts';

const SIDE_PIX = 300;
const CENTRE = { raDeg: 205, decDeg: 55 };

/** Rows of `writeSmallField`'s catalogue; the last two lie off the mosaic. */
export const SMALL_FIELD_ROWS = 12;

export interface SmallFieldChanges {
  readonly scaleArcsec?: number;
  readonly beamArcsec?: number;
  /** What every Maj is multiplied by; its column says arcsec all the same. */
  readonly majFactor?: number;
  readonly hasLikelihoodRatios?: boolean;
  readonly hasSCode?: boolean;
}

/** A noise-free mosaic of 300 × 300 pixels with ten sources along its diagonal, and a catalogue with two more. */
export function writeSmallField(folder: string, changes: SmallFieldChanges = {}): FieldFiles {
  const { scaleArcsec = 1.5, beamArcsec = 6, majFactor = 1, hasLikelihoodRatios = true, hasSCode = true } = changes;
  const scaleDeg = scaleArcsec / 3600;
  const pixels = new Float32Array(SIDE_PIX * SIDE_PIX);
  // No two neighbours alike, so that no cutout counts as constant.
  for (let i = 0; i < pixels.length; i++) pixels[i] = (((i * 2_654_435_761) % 1000) - 500) * 1e-7;
  // Half a pixel off, so that every source lies on the centre of a pixel.
  const offsets = Array.from({ length: SMALL_FIELD_ROWS }, (_, row) =>
    row < 10 ? (row - 4.5) * 22 + 0.5 : 400 + row * 40,
  );
  for (const offset of offsets.slice(0, 10)) {
    const at = Math.round(149.5 + offset);
    pixels[at * SIDE_PIX + at] = 0.01;
  }
  const mosaic = join(folder, 'small-mosaic.fits');
  writeFileSync(
    mosaic,
    fitsImageBytes({
      pixels,
      widthPix: SIDE_PIX,
      heightPix: SIDE_PIX,
      cards: [
        { keyword: 'CTYPE1', value: 'RA---SIN' },
        { keyword: 'CTYPE2', value: 'DEC--SIN' },
        { keyword: 'CRVAL1', value: CENTRE.raDeg },
        { keyword: 'CRVAL2', value: CENTRE.decDeg },
        { keyword: 'CRPIX1', value: 150.5 },
        { keyword: 'CRPIX2', value: 150.5 },
        { keyword: 'CDELT1', value: -scaleDeg },
        { keyword: 'CDELT2', value: scaleDeg },
        { keyword: 'BUNIT', value: 'JY/BEAM' },
        { keyword: 'BMAJ', value: beamArcsec / 3600 },
        { keyword: 'BMIN', value: beamArcsec / 3600 },
      ],
    }),
  );
  const catalogue = join(folder, 'small.srl.fits');
  const each = <T>(value: (row: number) => T): T[] => offsets.map((_, row) => value(row));
  const numbers = (name: string, unit: string, value: (row: number) => number) => ({
    name,
    data: Float64Array.from(each(value)),
    repeat: 1,
    unit,
  });
  const texts = (name: string, value: (row: number) => string) => ({ name, data: each(value), repeat: 1 });
  writeFileSync(
    catalogue,
    fitsTableBytes({
      rowCount: SMALL_FIELD_ROWS,
      columns: [
        texts('Source_Name', (row) => `ILTJ small ${row}`),
        // East is towards smaller x.
        numbers(
          'RA',
          'deg',
          (row) => CENTRE.raDeg - (offsets[row]! * scaleDeg) / Math.cos((CENTRE.decDeg * Math.PI) / 180),
        ),
        numbers('DEC', 'deg', (row) => CENTRE.decDeg + offsets[row]! * scaleDeg),
        numbers('Maj', 'arcsec', (row) => (8 + row) * majFactor),
        numbers('Min', 'arcsec', () => 6),
        numbers('PA', 'deg', (row) => (row === 3 ? Number.NaN : 10 * row)),
        // Row 7 cannot be classified: its flux is missing.
        numbers('Total_flux', 'mJy', (row) => (row === 7 ? Number.NaN : 1 + row)),
        numbers('Peak_flux', 'mJy/beam', (row) => 1 + row / 2),
        numbers('Isl_rms', 'mJy/beam', () => 0.1),
        ...(hasSCode ? [texts('S_Code', (row) => (row % 2 === 0 ? 'S' : 'M'))] : []),
        texts('Mosaic_ID', () => 'small'),
        ...(hasLikelihoodRatios
          ? [numbers('lr', '', (row) => (row === 5 ? Number.NaN : 1 + row)), numbers('lr_dist', 'arcsec', () => 0.5)]
          : []),
      ],
    }),
  );
  return { mosaics: [mosaic], catalogue };
}
