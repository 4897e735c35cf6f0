/** An ellipse or a point on the sky, as DS9, CARTA and Lobate exchange it. */
export interface SkyRegion {
  /** ICRS [deg]. */
  readonly raDeg: number;
  readonly decDeg: number;
  /** Undefined for a point. */
  readonly ellipse: RegionEllipse | undefined;
  /** What stands beside it. */
  readonly text: string;
  /** What groups it, as `MC`. */
  readonly tags: readonly string[];
}

export interface RegionEllipse {
  /** Half the length along the position angle [arcsec, > 0]. */
  readonly radiusAlongArcsec: number;
  /** Half the length across it [arcsec, > 0]. */
  readonly radiusAcrossArcsec: number;
  /** Position angle of the first [deg, north through east, 0 ≤ pa < 180]. */
  readonly paDeg: number;
}

/**
 * How a Gaussian's size becomes an ellipse. `fwhm`: radii Maj/2 and Min/2, so the outline is the FWHM. `pybdsf`: radii
 * Maj and Min, twice as wide, as PyBDSF's own region files and the LoTSS overlays are drawn.
 */
export type EllipseSize = 'fwhm' | 'pybdsf';

const RADIUS_PER_FWHM: Readonly<Record<EllipseSize, number>> = { fwhm: 0.5, pybdsf: 1 };

/** What a file says about its ellipses, for its header. */
export const ELLIPSE_SENTENCE: Readonly<Record<EllipseSize, string>> = {
  fwhm: 'Ellipses are the FWHM: radii Maj/2 and Min/2.',
  pybdsf: 'Ellipses are 2 x FWHM, as PyBDSF draws them: radii Maj and Min.',
};

/**
 * The ellipse of a source; undefined (a point is drawn) where its size is missing or not above 0. A missing position
 * angle, which only a circle can do without, counts as 0.
 * @param majArcsec FWHM
 * @param paDeg north through east
 */
export function regionEllipseOf(
  majArcsec: number,
  minArcsec: number,
  paDeg: number,
  size: EllipseSize,
): RegionEllipse | undefined {
  if (!(majArcsec > 0 && minArcsec > 0 && Number.isFinite(majArcsec))) return undefined;
  const factor = RADIUS_PER_FWHM[size];
  return {
    radiusAlongArcsec: majArcsec * factor,
    radiusAcrossArcsec: minArcsec * factor,
    paDeg: Number.isFinite(paDeg) ? foldedPa(paDeg) : 0,
  };
}

/** 0 ≤ pa < 180: an ellipse is the same after half a turn. */
export const foldedPa = (paDeg: number): number => ((paDeg % 180) + 180) % 180;
