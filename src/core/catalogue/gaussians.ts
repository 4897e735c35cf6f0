import { DomainFailure } from '../result/failure.ts';
import { countText } from '../units/count-text.ts';
import type { CatalogueNotice, GaussianSummary, LikelihoodRatios, SourceCatalogue } from './catalogue.ts';
import type { GaussianCatalogue } from './gaussian-catalogue.ts';
import type { JoinReport } from './join-report.ts';
import { nearestRows } from './position-join.ts';
import { rowsByValue } from './row-links.ts';

/** Gaussians assumed for an M source whose Gaussians are unknown: the fewest that make it an M. */
const IMPUTED_COUNT_OF_M = 2;

/** The catalogue's Gaussians, and what should be said about how they were found. */
export interface SummarisedGaussians {
  readonly summary: GaussianSummary;
  /** Undefined where no Gaussian catalogue was given. */
  readonly join: JoinReport | undefined;
  readonly notices: readonly CatalogueNotice[];
}

/** A summary that can still be written to. */
interface SummaryDraft {
  readonly count: Float64Array;
  readonly majArcsec: Float64Array;
  readonly minArcsec: Float64Array;
  readonly totalFluxMjy: Float64Array;
  readonly lr: Float64Array;
  readonly lrDistArcsec: Float64Array;
  readonly imputed: Uint8Array;
}

/**
 * The number of Gaussians of every source and the one that counts: from a Gaussian catalogue, else from the columns
 * that the source catalogue carries, else from S_Code. S and C sources are one Gaussian, which is the source itself;
 * M sources get stand-ins and are flagged as imputed. Without S_Code the count stays NaN.
 *
 * @param likelihood of the sources: a single-Gaussian source and its Gaussian have the same optical match
 * @throws DomainFailure catalogue-link-missing where not one Gaussian belongs to a source of the catalogue
 */
export function summariseGaussians(
  catalogue: SourceCatalogue,
  gaussians: GaussianCatalogue | undefined,
  likelihood: LikelihoodRatios,
): SummarisedGaussians {
  const summary = emptySummary(catalogue.rowCount);
  const notices: CatalogueNotice[] = [];
  let join: JoinReport | undefined;
  if (gaussians !== undefined) {
    join = fillFromCatalogueInPlace(summary, catalogue, gaussians);
    notices.push(...gaussians.notices, joinNotice(join));
  } else if (catalogue.ownGaussian !== undefined) {
    copySummaryInPlace(summary, catalogue.ownGaussian);
  }
  const hasGaussianLr = gaussians === undefined ? false : gaussians.likelihood !== undefined;
  for (let row = 0; row < catalogue.rowCount; row++) {
    completeRowInPlace(summary, catalogue, row);
    // A Gaussian catalogue with LRs has the last word: a null there means that this Gaussian has no match.
    if (summary.count[row] === 1 && !hasGaussianLr && Number.isNaN(summary.lr[row]!)) {
      summary.lr[row] = likelihood.lr[row]!;
      summary.lrDistArcsec[row] = likelihood.lrDistArcsec[row]!;
    }
  }
  const imputedCount = summary.imputed.reduce((sum, flag) => sum + flag, 0);
  if (imputedCount > 0) {
    notices.push({
      level: 'warning',
      message: `The Gaussians of ${countText(imputedCount)} sources are unknown; stand-ins are used for them. Give the Gaussian catalogue to avoid this.`,
    });
  }
  return { summary, join, notices };
}

function emptySummary(rowCount: number): SummaryDraft {
  const unknown = (): Float64Array => new Float64Array(rowCount).fill(Number.NaN);
  return {
    count: unknown(),
    majArcsec: unknown(),
    minArcsec: unknown(),
    totalFluxMjy: unknown(),
    lr: unknown(),
    lrDistArcsec: unknown(),
    imputed: new Uint8Array(rowCount),
  };
}

function copySummaryInPlace(target: SummaryDraft, from: GaussianSummary): void {
  target.count.set(from.count);
  target.majArcsec.set(from.majArcsec);
  target.minArcsec.set(from.minArcsec);
  target.totalFluxMjy.set(from.totalFluxMjy);
  target.lr.set(from.lr);
  target.lrDistArcsec.set(from.lrDistArcsec);
}

/** How the Gaussians of each source are found. */
export interface GaussianJoin {
  /** The column by which they were joined. */
  readonly by: 'Source_Name' | 'Source_id' | 'position';
  /** Gaussians of a source, undefined where it has none. */
  readonly rowsOf: (row: number) => readonly number[] | undefined;
}

/**
 * How Gaussians find their source: by name where both files have names, else by PyBDSF's number of the source, else by
 * position: the nearest source that reaches to the Gaussian, which lies no farther from it than its major axis.
 * @throws DomainFailure catalogue-link-missing
 */
