/** What speaks for a neighbour being a component of the same physical source. */
export interface Companion {
  readonly row: number;
  readonly distanceArcsec: number;
  /** Highest level at which emission joins the two [σ of the window above its centre]; NaN where it was not measured. */
  readonly bridgeSigma: number;
  readonly isFlagged: boolean;
}

/** Emission at or above this joins two rows [σ]; the lowest contour of the LoTSS overlays. */
export const BRIDGE_SIGMA = 2;

/**
 * Two flagged rows closer than this are proposed together without a bridge [arcsec]. At 50 flagged rows per square
 * degree, a source has 0.17 such companions by chance; lobes without a bridge lie a minute or two apart.
 */
export const FLAGGED_TOGETHER_ARCSEC = 120;

/** How far companions are looked for [arcsec]: the neighbour search of the LoTSS overlays. */
export const COMPANION_REACH_ARCSEC = 180;

/** Why a companion is proposed; undefined where nothing speaks for it. */
export function reasonFor(companion: Companion, isSourceFlagged: boolean): 'bridge' | 'both-flagged' | undefined {
  if (companion.bridgeSigma >= BRIDGE_SIGMA) return 'bridge';
  const areBothFlagged = isSourceFlagged && companion.isFlagged;
  return areBothFlagged && companion.distanceArcsec <= FLAGGED_TOGETHER_ARCSEC ? 'both-flagged' : undefined;
}
