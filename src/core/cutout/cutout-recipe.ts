/**
 * `pixels`: pixels as they are (published). `angular`: 192″ resampled by the WCS (`angular-window.ts`), for mosaics of
 * another scale than the model's.
 */
export type CutoutGeometry = 'pixels' | 'angular';

/** How a piece of a mosaic becomes what the network sees (⚙ of the science notes §4). */
export interface CutoutRecipe {
  /** Side of the square that noise is measured on and augmentation turns [pixel]. */
  readonly windowSidePix: 256;
  /** Side of the central crop that the network sees [pixel]; the source is at index side / 2. */
  readonly sidePix: 128;
  readonly geometry: CutoutGeometry;
  /** `montage`: median and (P84 − P16)/2. `clipped`: mean and population σ after 3σ clipping, at most 5 rounds. */
  readonly noise: 'montage' | 'clipped';
  /** `montage`: min(ln(9x + 1), 1), saturating at x = (e − 1)/9. `log10`: log10(9x + 1). */
  readonly logStretch: 'montage' | 'log10';
  readonly channels: readonly ChannelRecipe[];
  /** `float`, or `uint8`: rounded to 256 levels as in a PNG. */
  readonly quantisation: 'float' | 'uint8';
  /** How training and the rotation test turn a picture; `TURNING` where absent. */
  readonly turning?: TurningRecipe | undefined;
}

/** How the stretched channels are turned by any angle (science notes §4.4). Each has one choice so far. */
export interface TurningRecipe {
  /** Values between pixels. */
  readonly interpolation: 'bilinear';
  /** The 0/1 channel is interpolated like the others, so its edges become grey. */
  readonly binaryChannel: 'interpolated';
}

export const TURNING: TurningRecipe = { interpolation: 'bilinear', binaryChannel: 'interpolated' };

export interface ChannelRecipe {
  readonly stretch: 'log' | 'linear' | 'cut';
  /** Lower and upper cut in units of σ above the centre. For `cut`, 1 at or above `lowSigma`, else 0. */
  readonly lowSigma: number;
  readonly highSigma: number;
}

/** The three channels of the paper: A = 1–200σ log, B = 1–30σ log, C = 3σ cut. */
export const PUBLISHED_CUTOUT: CutoutRecipe = {
  windowSidePix: 256,
  sidePix: 128,
  geometry: 'pixels',
  noise: 'montage',
  logStretch: 'montage',
  channels: [
    { stretch: 'log', lowSigma: 1, highSigma: 200 },
    { stretch: 'log', lowSigma: 1, highSigma: 30 },
    { stretch: 'cut', lowSigma: 3, highSigma: 3 },
  ],
  quantisation: 'float',
};