export function gaussianRowsOf(catalogue: SourceCatalogue, gaussians: GaussianCatalogue): GaussianJoin {
  if (catalogue.hasOwnNames && gaussians.sourceName !== undefined) {
    const rows = rowsByValue(gaussians.sourceName);
    return { by: 'Source_Name', rowsOf: (row) => rows.get(catalogue.name[row]!) };
  }
  const { sourceId } = catalogue;
  if (sourceId !== undefined && gaussians.sourceId !== undefined) {
    if (new Set(sourceId).size < sourceId.length) {
      throw new DomainFailure({
        kind: 'catalogue-link-missing',
        path: gaussians.path,
        wanted: 'Source_Name, because Source_id is not unique in the source catalogue',
      });
    }
    const rows = rowsByValue(gaussians.sourceId);
    return { by: 'Source_id', rowsOf: (row) => rows.get(sourceId[row]!) };
  }
  const { position } = gaussians;
  if (position !== undefined) {
    const rows = rowsByValue(nearestRows(position, catalogue, (row) => catalogue.majArcsec[row]!));
    return { by: 'position', rowsOf: (row) => rows.get(row) };
  }
  throw new DomainFailure({
    kind: 'catalogue-link-missing',
    path: gaussians.path,
    wanted: 'Source_Name in both catalogues, or Source_id in both, or RA and DEC',
  });
}

function fillFromCatalogueInPlace(
  summary: SummaryDraft,
  catalogue: SourceCatalogue,
  gaussians: GaussianCatalogue,
): JoinReport {
  const { by, rowsOf } = gaussianRowsOf(catalogue, gaussians);
  let joinedGaussians = 0;
  let sourcesWithout = 0;
  for (let row = 0; row < catalogue.rowCount; row++) {
    const candidates = rowsOf(row);
    if (candidates === undefined) {
      sourcesWithout++;
      continue;
    }
    joinedGaussians += candidates.length;
    const chosen = candidates.reduce((best, next) => (isPreferred(gaussians, next, best) ? next : best));
    summary.count[row] = candidates.length;
    summary.majArcsec[row] = gaussians.majArcsec[chosen]!;
    summary.minArcsec[row] = gaussians.minArcsec[chosen]!;
    summary.totalFluxMjy[row] = gaussians.totalFluxMjy[chosen]!;
    summary.lr[row] = gaussians.likelihood?.lr[chosen] ?? Number.NaN;
    summary.lrDistArcsec[row] = gaussians.likelihood?.lrDistArcsec[chosen] ?? Number.NaN;
  }
  if (joinedGaussians === 0) {
    throw new DomainFailure({
      kind: 'catalogue-link-missing',
      path: gaussians.path,
      wanted: 'at least one Gaussian of a source in the catalogue',
    });
  }
  const joined = catalogue.rowCount - sourcesWithout;
  return {
    what: 'gaussians',
    path: gaussians.path,
    fileRows: gaussians.rowCount,
    joinedRows: joinedGaussians,
    sourcesByName: by === 'Source_Name' ? joined : 0,
    sourcesById: by === 'Source_id' ? joined : 0,
    sourcesByPosition: by === 'position' ? joined : 0,
    sourcesWithout,
  };
}

function joinNotice(join: JoinReport): CatalogueNotice {
  const { fileRows, joinedRows, sourcesByName, sourcesById, sourcesByPosition, sourcesWithout } = join;
  const by = sourcesByName > 0 ? 'Source_Name' : sourcesById > 0 ? 'Source_id' : 'position';
  return {
    // A Gaussian of a large source may lie nearer to a small one: what was joined by position can be wrong.
    level: sourcesWithout === 0 && by !== 'position' ? 'info' : 'warning',
    message:
      `Gaussians: ${countText(joinedRows)} of ${countText(fileRows)} belong to ${countText(sourcesByName + sourcesById + sourcesByPosition)} sources, joined by ${by}` +
      (sourcesWithout === 0 ? '.' : `; ${countText(sourcesWithout)} sources have none.`) +
      (by === 'position' ? ' The files share neither Source_Name nor Source_id.' : ''),
  };
}

/** Whether Gaussian `a` counts before `b`: higher LR, then brighter; equal ones keep the order of the file. */
function isPreferred(gaussians: GaussianCatalogue, a: number, b: number): boolean {
  const lrA = gaussians.likelihood?.lr[a] ?? Number.NaN;
  const lrB = gaussians.likelihood?.lr[b] ?? Number.NaN;
  if (Number.isNaN(lrA) !== Number.isNaN(lrB)) return Number.isNaN(lrB);
  if (lrA > lrB) return true;
  if (lrA < lrB) return false;
  const fluxA = gaussians.totalFluxMjy[a]!;
  const fluxB = gaussians.totalFluxMjy[b]!;
  return Number.isNaN(fluxB) ? !Number.isNaN(fluxA) : fluxA > fluxB;
}

/** Fills what is still unknown of a row: exactly where the source is one Gaussian, with flagged stand-ins elsewhere. */
function completeRowInPlace(summary: SummaryDraft, catalogue: SourceCatalogue, row: number): void {
  const sCode = catalogue.sCode[row]!;
  const known = summary.count[row]!;
  if (Number.isNaN(known)) {
    if (sCode === 'S' || sCode === 'C') summary.count[row] = 1;
    else if (sCode === 'M') summary.count[row] = IMPUTED_COUNT_OF_M;
  }
  if (!Number.isNaN(summary.totalFluxMjy[row]!)) return;
  summary.majArcsec[row] = catalogue.majArcsec[row]!;
  summary.minArcsec[row] = catalogue.minArcsec[row]!;
  if (summary.count[row] === 1) summary.totalFluxMjy[row] = catalogue.totalFluxMjy[row]!;
  else summary.imputed[row] = 1;
}
