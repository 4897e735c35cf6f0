import { PIXEL_ARCSEC } from './beam.ts';
import type { Measurement } from './catalogue-source.ts';
import type { BackgroundGalaxies } from './optical-sky.ts';
import { backgroundDensity, counterpartDistribution } from './optical-sky.ts';
import type { Host, PhysicalSource } from './physical-source.ts';
import { pixelBuckets } from './pixel-buckets.ts';

/** Candidates are looked for within this radius [arcsec]. Source: Williams et al. 2019, §4. */
const SEARCH_RADIUS_ARCSEC = 15;
/** Astrometric error of radio and optical positions together, beside the fit's [arcsec, each axis]. */
const SYSTEMATIC_ERROR_ARCSEC = 0.6;
/**
 * Further error of the radio position of an extended source, as a share of its Maj. Fitted to the LRs of 6,084 real rows
 * (LoTSS DR2 pointing P21): it gives their median log LR at their median lr_dist for every Maj from 7″ to 80″.
 */
const EXTENDED_ERROR_SHARE = 0.06;
/** Smallest LR that the published tables hold (dimensionless). Source: LoTSS DR2 pointing P21, real rows. */
const SMALLEST_LR = 1e-135;

/** The best optical match of one row: likelihood ratio (dimensionless) and distance [arcsec]; NaN without a candidate. */
export interface OpticalMatch {
  readonly lr: number;
  readonly distanceArcsec: number;
}

/**
 * Matches radio positions to the galaxies around them by likelihood ratio, LR = q(m) f(r) / n(m) (Sutherland & Saunders
 * 1992). It sees a measured position, its error and galaxies: not what the row is, nor which galaxy is the host.
 */
export function opticalMatcher(
  sources: readonly PhysicalSource[],
  background: BackgroundGalaxies,
): (row: Measurement) => OpticalMatch {
  const hosts = sources.flatMap(({ host }) => (host === undefined ? [] : [host]));
  const hostsNear = pixelBuckets(
    hosts,
    ({ xPix }) => xPix,
    ({ yPix }) => yPix,
  );
  const radiusPix = SEARCH_RADIUS_ARCSEC / PIXEL_ARCSEC;

  return ({ xPix, yPix, errors, ellipse }) => {
    const extended = EXTENDED_ERROR_SHARE * ellipse.majArcsec;
    const sigmaX = Math.hypot(errors.xArcsec, SYSTEMATIC_ERROR_ARCSEC, extended);
    const sigmaY = Math.hypot(errors.yArcsec, SYSTEMATIC_ERROR_ARCSEC, extended);
    const candidates: readonly Host[] = [
      ...hostsNear(xPix, yPix, radiusPix),
      ...background.within(xPix, yPix, radiusPix),
    ];
    let best: OpticalMatch = { lr: Number.NaN, distanceArcsec: Number.NaN };
    let bestLog = -Infinity;
    for (const galaxy of candidates) {
      const dx = (galaxy.xPix - xPix) * PIXEL_ARCSEC;
      const dy = (galaxy.yPix - yPix) * PIXEL_ARCSEC;
      const distanceArcsec = Math.hypot(dx, dy);
      if (distanceArcsec > SEARCH_RADIUS_ARCSEC) continue;
      const prior = counterpartDistribution(galaxy.magnitude) / backgroundDensity(galaxy.magnitude);
      const logLr = Math.log(prior / (2 * Math.PI * sigmaX * sigmaY)) - 0.5 * ((dx / sigmaX) ** 2 + (dy / sigmaY) ** 2);
      if (logLr <= bestLog) continue;
      bestLog = logLr;
      best = { lr: Math.max(SMALLEST_LR, Math.exp(logLr)), distanceArcsec };
    }
    return best;
  };
}
