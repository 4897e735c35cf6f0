import type { Explanation } from '../../contract/explanation-schemas.ts';
import { EXACT_ORIENTATIONS } from '../../core/cutout/augment.ts';
import { featuresWithoutLikelihood } from '../../core/features/compute-features.ts';
import { meanFeatures } from '../../core/features/scaling.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { withheldPercent } from '../../core/training/training-recipe.ts';
import { randomOrientations } from '../inference/rotate-test.ts';
import type { ExplainedField } from './explained-field.ts';
import { explainableRows, pictureOf } from './explained-field.ts';
import { borrowedRows, featureEffects, permutedFeatures } from './feature-attribution.ts';
import type { InputVariant } from './input-variants.ts';
import { featuresOf, imageOf, probabilitiesOf } from './input-variants.ts';
import { OCCLUSION, occludedProbabilities } from './occlusion-map.ts';

/** Random orientations beside the eight exact ones, as in Appendix B of Alegre et al. (2024). */
const RANDOM_ORIENTATIONS = 4;
/** Sources whose values each feature is given in turn. */
const PERMUTATIONS = 8;
const SEED = 1;

/**
 * Why the model gives a source its P(MC): parts of the input covered, a map of what covering each place of the image
 * does, what each feature's value does, and how much the orientation matters. Everything goes through the model itself,
 * about a thousand times; nothing is stored.
 * @throws DomainFailure `argument-invalid` where the network cannot be asked about the row; `cancelled`
 */
export async function explainSource(
  explained: ExplainedField,
  row: number,
  signal?: AbortSignal,
): Promise<Explanation> {
  const start = performance.now();
  const { field, model, recipe } = explained;
  const { id } = model.description;
  const { image: imageBranch, features: featureBranch } = describeNetwork(recipe.network);
  const stretched = await pictureOf(explained, row);
  const own: InputVariant = { image: imageOf(explained, stretched), features: featuresOf(explained, row) };
  const others = explainableRows(explained);
  const { names } = field.features;

  const parts = partsOf(explained, row, own, others);
  const borrowed =
    featureBranch === undefined
      ? []
      : borrowedRows(others, row, PERMUTATIONS, SEED).map((other) => featuresOf(explained, other));
  const orientations =
    imageBranch === undefined ? [] : [...EXACT_ORIENTATIONS, ...randomOrientations(RANDOM_ORIENTATIONS, SEED, row)];
  const groups: readonly (readonly InputVariant[])[] = [
    [own],
    parts.flatMap(({ variant }) => variant ?? []),
    permutedFeatures(own.features, borrowed).map((features) => ({ ...own, features })),
    orientations.map((orientation) => ({ ...own, image: imageOf(explained, stretched, orientation) })),
  ];
  const all = await probabilitiesOf(explained, groups.flat(), signal);
  const [[probability], ofParts, ofPermuted, ofOrientations] = split(all, groups) as [[number], ...Float64Array[]];
  const occluded = imageBranch === undefined ? undefined : await occludedProbabilities(explained, own, signal);

  let part = 0;
  return {
    row,
    modelId: id,
    probability,
    parts: parts.map(({ name, how, variant }) => ({
      name,
      how,
      probability: variant === undefined ? null : ofParts![part++]!,
    })),
    occlusion:
      occluded === undefined
        ? null
        : {
            ...OCCLUSION,
            side: occluded.along,
            values: Array.from(occluded.probabilities, (covered) => probability - covered),
          },
    features:
      borrowed.length === 0
        ? []
        : featureEffects(probability, ofPermuted!, names.length).map((effect, feature) => ({
            name: names[feature]!,
            ...effect,
          })),
    permutations: borrowed.length,
    orientations:
      orientations.length === 0
        ? null
        : {
            exact: [...ofOrientations!.subarray(0, EXACT_ORIENTATIONS.length)],
            random: [...ofOrientations!.subarray(EXACT_ORIENTATIONS.length)],
          },
    seconds: (performance.now() - start) / 1000,
  };
}

interface Part {
  readonly name: string;
  readonly how: string;
  /** Undefined where the network has no such part. */
  readonly variant: InputVariant | undefined;
}

/** The model with one part of its input covered; whether it was trained for that, `how` says. */
function partsOf(explained: ExplainedField, row: number, own: InputVariant, others: readonly number[]): Part[] {
  const { field, recipe } = explained;
  const { image, features } = describeNetwork(recipe.network);
  const hasBoth = image !== undefined && features !== undefined;
  const { catalogue, gaussians, features: table } = field;
  const withheld = withheldFeatures(explained, others);
  const hasLikelihood = features !== undefined && table.names.some((name) => name.includes('lr_'));
  return [
    {
      name: 'Image only',
      how: withheld.how,
      variant: hasBoth ? { ...own, features: withheld.features } : undefined,
    },
    {
      name: 'Features only',
      how: 'this model with the image set to 0 in all channels',
      variant: hasBoth ? { ...own, image: new Float32Array(own.image.length) } : undefined,
    },
    {
      name: 'Without LR',
      how: 'this model as if nothing in the field had a likelihood ratio: stand-ins of the recipe',
      variant: hasLikelihood
        ? { ...own, features: featuresWithoutLikelihood(catalogue, gaussians, recipe.features, table.neighbours, row) }
        : undefined,
    },
  ];
}

/** What stands in for the features where the picture alone is to tell: what the model was trained with, if it was. */
function withheldFeatures(
  { field, model }: ExplainedField,
  others: readonly number[],
): { readonly how: string; readonly features: Float64Array } {
  const { moments, training } = model.description;
  if (moments !== undefined && training !== undefined && training.withheldFeatures > 0) {
    return {
      how: `this model with its features withheld, as in ${withheldPercent(training)} % of the rows that it was trained on`,
      features: meanFeatures(moments),
    };
  }
  return {
    how: 'this model with every feature at the median of the field’s non-SISG sources',
    features: medians(field.features.values, field.features.names.length, others),
  };
}

/** Median of each feature over rows (the lower of two middle values), row-major values. */
function medians(values: Float64Array, featureCount: number, rows: readonly number[]): Float64Array {
  return Float64Array.from({ length: featureCount }, (_, feature) => {
    const sorted = Float64Array.from(rows, (row) => values[row * featureCount + feature]!).sort();
    return sorted[(sorted.length - 1) >> 1] ?? 0;
  });
}

function split(all: Float64Array, groups: readonly (readonly unknown[])[]): Float64Array[] {
  let at = 0;
  return groups.map(({ length }) => all.subarray(at, (at += length)));
}
