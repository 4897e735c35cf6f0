import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import { ANGULAR_PIXEL_ARCSEC } from '../../core/cutout/angular-window.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';

/**
 * What the models of today were made for: LoTSS mosaics (Shimwell et al. 2019, 2022) of 1.5″ pixels and a 6″ beam. A
 * cutout by pixels sees 192″ only at this scale.
 */
const TRAINED_PIXEL_SCALE_ARCSEC = 1.5;
const TRAINED_BEAM_ARCSEC = 6;

/** Deviations that the scatter of a survey explains: LoTSS beams are 6.0″, pixels 1.5″ to the last digit. */
const SCALE_TOLERANCE = 0.05;
const BEAM_TOLERANCE = 0.2;

export interface Span {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest of the values; null where there are none. */
function spanOf(values: readonly number[]): Span | null {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0
    ? null
    : {
        low: finite.reduce((a, b) => Math.min(a, b)),
        high: finite.reduce((a, b) => Math.max(a, b)),
      };
}

/** Pixel scales of the mosaics [arcsec]. */
export const scaleSpan = (mosaics: readonly Mosaic[]): Span | null =>
  spanOf(mosaics.map(({ wcs }) => wcs.pixelScaleArcsec));

/** Major axes of the beams that mosaics name [arcsec]; null where none does. */
export const beamSpan = (mosaics: readonly Mosaic[]): Span | null =>
  spanOf(mosaics.flatMap(({ beam }) => (beam === undefined ? [] : [beam.majArcsec])));

/** Whether a mosaic has another pixel scale than the models were trained on. */
export const scaleDeviates = (mosaics: readonly Mosaic[]): boolean =>
  deviates(scaleSpan(mosaics), TRAINED_PIXEL_SCALE_ARCSEC, SCALE_TOLERANCE);

/** Whether a mosaic has another beam than the models were trained on; one that names none is not counted. */
export const beamDeviates = (mosaics: readonly Mosaic[]): boolean =>
  deviates(beamSpan(mosaics), TRAINED_BEAM_ARCSEC, BEAM_TOLERANCE);

/** `angular` where the mosaics' pixels are not the model's; else what the recipe says. */
export function advisedGeometry(mosaics: readonly Mosaic[], { cutout }: Recipe): CutoutGeometry {
  return scaleDeviates(mosaics) ? 'angular' : cutout.geometry;
}

/** Sentences on where mosaics differ from those that the models were trained on; none where they do not. */
export function outOfDomain(mosaics: readonly Mosaic[], recipe: Recipe): readonly string[] {
  const said: string[] = [];
  const scale = scaleSpan(mosaics);
  const beam = beamSpan(mosaics);
  if (scale !== null && scaleDeviates(mosaics)) {
    const sideArcsec = Math.round(recipe.cutout.sidePix * scale.high);
    said.push(
      recipe.cutout.geometry === 'pixels'
        ? `Pixels are ${textOf(scale)}″, the model was made for ${TRAINED_PIXEL_SCALE_ARCSEC}″: its cutouts show ` +
            `${sideArcsec}″ of sky in place of 192″, and probabilities are not to be trusted. ` +
            'Resample cutouts to 192″ (geometry angular), or use a model that was trained at this scale.'
        : `Pixels are ${textOf(scale)}″; cutouts are resampled to ${ANGULAR_PIXEL_ARCSEC}″ and show 192″ of sky, as the ` +
            "model's did. Noise and the beam stay those of these mosaics.",
    );
  }
  if (beam !== null && beamDeviates(mosaics)) {
    said.push(
      `The beam is ${textOf(beam)}″, the model was made for ${TRAINED_BEAM_ARCSEC}″: sizes and the look of sources differ.`,
    );
  }
  const withoutBeam = mosaics.filter((mosaic) => mosaic.beam === undefined).length;
  if (withoutBeam > 0) said.push(`${withoutBeam} of ${mosaics.length} mosaics do not say what their beam is.`);
  return said;
}

const deviates = (span: Span | null, wanted: number, tolerance: number): boolean =>
  span !== null && (span.low < wanted * (1 - tolerance) || span.high > wanted * (1 + tolerance));

function textOf({ low, high }: Span): string {
  const [from, to] = [low.toFixed(2), high.toFixed(2)];
  return from === to ? from : `${from} … ${to}`;
}
