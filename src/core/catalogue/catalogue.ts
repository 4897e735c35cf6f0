import type { Notice } from '../result/notice.ts';
import type { Table } from '../table/table.ts';

/** Which family of columns a catalogue follows; decides names, default units and how Gaussians are joined. */
export type CatalogueDialect = 'lotss' | 'pybdsf' | 'feature-table' | FinderDialect;

/** Source finders with column names of their own (`finder-dialects.ts`). */
export type FinderDialect = 'aegean' | 'selavy' | 'sofia';

/** What reading a catalogue found: a guessed unit, a renamed column, rows that did not join. */
export type CatalogueNotice = Notice;

/**
 * A source catalogue (PyBDSF `srl`), understood: one row per source, in the order of the file, every quantity in
 * Lobate's units. A missing number is NaN, never a stand-in.
 */
export interface SourceCatalogue {
  readonly path: string;
  readonly dialect: CatalogueDialect;
  readonly rowCount: number;
  /** `Source_Name`; for raw PyBDSF an ILTJ-style name made from the position. */
  readonly name: readonly string[];
  /** False where the file has no names and `name` was made from positions: nothing can be joined by such a name. */
  readonly hasOwnNames: boolean;
  /** PyBDSF's `Source_id`, which links its Gaussians; undefined where the file has none. */
  readonly sourceId: Float64Array | undefined;
  /** Right ascension [deg, 0 ≤ ra < 360]. */
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  /** Fitted (not deconvolved) major axis FWHM [arcsec]. */
  readonly majArcsec: Float64Array;
  readonly minArcsec: Float64Array;
  /** Position angle [deg, north through east]; NaN where the file has none. */
  readonly paDeg: Float64Array;
  readonly totalFluxMjy: Float64Array;
  readonly peakFluxMjyPerBeam: Float64Array;
  /** Local noise `Isl_rms` [mJy/beam]; NaN where the file has none. */
  readonly islandRmsMjyPerBeam: Float64Array;
  /** PyBDSF's S (single Gaussian), C (single, in an island with others) or M (several); '' where the file has none. */
  readonly sCode: readonly string[];
  /** Pointing the source was found in; '' where the file has none. */
  readonly mosaicId: readonly string[];
  /** 1 where the source is matched to a large optical galaxy; undefined where the file does not say. */
  readonly largeOptical: Uint8Array | undefined;
  /** Per-source Gaussian summary that the catalogue itself carries (`n_gauss`, `gauss_maj`, …), where it does. */
  readonly ownGaussian: GaussianSummary | undefined;
  /** Likelihood ratio columns that the catalogue itself carries (`lr`, `lr_dist`), where it does. */
  readonly ownLikelihood: LikelihoodRatios | undefined;
  /** Every column of the file as it was, for output. */
  readonly table: Table;
  readonly notices: readonly CatalogueNotice[];
}

/**
 * What the features need of a source's Gaussians, one entry per source row: how many, and the one that counts ("the
 * Gaussian": highest LR; with no LR the brightest; ties the brighter, then the first).
 */
export interface GaussianSummary {
  /** Number of Gaussians [≥ 1]; NaN where unknown. */
  readonly count: Float64Array;
  readonly majArcsec: Float64Array;
  readonly minArcsec: Float64Array;
  /** NaN where imputed: the stand-in is a share of the source's flux, which the feature recipe sets. */
  readonly totalFluxMjy: Float64Array;
  /** Likelihood ratio of that Gaussian and its distance [arcsec]; NaN where there is none. */
  readonly lr: Float64Array;
  readonly lrDistArcsec: Float64Array;
  /** 1 where the values were imputed because no Gaussian was known (an M source without a Gaussian catalogue). */
  readonly imputed: Uint8Array;
}

/** Likelihood ratio of the optical match (dimensionless) and its distance [arcsec]; NaN where there is none. */
export interface LikelihoodRatios {
  readonly lr: Float64Array;
  readonly lrDistArcsec: Float64Array;
}
