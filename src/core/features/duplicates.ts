import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { Neighbours } from './feature-table.ts';

/**
 * One source found in two mosaics, and not two sources: LoTSS positions scatter by about 0.2″, its beam is 6″ wide, so
 * two components of one mosaic are never this close [arcsec].
 */
export const DUPLICATE_RADIUS_ARCSEC = 2;

/** Within one mosaic only the very same position counts, up to rounding: the row is there twice [arcsec]. */
const SAME_POSITION_ARCSEC = 0.1;

/** A source that two rows of the catalogue describe, row < other. */
export interface Duplicate {
  readonly row: number;
  readonly other: number;
  readonly distanceArcsec: number;
  /** `mosaics`: found in two mosaics; `catalogue`: twice in the catalogue, of one mosaic or of an unknown one. */
  readonly kind: 'mosaics' | 'catalogue';
}

/** Rows within 2″ of each other whose `Mosaic_ID`s differ or are not known, and rows of one mosaic at one position. */
export function findDuplicates(
  catalogue: Pick<SourceCatalogue, 'rowCount' | 'mosaicId'>,
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
      if (own === theirs && own !== '' && distanceArcsec > SAME_POSITION_ARCSEC) continue;
      const areKnown = own !== '' && theirs !== '';
      found.push({ row, other, distanceArcsec, kind: areKnown && own !== theirs ? 'mosaics' : 'catalogue' });
    }
  }
  return found;
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
