import type { SourceDetails } from '../../contract/schemas.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { sisgRuleResults } from '../../core/features/sisg.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { positionAngle } from '../../core/sky/separation.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { degrees } from '../../core/units/quantities.ts';
import type { Field } from '../../services/inference/open-field.ts';
import type { StoredPredictions } from '../../services/project-store/predictions.ts';
import { NO_RESULT } from '../../services/project-store/predictions.ts';
import type { EngineField } from '../project/field.ts';

/** The contract's messages carry no infinity; a value that is not a number is missing. */
const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/**
 * Everything the source panel shows of one row.
 * @throws DomainFailure `argument-invalid` for a row that the catalogue does not have
 */
export function sourceDetailsOf(
  engineField: EngineField,
  predictions: StoredPredictions | undefined,
  recipe: Recipe,
  row: number,
): SourceDetails {
  const { field, assignment } = engineField;
  const { catalogue, features } = field;
  if (row >= catalogue.rowCount) {
    const why = `the catalogue has rows 0 to ${catalogue.rowCount - 1}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
  }
  const status = predictions?.status[row] ?? NO_RESULT;
  return {
    row,
    name: catalogue.name[row]!,
    raDeg: catalogue.raDeg[row]!,
    decDeg: catalogue.decDeg[row]!,
    majArcsec: catalogue.majArcsec[row]!,
    minArcsec: catalogue.minArcsec[row]!,
    paDeg: orNull(catalogue.paDeg[row]),
    totalFluxMjy: catalogue.totalFluxMjy[row]!,
    peakFluxMjyPerBeam: catalogue.peakFluxMjyPerBeam[row]!,
    islandRmsMjyPerBeam: orNull(catalogue.islandRmsMjyPerBeam[row]),
    sCode: catalogue.sCode[row]!,
    mosaicName: field.mosaics[assignment.mosaic[row]!]?.name ?? null,
    edgeArcsec: edgeArcsecOf(engineField, row),
    status: status === NO_RESULT ? null : (predictions?.statusNames[status] ?? null),
    probability: orNull(predictions?.probability[row]),
    validFraction: orNull(predictions?.validFraction[row]),
    isSisg: features.sisg[row] === 1,
    sisgRules: sisgRuleResults(
      { catalogue, gaussians: field.gaussians, neighbours: features.neighbours, thresholds: features.recipe.sisg },
      row,
    ).map((result) => ({ ...result })),
    features: features.names.map((name, index) => {
      const at = row * features.names.length + index;
      return {
        name,
        unit: features.units[index]!,
        value: orNull(features.values[at]),
        isMissing: features.isMissing[at] === 1,
        percentile: features.isMissing[at] === 1 ? null : orNull(percentileOf(features, index, at)),
      };
    }),
    neighbours: neighboursOf(field, predictions, row),
    duplicates: (field.duplicatesOf.get(row) ?? []).map((other) => ({
      row: other,
      name: catalogue.name[other]!,
      mosaicId: catalogue.mosaicId[other]!,
    })),
    recipeName: recipe.name,
    geometry: recipe.cutout.geometry,
  };
}

/** Distance from a source to the nearest edge of its mosaic [arcsec]; null where it lies on none. */
function edgeArcsecOf({ field, assignment }: EngineField, row: number): number | null {
  const mosaic = field.mosaics[assignment.mosaic[row]!];
  if (mosaic === undefined) return null;
  const [x, y] = [assignment.x[row]!, assignment.y[row]!];
  // The image ends half a pixel beyond the centres of its outermost pixels.
  const edgePix = Math.min(x, y, mosaic.widthPix - 1 - x, mosaic.heightPix - 1 - y) + 0.5;
  return orNull(edgePix * mosaic.wcs.pixelScaleArcsec);
}

/**
 * Where a feature's value stands among all rows that have it [%]: those below, and half of those equal.
 * @param at index of the value itself
 */
function percentileOf({ names, values, isMissing }: Field['features'], feature: number, at: number): number {
  const value = values[at]!;
  let [below, equal, all] = [0, 0, 0];
  for (let other = feature; other < values.length; other += names.length) {
    const theirs = values[other]!;
    if (isMissing[other] === 1 || Number.isNaN(theirs)) continue;
    all += 1;
    if (theirs < value) below += 1;
    else if (theirs === value) equal += 1;
  }
  return all === 0 || Number.isNaN(value) ? Number.NaN : (100 * (below + equal / 2)) / all;
}

function neighboursOf(
  { catalogue, features }: Field,
  predictions: StoredPredictions | undefined,
  row: number,
): SourceDetails['neighbours'] {
  const { perRow, rows, distanceArcsec } = features.neighbours;
  const positionOf = (of: number): SkyPosition => ({
    ra: degrees(catalogue.raDeg[of]!),
    dec: degrees(catalogue.decDeg[of]!),
  });
  const listed: SourceDetails['neighbours'] = [];
  for (let k = row * perRow; k < (row + 1) * perRow; k++) {
    const neighbour = rows[k]!;
    if (neighbour < 0) break;
    listed.push({
      row: neighbour,
      name: catalogue.name[neighbour]!,
      distanceArcsec: distanceArcsec[k]!,
      paDeg: positionAngle(positionOf(row), positionOf(neighbour)),
      // A source without flux has no ratio to it: x / 0 is no number that could be shown.
      fluxRatio: orNull(catalogue.totalFluxMjy[neighbour]! / catalogue.totalFluxMjy[row]!) ?? Number.NaN,
      probability: orNull(predictions?.probability[neighbour]),
      isSisg: features.sisg[neighbour] === 1,
    });
  }
  return listed;
}
