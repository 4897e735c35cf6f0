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
  /** `none`: as published. `standardise`: (value − mean) / σ with the moments stored in the model. */
  readonly scaling: 'none' | 'standardise';
}

export type FeatureSetName = 'baseline' | 'optical' | 'gbc' | 'all' | 'no-lr';
