import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { Neighbours } from './feature-table.ts';

/**
 * One source found in two mosaics, and not two sources: LoTSS positions scatter by about 0.2″, its beam is 6″ wide, so
 * two components of one mosaic are never this close [arcsec].
 */
export const DUPLICATE_RADIUS_ARCSEC = 2;

/** Within one mosaic only the very same position counts, up to rounding: the row is there twice [arcsec]. */
const SAME_POSITION_ARCSEC = 0.1;

/**
 * Where a catalogue does not say of which mosaics its rows are, nearness alone tells nothing: PyBDSF puts a bright core and
 * the faint island about it at one position (3 pairs in 12,093 rows of LoTSS DR1). One source found twice has one flux,
 * within the scatter of two mosaics' flux scales and noise, and is no further off than a third of its width.
 */
const LARGEST_FLUX_RATIO = 2;
const SHARE_OF_WIDTH = 1 / 3;

/** A source that two rows of the catalogue describe, row < other. */
export interface Duplicate {
  readonly row: number;
  readonly other: number;
  readonly distanceArcsec: number;
  /** `mosaics`: found in two mosaics; `catalogue`: twice in the catalogue, of one mosaic or of an unknown one. */
  readonly kind: 'mosaics' | 'catalogue';
}

/**
 * Rows within 2″ of each other whose `Mosaic_ID`s differ, and rows of one mosaic at one position. Where the mosaic of one is
 * not known: rows of like flux within 2″ and a third of their minor axes.
 */
export function findDuplicates(
  catalogue: Pick<SourceCatalogue, 'rowCount' | 'mosaicId' | 'totalFluxMjy' | 'minArcsec'>,
  neighbours: Neighbours,
): readonly Duplicate[] {
  const found: Duplicate[] = [];
  const { mosaicId } = catalogue;
  for (let row = 0; row < catalogue.rowCount; row++) {
    for (let k = 0; k < neighbours.perRow; k++) {
      const at = row * neighbours.perRow + k;
      const distanceArcsec = neighbours.distanceArcsec[at]!;
      if (!(distanceArcsec <= DUPLICATE_RADIUS_ARCSEC)) break;
      const other = neighbours.rows[at]!;
      if (other <= row) continue;
      const [own, theirs] = [mosaicId[row]!, mosaicId[other]!];
      const areKnown = own !== '' && theirs !== '';
      if (areKnown && own === theirs && distanceArcsec > SAME_POSITION_ARCSEC) continue;
      if (!areKnown && !couldBeOne(catalogue, row, other, distanceArcsec)) continue;
      found.push({ row, other, distanceArcsec, kind: areKnown && own !== theirs ? 'mosaics' : 'catalogue' });
    }
  }
  return found;
}

/** Whether flux and width allow two rows of unknown mosaics to be one source; a flux or width that is missing forbids nothing. */
function couldBeOne(
  { totalFluxMjy, minArcsec }: Pick<SourceCatalogue, 'totalFluxMjy' | 'minArcsec'>,
  row: number,
  other: number,
  distanceArcsec: number,
): boolean {
  const ratio = totalFluxMjy[row]! / totalFluxMjy[other]!;
  const isOtherFlux = ratio > LARGEST_FLUX_RATIO || ratio < 1 / LARGEST_FLUX_RATIO;
  const isTooFar = distanceArcsec > SHARE_OF_WIDTH * Math.min(minArcsec[row]!, minArcsec[other]!);
  return !isOtherFlux && !isTooFar;
}

/** For each row that has any, the other rows of the same source, the nearest first. */
export function duplicatesByRow(duplicates: readonly Duplicate[]): ReadonlyMap<number, readonly number[]> {
  const byRow = new Map<number, number[]>();
  const nearestFirst = [...duplicates].sort((a, b) => a.distanceArcsec - b.distanceArcsec || a.row - b.row);
  const link = (row: number, other: number): void => {
    const others = byRow.get(row);
    if (others === undefined) byRow.set(row, [other]);
    else others.push(other);
  };
  for (const { row, other } of nearestFirst) {
    link(row, other);
    link(other, row);
  }
  return byRow;
}
