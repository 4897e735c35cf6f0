import type { FeatureRecipe } from './feature-recipe.ts';

/**
 * The numbers that the network sees beside the image, for every row of a catalogue. Row-major: feature `j` of row `i`
 * is `values[i * names.length + j]`.
 */
export interface FeatureTable {
  readonly recipe: FeatureRecipe;
  /** Feature names in the order of the recipe. */
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly rowCount: number;
  readonly values: Float64Array;
  /** 1 where a value stands in for a missing one (no LR, no Gaussian, no k-th neighbour); same layout as `values`. */
  readonly isMissing: Uint8Array;
  /**
   * Why a row cannot be classified: the name of the catalogue column whose value is unusable (Total_flux ≤ 0, a
   * non-finite position or Maj), or '' where it can.
   */
  readonly unusable: readonly string[];
  /** 1 where the source is small, isolated and a single Gaussian (science §3.3). */
  readonly sisg: Uint8Array;
  readonly neighbours: Neighbours;
}

/** Neighbours on the sky, from the whole loaded catalogue, artefacts included. */
export interface Neighbours {
  /** How many nearest neighbours are kept per row. */
  readonly perRow: number;
  /** Row of the k-th nearest (k from 0) at [row * perRow + k]; −1 where the catalogue has fewer rows. */
  readonly rows: Int32Array;
  /** Great-circle distance to it [arcsec], same layout; NaN where there is none. */
  readonly distanceArcsec: Float64Array;
  /** Other sources within 45″, equality included. */
  readonly within45: Int32Array;
}
