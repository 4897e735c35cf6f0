import type { SourceSurroundings } from '../../contract/sky-schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Field } from '../../services/inference/open-field.ts';

/**
 * What is drawn about a selected source beside the catalogue's own columns.
 * @throws DomainFailure `argument-invalid` for a row that the catalogue does not have
 */
export function surroundingsOf({ catalogue, gaussianShapes: shapes }: Field, row: number): SourceSurroundings {
  if (row >= catalogue.rowCount) {
    const why = `the catalogue has rows 0 to ${catalogue.rowCount - 1}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
  }
  const gaussians: SourceSurroundings['gaussians'] = [];
  if (shapes !== undefined) {
    for (let k = shapes.start[row]!; k < shapes.start[row + 1]!; k++) {
      const [raDeg, decDeg, majArcsec, minArcsec] = [
        shapes.raDeg[k]!,
        shapes.decDeg[k]!,
        shapes.majArcsec[k]!,
        shapes.minArcsec[k]!,
      ];
      // One without a place or a size cannot be drawn.
      if (!Number.isFinite(raDeg + decDeg + majArcsec + minArcsec)) continue;
      const paDeg = shapes.paDeg[k]!;
      gaussians.push({ raDeg, decDeg, majArcsec, minArcsec, paDeg: Number.isFinite(paDeg) ? paDeg : null });
    }
  }
  return { row, gaussians };
}
