import { z } from 'zod';

/** What the window asks about the sky itself: the pixels under the pointer and what limits of the display to offer. */

const limits = z.object({ low: z.number(), high: z.number() });

/** `ImageLevels` of core/display, in the unit of the tiles. Null where no mosaic has a finite pixel. */
export const imageLevels = z
  .object({
    unit: z.string(),
    sampleCount: z.number().int(),
    centre: z.number(),
    sigma: z.number(),
    zscale: limits,
    central: z.array(limits),
    quantiles: z.array(z.number()),
  })
  .nullable();

/** The channels of the network's input, to show the sky as the model sees it. */
export const modelChannels = z.object({
  logStretch: z.enum(['montage', 'log10']),
  channels: z.array(
    z.object({ stretch: z.enum(['log', 'linear', 'cut']), lowSigma: z.number(), highSigma: z.number() }),
  ),
});
export type ModelChannels = z.infer<typeof modelChannels>;

/** Index of a mosaic in the project's list; null for all of them, blended as on the sky. */
export const mosaicChoice = z.number().int().nonnegative().nullable();

export const pixelRequest = z.object({
  raDeg: z.number().min(0).max(360),
  decDeg: z.number().min(-90).max(90),
  mosaic: mosaicChoice,
});

/** The pixel that contains a position: its own value, not the resampled one of the display. */
export const pixelReading = z
  .object({
    /** Null where the pixel is blank. */
    value: z.number().nullable(),
    unit: z.string(),
    mosaicName: z.string(),
    /** Column and row as FITS counts them, the first pixel being 1. */
    fitsX: z.number().int(),
    fitsY: z.number().int(),
  })
  .nullable();
export type PixelReading = z.infer<typeof pixelReading>;

/**
 * How far the wide view of a field is from the true one: null where all pixels are read before it is drawn. A mosaic that is
 * not read stands on a few of its rows, and sources between them are missing.
 */
export const skyOverview = z
  .object({
    /** Part of the tiles' address, `/hips/<hipsKey>~<revision>`: it grows when wide tiles have become better. */
    revision: z.number().int(),
    shownCount: z.number().int(),
    readCount: z.number().int(),
  })
  .nullable();

const ellipse = z.object({
  raDeg: z.number(),
  decDeg: z.number(),
  /** FWHM [arcsec]. */
  majArcsec: z.number(),
  minArcsec: z.number(),
  /** [deg, north through east]; null where unknown. */
  paDeg: z.number().nullable(),
});

/** What belongs to one source on the sky beside its own ellipse. */
export const sourceSurroundings = z.object({
  row: z.number().int(),
  /** Its Gaussians; empty where no Gaussian catalogue with positions is open. */
  gaussians: z.array(ellipse),
});
export type SourceSurroundings = z.infer<typeof sourceSurroundings>;
