/** Pixel side of a LoTSS mosaic [arcsec]. Source: Shimwell et al. 2019 (DR1), header of P205+55. */
export const PIXEL_ARCSEC = 1.5;

/** Full width at half maximum of the circular restoring beam [arcsec]. Source: Shimwell et al. 2019, §2. */
export const BEAM_FWHM_ARCSEC = 6;

/** Full width at half maximum of a Gaussian over its standard deviation: 2 √(2 ln 2). */
export const FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.LN2);

export const BEAM_FWHM_PIX = BEAM_FWHM_ARCSEC / PIXEL_ARCSEC;
export const BEAM_SIGMA_PIX = BEAM_FWHM_PIX / FWHM_PER_SIGMA;
/** Variance of the beam along either axis [pixel²]. */
export const BEAM_VARIANCE_PIX2 = BEAM_SIGMA_PIX * BEAM_SIGMA_PIX;
/** Solid angle of the beam, 2πσ² [pixel]. */
export const BEAM_AREA_PIX = 2 * Math.PI * BEAM_VARIANCE_PIX2;
