import type { CutoutRecipe } from '../cutout/cutout-recipe.ts';
import type { FeatureRecipe } from '../features/feature-recipe.ts';
import { DomainFailure } from '../result/failure.ts';
import type { NetworkVariant, Recipe } from './recipe.ts';

/**
 * Refuses a recipe that would be misread rather than followed: a recipe from a file is checked here once, after its
 * shape. Says the first thing that is wrong.
 * @throws DomainFailure 'recipe-invalid'
 */
export function checkRecipe({ name, cutout, features, variant = {} }: Recipe): void {
  const why = cutoutProblem(cutout) ?? featureProblem(features) ?? variantProblem(variant);
  if (why !== undefined) throw new DomainFailure({ kind: 'recipe-invalid', name, why });
}

function cutoutProblem({ channels }: CutoutRecipe): string | undefined {
  if (channels.length === 0) return 'it has no image channel';
  for (const [index, { stretch, lowSigma, highSigma }] of channels.entries()) {
    if (!Number.isFinite(lowSigma) || !Number.isFinite(highSigma)) return `channel ${index + 1} has no finite cuts`;
    if (stretch !== 'cut' && highSigma <= lowSigma) {
      return `channel ${index + 1} has an upper cut below its lower one`;
    }
  }
  return undefined;
}

function featureProblem(features: FeatureRecipe): string | undefined {
  const { lrThreshold, missingLr, missingLrDistArcsec, imputedGaussianFluxRatio, missingNeighbourDistArcsec, sisg } =
    features;
  if (typeof lrThreshold === 'number' && !isPositive(lrThreshold)) return 'its likelihood threshold is not positive';
  if (!isPositive(missingLr)) return 'its likelihood ratio for a missing match is not positive';
  if (!isDistance(missingLrDistArcsec)) return 'its distance of a missing match is not 0 or more';
  if (!isDistance(missingNeighbourDistArcsec)) return 'its distance of a missing neighbour is not 0 or more';
  if (!isDistance(imputedGaussianFluxRatio)) return 'its flux ratio of an imputed Gaussian is not 0 or more';
  if (sisg === undefined) return undefined;
  if (!isDistance(sisg.majBelowArcsec)) return 'its largest Maj of a SISG source is not 0 or more';
  if (!isDistance(sisg.isolationArcsec)) return 'its isolation of a SISG source is not 0 or more';
  if (!(Number.isInteger(sisg.largestGaussianCount) && sisg.largestGaussianCount >= 0)) {
    return 'its number of Gaussians of a SISG source is not a whole number';
  }
  return undefined;
}

function variantProblem({ featureLayers }: NetworkVariant): string | undefined {
  if (featureLayers === undefined) return undefined;
  const { layers, neurons, dropout } = featureLayers;
  if (!isWholeFrom(1, layers, 16)) return 'its number of layers over the features is not a whole number from 1 to 16';
  if (!isWholeFrom(1, neurons, 4096)) return 'its neurons per layer are not a whole number from 1 to 4096';
  return dropout >= 0 && dropout < 1 ? undefined : 'its dropout after the features is not from 0 to below 1';
}

const isWholeFrom = (lowest: number, value: number, highest: number): boolean =>
  Number.isInteger(value) && value >= lowest && value <= highest;
const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
const isDistance = (value: number): boolean => Number.isFinite(value) && value >= 0;
