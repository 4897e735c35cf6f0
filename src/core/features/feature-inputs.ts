import type { GaussianSummary, LikelihoodRatios, SourceCatalogue } from '../catalogue/catalogue.ts';
import type { FeatureRecipe } from './feature-recipe.ts';
import type { Neighbours } from './feature-table.ts';

/** Everything that features are made from. */
export interface FeatureInputs {
  readonly catalogue: SourceCatalogue;
  readonly gaussians: GaussianSummary;
  readonly likelihood: LikelihoodRatios;
  readonly neighbours: Neighbours;
  readonly recipe: FeatureRecipe;
  /** L_thr at each source. */
  readonly lrThreshold: Float64Array;
}
