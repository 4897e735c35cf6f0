import type { SourceCatalogue } from './catalogue.ts';
import type { GaussianCatalogue } from './gaussian-catalogue.ts';
import { gaussianRowsOf } from './gaussians.ts';

/** Where the Gaussians of each source lie, for drawing them: those of row r are `start[r]` to `start[r + 1]` − 1. */
export interface GaussianShapes {
  readonly start: Uint32Array;
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  /** FWHM [arcsec]. */
  readonly majArcsec: Float32Array;
  readonly minArcsec: Float32Array;
  /** [deg, north through east]; NaN where unknown. */
  readonly paDeg: Float32Array;
}

/** Undefined where the Gaussian catalogue has no positions. @throws DomainFailure catalogue-link-missing */
export function gaussianShapes(catalogue: SourceCatalogue, gaussians: GaussianCatalogue): GaussianShapes | undefined {
  const { position } = gaussians;
  if (position === undefined) return undefined;
  const { rowsOf } = gaussianRowsOf(catalogue, gaussians);
  const start = new Uint32Array(catalogue.rowCount + 1);
  const order: number[] = [];
  for (let row = 0; row < catalogue.rowCount; row++) {
    for (const gaussian of rowsOf(row) ?? []) order.push(gaussian);
    start[row + 1] = order.length;
  }
  return {
    start,
    raDeg: Float64Array.from(order, (at) => position.raDeg[at]!),
    decDeg: Float64Array.from(order, (at) => position.decDeg[at]!),
    majArcsec: Float32Array.from(order, (at) => gaussians.majArcsec[at]!),
    minArcsec: Float32Array.from(order, (at) => gaussians.minArcsec[at]!),
    paDeg: Float32Array.from(order, (at) => gaussians.paDeg?.[at] ?? Number.NaN),
  };
}
