import type { FeatureScaling } from './scaling.ts';

/** Which features, in which order, and how each open choice of the paper is taken (⚙ of the science notes §3). */
export interface FeatureRecipe {
  readonly set: FeatureSetName;
  /** Likelihood threshold L_thr that LRs are divided by: a constant, or DR2's by sky region. */
  readonly lrThreshold: number | 'lotss-dr2-by-region';
  /** `log10`: log10(LR / L_thr), Table 1 of the paper. `gbc-code`: ln(LR · 0.639 / L_thr), the authors' public code. */
  readonly lrLogarithm: 'log10' | 'gbc-code';
  /** LR in place of a missing one (dimensionless), and its distance [arcsec]. */
  readonly missingLr: number;
  readonly missingLrDistArcsec: number;
  /** Gaussian/source flux ratio of an M source without a Gaussian catalogue. */
  readonly imputedGaussianFluxRatio: number;
  /** Distance of a neighbour that does not exist [arcsec]. */
  readonly missingNeighbourDistArcsec: number;
  /** `none`: as published; the others take the moments stored in the model. */
  readonly scaling: FeatureScaling;
  /** Who counts as a neighbour: every row of the loaded catalogue, artefacts included. The only choice so far. */
  readonly neighboursFrom?: 'whole-catalogue' | undefined;
  /** What is small, isolated and a single Gaussian; `PUBLISHED_SISG` where absent. */
  readonly sisg?: SisgThresholds | undefined;
}

/** Thresholds of the SISG gate (Alegre et al. 2024, §3.3). */
export interface SisgThresholds {
  /** Small: Maj below this, exclusive [arcsec]. */
  readonly majBelowArcsec: number;
  /** Isolated: no other source within this, equality included [arcsec]. */
  readonly isolationArcsec: number;
  /** Single: at most so many Gaussians. */
  readonly largestGaussianCount: number;
}

/** The paper's: Maj < 15″, no other source within 45″, one Gaussian. */
export const PUBLISHED_SISG: SisgThresholds = { majBelowArcsec: 15, isolationArcsec: 45, largestGaussianCount: 1 };

export type FeatureSetName = 'baseline' | 'optical' | 'gbc' | 'all' | 'no-lr';
