import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { Neighbours } from './feature-table.ts';

/**
 * One source found in two mosaics, and not two sources: LoTSS positions scatter by about 0.2″, its beam is 6″ wide, so
 * two components of one mosaic are never this close [arcsec].
 */
export const DUPLICATE_RADIUS_ARCSEC = 2;

/** A source that two rows of the catalogue describe: `row` and `other` come from different mosaics, row < other. */
export interface OverlapDuplicate {
  readonly row: number;
  readonly other: number;
  readonly distanceArcsec: number;
}

/** Rows within 2″ of each other whose `Mosaic_ID`s differ. Where the catalogue names no mosaics there are none. */
export function overlapDuplicates(
  catalogue: Pick<SourceCatalogue, 'rowCount' | 'mosaicId'>,
  neighbours: Neighbours,
): readonly OverlapDuplicate[] {
  const found: OverlapDuplicate[] = [];
  const { mosaicId } = catalogue;
  for (let row = 0; row < catalogue.rowCount; row++) {
    for (let k = 0; k < neighbours.perRow; k++) {
      const at = row * neighbours.perRow + k;
      const distanceArcsec = neighbours.distanceArcsec[at]!;
      if (!(distanceArcsec <= DUPLICATE_RADIUS_ARCSEC)) break;
      const other = neighbours.rows[at]!;
      if (other <= row || mosaicId[row] === '' || mosaicId[other] === '' || mosaicId[row] === mosaicId[other]) continue;
      found.push({ row, other, distanceArcsec });
    }
  }
  return found;
}
