import { DomainFailure } from '../result/failure.ts';
import type { Table } from '../table/table.ts';
import { countText } from '../units/count-text.ts';
import type { CatalogueNotice, LikelihoodRatios, SourceCatalogue } from './catalogue.ts';
import type { ReadingOptions } from './column-reader.ts';
import { columnReader, mappedOnlyWherePresent } from './column-reader.ts';
import type { JoinReport } from './join-report.ts';
import { nearestRows, SAME_POSITION_ARCSEC } from './position-join.ts';
import { rowsByValue } from './row-links.ts';

/** The null of LoTSS LR tables is 1e20 in single or double precision; no ratio comes near it. */
const SMALLEST_NULL_LR = 9e19;

/** What the authors' feature code writes in place of a missing LR; a table that carries it says "missing". */
const STAND_IN_LR = 1e-135;

/** NaN where `lr` says that there is no match: NaN, the null 1e20, the authors' stand-in 1e-135, a negative number. */
export function knownLr(lr: number): number {
  return lr >= 0 && lr < SMALLEST_NULL_LR && !(lr > 0 && lr <= STAND_IN_LR) ? lr : Number.NaN;
}

/** LR columns as a file has them, nulls turned to NaN. A distance without its ratio means nothing and is NaN too. */
export function cleanLikelihood(lr: Float64Array, lrDistArcsec: Float64Array | undefined): LikelihoodRatios {
  const known = lr.map(knownLr);
  return {
    lr: known,
    lrDistArcsec: known.map((value, row) => {
      const distance = lrDistArcsec?.[row] ?? Number.NaN;
      return Number.isNaN(value) || !(distance < SMALLEST_NULL_LR) ? Number.NaN : distance;
    }),
  };
}

/** No LR at all, for `rowCount` rows. */
export function noLikelihood(rowCount: number): LikelihoodRatios {
  return { lr: new Float64Array(rowCount).fill(Number.NaN), lrDistArcsec: new Float64Array(rowCount).fill(Number.NaN) };
}

/**
 * Likelihood ratios from a file of their own, brought into the order of the catalogue: by `Source_Name` where both
 * have it, and what is left by position (identical within 0.1″), since some LR tables carry other names.
 * @throws DomainFailure catalogue-column-missing (`lr`, `lr_dist`), catalogue-link-missing where not a single row joins
 */
export function joinLikelihood(
  catalogue: SourceCatalogue,
  table: Table,
  path: string,
  options: ReadingOptions = {},
): { likelihood: LikelihoodRatios; join: JoinReport; notices: readonly CatalogueNotice[] } {
  const reader = columnReader(table, path, mappedOnlyWherePresent(table, { columnMap: options.columnMap }));
  const given = cleanLikelihood(reader.requiredNumbers('lr'), reader.requiredNumbers('lrDist'));
  const names = catalogue.hasOwnNames ? reader.texts('name') : undefined;
  const hasPositions = reader.has('ra') && reader.has('dec');
  if (names === undefined && !hasPositions) {
    throw new DomainFailure({ kind: 'catalogue-link-missing', path, wanted: 'Source_Name, or RA and DEC' });
  }

  const rowInFile = new Int32Array(catalogue.rowCount).fill(-1);
  let byName = 0;
  if (names !== undefined) {
    const rowsOf = rowsByValue(names);
    for (let row = 0; row < catalogue.rowCount; row++) {
      const found = rowsOf.get(catalogue.name[row]!)?.[0];
      if (found === undefined) continue;
      rowInFile[row] = found;
      byName++;
    }
  }
  let byPosition = 0;
  if (hasPositions && byName < catalogue.rowCount) {
    const positions = { raDeg: reader.requiredNumbers('ra'), decDeg: reader.requiredNumbers('dec') };
    const isLeft = (row: number): boolean => rowInFile[row] === -1;
    const nearest = nearestRows(catalogue, positions, () => SAME_POSITION_ARCSEC, isLeft);
    nearest.forEach((found, row) => {
      if (found < 0) return;
      rowInFile[row] = found;
      byPosition++;
    });
  }
  if (byName + byPosition === 0) {
    throw new DomainFailure({
      kind: 'catalogue-link-missing',
      path,
      wanted: 'at least one row with the name or the position of a source',
    });
  }

  const joined = noLikelihood(catalogue.rowCount);
  for (let row = 0; row < catalogue.rowCount; row++) {
    if (rowInFile[row] === -1) continue;
    joined.lr[row] = given.lr[rowInFile[row]!]!;
    joined.lrDistArcsec[row] = given.lrDistArcsec[rowInFile[row]!]!;
  }
  const left = catalogue.rowCount - byName - byPosition;
  return {
    likelihood: joined,
    join: {
      what: 'likelihood ratios',
      path,
      fileRows: table.rowCount,
      joinedRows: new Set(rowInFile.filter((row) => row >= 0)).size,
      sourcesByName: byName,
      sourcesById: 0,
      sourcesByPosition: byPosition,
      sourcesWithout: left,
    },
    notices: [
      {
        level: left === 0 ? 'info' : 'warning',
        message:
          `Likelihood ratios: ${countText(byName)} sources joined by name, ${countText(byPosition)} by position` +
          (left === 0 ? '.' : `; ${countText(left)} have no row in ${path} and count as without a match.`),
      },
    ],
  };
}
