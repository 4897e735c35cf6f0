import { availableParallelism } from 'node:os';
import type { PreflightReport } from '../../contract/schemas.ts';
import { applyGate, countRules, sisgThresholdsOf } from '../../core/features/sisg-gate.ts';
import type { NetworkId, Recipe } from '../../core/network/recipe.ts';
import type { MosaicAssignment } from '../inference/assign-mosaics.ts';
import type { Field } from '../inference/open-field.ts';
import { advisedGeometry, beamSpan, outOfDomain, scaleSpan } from './domain.ts';
import { runHolds } from './holds.ts';
import { sampleCutouts } from './sample-cutouts.ts';

/** The model that a run would use, as far as the preflight needs it. */
export interface PreflightModel {
  readonly id: string;
  readonly isTrained: boolean;
}

/** A model that is installed, and what it would run with. */
export interface InstalledModel extends PreflightModel {
  readonly recipe: Recipe;
}

/**
 * Seconds per row through each network: medians of batches of 32 by onnxruntime 1.30 on two cores of a busy server. More
 * cores are faster in proportion, up to about eight.
 */
const SECONDS_PER_ROW: Readonly<Partial<Record<NetworkId, number>>> = {
  compact: 0.0035,
  'cnn-only': 0.0035,
  'ann-only': 0.00003,
  published: 0.035,
};
const MEASURED_ON_CORES = 2;
const MOST_USEFUL_CORES = 8;

/** Pairs of duplicates that the report spells out. */
const EXAMPLES = 20;

/**
 * What a run would meet: rows, SISG by each rule, what is missing and what that costs, cutouts at edges, scale and beam
 * against the model's, duplicates, and the time it would take. Reads 500 windows of pixels and writes nothing.
 * @param model undefined where no model is installed; the recipe is then the one of the features shown
 * @param installed among which a model may be that less speaks against; the one that is preferred first
 */
export async function preflight(
  field: Field,
  assignment: MosaicAssignment,
  recipe: Recipe,
  model: PreflightModel | undefined,
  installed: readonly InstalledModel[] = [],
): Promise<PreflightReport> {
  const { catalogue, features, gaussians, mosaics } = field;
  // The gate of the run to come, which need not be that of the features on screen.
  const thresholds = sisgThresholdsOf(recipe.features);
  const gate = applyGate({ catalogue, gaussians, neighbours: features.neighbours, thresholds });
  const networkRows = Int32Array.from(assignment.mosaic.keys()).filter(
    (row) => assignment.mosaic[row]! >= 0 && features.unusable[row] === '' && gate.isSisg[row] === 0,
  );
  const { secondsPerCutout, ...cutouts } = await sampleCutouts(mosaics, assignment, networkRows, recipe.cutout);
  const onMosaic = assignment.mosaic.reduce((count, mosaic) => count + (mosaic >= 0 ? 1 : 0), 0);
  const cores = Math.min(availableParallelism(), MOST_USEFUL_CORES);
  const networkSeconds = SECONDS_PER_ROW[recipe.network];
  const holds = runHolds(field, recipe);
  return {
    rows: catalogue.rowCount,
    dialect: catalogue.dialect,
    sisg: {
      count: gate.isSisg.reduce((sum, flag) => sum + flag, 0),
      rules: [...countRules(gate)],
    },
    joins: field.joins.map((join) => ({ ...join })),
    missing: missingThings(field),
    unusable: unusableRows(features.unusable),
    cutouts: {
      onMosaic,
      outside: catalogue.rowCount - onMosaic,
      ...cutouts,
      validFraction: [...cutouts.validFraction],
    },
    mosaics: {
      count: mosaics.length,
      pixelScaleArcsec: scaleSpan(mosaics),
      beamMajArcsec: beamSpan(mosaics),
    },
    duplicates: {
      pairs: field.duplicates.length,
      examples: field.duplicates.slice(0, EXAMPLES).map(({ row, other, kind, distanceArcsec }) => ({
        row,
        name: catalogue.name[row]!,
        other: catalogue.name[other]!,
        kind,
        distanceArcsec,
        mosaics: [catalogue.mosaicId[row]!, catalogue.mosaicId[other]!],
      })),
    },
    run: {
      modelId: model?.id ?? null,
      isTrained: model?.isTrained ?? null,
      networkRows: networkRows.length,
      secondsEstimated:
        networkSeconds === undefined
          ? null
          : networkRows.length * ((networkSeconds * MEASURED_ON_CORES + secondsPerCutout) / cores),
      geometry: recipe.cutout.geometry,
      geometryAdvised: advisedGeometry(mosaics, recipe),
      modelAdvised:
        installed.find((other) => other.isTrained && runHolds(field, other.recipe).length < holds.length)?.id ?? null,
    },
    outOfDomain: [...outOfDomain(mosaics, recipe)],
    holds: [...holds],
    notices: field.notices.map(({ message }) => message),
  };
}

function missingThings({ catalogue, hasGaussians, hasLikelihoodRatios }: Field): PreflightReport['missing'] {
  const isEmpty = (values: ArrayLike<number>): boolean => Array.prototype.every.call(values, Number.isNaN);
  const noText = (texts: readonly string[]): boolean => texts.every((text) => text === '');
  const things: readonly (readonly [boolean, string, string])[] = [
    [
      !hasLikelihoodRatios,
      'likelihood ratios (lr, lr_dist, or --lr)',
      'every source counts as without an optical match: 11 of the 32 features carry nothing',
    ],
    [
      !hasGaussians,
      'Gaussians (--gaussians)',
      noText(catalogue.sCode)
        ? 'their number is unknown: no source is SISG, and all go through the network'
        : 'S_Code stands in: the Gaussians of M sources are guessed',
    ],
    [noText(catalogue.sCode), 'S_Code', 'single sources are told by their Gaussians only'],
    [isEmpty(catalogue.paDeg), 'PA', 'ellipses are drawn as circles; no feature needs it'],
    [isEmpty(catalogue.islandRmsMjyPerBeam), 'Isl_rms', 'the noise at a source is not shown; no feature needs it'],
    [
      noText(catalogue.mosaicId),
      'Mosaic_ID',
      'a source in an overlap is cut from the mosaic where it lies furthest from an edge; two rows count as one ' +
        'source only where position, flux and width agree',
    ],
    [!catalogue.hasOwnNames, 'Source_Name', 'names are made from positions; Gaussians are joined by Source_id only'],
    [
      catalogue.largeOptical === undefined,
      'large_optical',
      'the fourth SISG rule cannot be applied; it takes out a handful of sources',
    ],
  ];
  return things.flatMap(([isMissing, what, cost]) => (isMissing ? [{ what, cost }] : []));
}

function unusableRows(reasons: readonly string[]): PreflightReport['unusable'] {
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason !== '') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([column, rows]) => ({ column, rows }));
}
