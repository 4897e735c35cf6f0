import { DomainFailure } from '../result/failure.ts';
import type { Table } from '../table/table.ts';
import type { CatalogueNotice, LikelihoodRatios } from './catalogue.ts';
import type { CatalogueOptions } from './read-catalogue.ts';
import { columnReader, mappedOnlyWherePresent } from './column-reader.ts';
import { cleanLikelihood } from './likelihood.ts';

/** A Gaussian catalogue (PyBDSF `gaul`, LoTSS `gaus`), understood: one row per Gaussian, in the order of the file. */
export interface GaussianCatalogue {
  readonly path: string;
  readonly rowCount: number;
  /** Name of the source that a Gaussian belongs to; undefined where the file has none. */
  readonly sourceName: readonly string[] | undefined;
  /** PyBDSF's `Source_id` of that source; undefined where the file has none. */
  readonly sourceId: Float64Array | undefined;
  /** Position [deg, ICRS]; undefined where the file has none. */
  readonly position: { readonly raDeg: Float64Array; readonly decDeg: Float64Array } | undefined;
  readonly majArcsec: Float64Array;
  readonly minArcsec: Float64Array;
  /** [deg, north through east]; undefined where the file has none. */
  readonly paDeg: Float64Array | undefined;
  readonly totalFluxMjy: Float64Array;
  /** Undefined where the file has no `lr`. */
  readonly likelihood: LikelihoodRatios | undefined;
  readonly notices: readonly CatalogueNotice[];
}

/**
 * Understands a table as a Gaussian catalogue.
 * @throws DomainFailure catalogue-empty, catalogue-link-missing (no Source_Name, Source_id or position),
 *   catalogue-column-missing, catalogue-column-not-numeric, catalogue-unit-unknown
 */
export function toGaussianCatalogue(table: Table, path: string, options: CatalogueOptions = {}): GaussianCatalogue {
  const reader = columnReader(table, path, mappedOnlyWherePresent(table, options));
  const sourceName = reader.texts('name');
  const sourceId = reader.numbers('sourceId');
  const lr = reader.numbers('lr');
  const [raDeg, decDeg] = [reader.numbers('ra'), reader.numbers('dec')];
  if (sourceName === undefined && sourceId === undefined && (raDeg === undefined || decDeg === undefined)) {
    const wanted = 'a column Source_Name or Source_id, or RA and DEC';
    throw new DomainFailure({ kind: 'catalogue-link-missing', path, wanted });
  }
  const gaussians = {
    path,
    rowCount: table.rowCount,
    sourceName,
    sourceId,
    position: raDeg === undefined || decDeg === undefined ? undefined : { raDeg, decDeg },
    majArcsec: reader.requiredNumbers('maj'),
    minArcsec: reader.requiredNumbers('min'),
    paDeg: reader.numbers('pa'),
    totalFluxMjy: reader.requiredNumbers('totalFlux'),
    likelihood: lr === undefined ? undefined : cleanLikelihood(lr, reader.numbers('lrDist')),
  };
  if (table.rowCount === 0) throw new DomainFailure({ kind: 'catalogue-empty', path });
  return { ...gaussians, notices: reader.notices() };
}
