import type { GaussianSummary, LikelihoodRatios, SourceCatalogue } from '../catalogue/catalogue.ts';
import type { FeatureDefinition } from './feature-definitions.ts';
import { featureNamed } from './feature-definitions.ts';
import type { FeatureInputs } from './feature-inputs.ts';
import type { FeatureRecipe } from './feature-recipe.ts';
import { FEATURE_SETS } from './feature-sets.ts';
import type { FeatureTable, Neighbours } from './feature-table.ts';
import { lrThresholdAt } from './likelihood-scale.ts';
import { findNeighbours } from './neighbours.ts';
import { isSisg } from './sisg.ts';

/** Names of a recipe's features, in the order in which the network takes them. */
export function featureNamesOf(recipe: FeatureRecipe): readonly string[] {
  return FEATURE_SETS[recipe.set];
}

/** Whether any of them is made from likelihood ratios, which not every catalogue has. */
export const takesLikelihoodRatios = (recipe: FeatureRecipe): boolean =>
  featureNamesOf(recipe).some((name) => name.includes('lr_'));

function definitionsOf(recipe: FeatureRecipe): readonly FeatureDefinition[] {
  return featureNamesOf(recipe).map((name) => {
    const definition = featureNamed(name);
    if (definition === undefined) throw new Error(`feature set ${recipe.set} names an unknown feature ${name}`);
    return definition;
  });
}

/** The catalogue column that keeps a row from being classified (science notes §3), or ''. */
function unusableColumn(catalogue: SourceCatalogue, row: number): string {
  if (!Number.isFinite(catalogue.raDeg[row]!)) return 'RA';
  if (!Number.isFinite(catalogue.decDeg[row]!)) return 'DEC';
  if (!Number.isFinite(catalogue.majArcsec[row]!)) return 'Maj';
  const flux = catalogue.totalFluxMjy[row]!;
  return Number.isFinite(flux) && flux > 0 ? '' : 'Total_flux';
}

/**
 * The features of every row of a catalogue, as the recipe says, raw: where a recipe standardises, the moments are the
 * model's and `standardise` applies them. Values that are missing are replaced by the recipe's stand-ins and marked;
 * a row that cannot have features at all says why in `unusable`, and its values are not to be used.
 *
 * @param sources.gaussians from `summariseGaussians`, in the order of the catalogue
 * @param neighbours where they are known already (they depend on the positions alone); else they are found
 */
export function computeFeatures(
  catalogue: SourceCatalogue,
  sources: { readonly gaussians: GaussianSummary; readonly likelihood: LikelihoodRatios },
  recipe: FeatureRecipe,
  neighbours: Neighbours = findNeighbours(catalogue.raDeg, catalogue.decDeg),
): FeatureTable {
  const steps = featureSteps(catalogue, sources, recipe, neighbours);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Rows of one step: some milliseconds. */
const ROWS_PER_STEP = 2000;

/** As `computeFeatures`, piece by piece for those who have to answer others in between; yields the share that is done. */
export function* featureSteps(
  catalogue: SourceCatalogue,
  sources: { readonly gaussians: GaussianSummary; readonly likelihood: LikelihoodRatios },
  recipe: FeatureRecipe,
  neighbours: Neighbours,
): Generator<number, FeatureTable, void> {
  const { rowCount } = catalogue;
  const definitions = definitionsOf(recipe);
  const featureCount = definitions.length;
  const inputs = featureInputsOf(catalogue, sources, recipe, neighbours);
  const sisgInputs = { ...inputs, thresholds: recipe.sisg };

  const values = new Float64Array(rowCount * featureCount);
  const isMissing = new Uint8Array(rowCount * featureCount);
  const sisg = new Uint8Array(rowCount);
  const unusable = new Array<string>(rowCount).fill('');
  for (let row = 0; row < rowCount; row++) {
    let reason = unusableColumn(catalogue, row);
    for (let feature = 0; feature < featureCount; feature++) {
      const definition = definitions[feature]!;
      const at = row * featureCount + feature;
      const found = definition.value(inputs, row);
      if (Number.isNaN(found)) isMissing[at] = 1;
      const value = Number.isNaN(found) ? definition.standIn(inputs, row) : found;
      values[at] = value;
      if (reason === '' && !Number.isFinite(value)) reason = definition.name;
    }
    unusable[row] = reason;
    sisg[row] = isSisg(sisgInputs, row) ? 1 : 0;
    if (row % ROWS_PER_STEP === ROWS_PER_STEP - 1) yield row / rowCount;
  }
  return {
    recipe,
    names: definitions.map(({ name }) => name),
    units: definitions.map(({ unit }) => unit),
    rowCount,
    values,
    isMissing,
    unusable,
    sisg,
    neighbours,
  };
}

/** As `computeFeatures`, for one row alone and other neighbours: raw values in the recipe's order. */
export function featuresOfRow(
  catalogue: SourceCatalogue,
  sources: { readonly gaussians: GaussianSummary; readonly likelihood: LikelihoodRatios },
  recipe: FeatureRecipe,
  neighbours: Neighbours,
  row: number,
): Float64Array {
  const inputs = featureInputsOf(catalogue, sources, recipe, neighbours);
  return Float64Array.from(definitionsOf(recipe), (definition) => {
    const value = definition.value(inputs, row);
    return Number.isNaN(value) ? definition.standIn(inputs, row) : value;
  });
}

/** Values of a row where nothing has a likelihood ratio: every feature that needs one is its stand-in. */
export function featuresWithoutLikelihood(
  catalogue: SourceCatalogue,
  gaussians: GaussianSummary,
  recipe: FeatureRecipe,
  neighbours: Neighbours,
  row: number,
): Float64Array {
  const nothing = new Float64Array(catalogue.rowCount).fill(Number.NaN);
  const sources = {
    gaussians: { ...gaussians, lr: nothing, lrDistArcsec: nothing },
    likelihood: { lr: nothing, lrDistArcsec: nothing },
  };
  return featuresOfRow(catalogue, sources, recipe, neighbours, row);
}

function featureInputsOf(
  catalogue: SourceCatalogue,
  { gaussians, likelihood }: { readonly gaussians: GaussianSummary; readonly likelihood: LikelihoodRatios },
  recipe: FeatureRecipe,
  neighbours: Neighbours,
): FeatureInputs {
  const lrThreshold = catalogue.raDeg.map((ra, row) => lrThresholdAt(recipe, ra, catalogue.decDeg[row]!));
  return { catalogue, gaussians, likelihood, neighbours, recipe, lrThreshold };
}
