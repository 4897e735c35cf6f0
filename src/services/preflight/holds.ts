import type { RunHold } from '../../contract/run-hold.ts';
import { takesLikelihoodRatios } from '../../core/features/compute-features.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { Field } from '../inference/open-field.ts';
import { beamDeviates, scaleDeviates } from './domain.ts';

/**
 * Why a run of this field is not started by itself: its numbers would look like any other's and not be worth trusting.
 * Empty where nothing speaks against it. A scale that the recipe resamples is no reason any more.
 */
export function runHolds(field: Field, recipe: Recipe): readonly RunHold[] {
  const { mosaics, catalogue, gaussians, hasLikelihoodRatios } = field;
  const trapCount = catalogue.notices.filter(({ topic }) => topic === 'unit-trap').length;
  const reasons: readonly (RunHold & { readonly holds: boolean })[] = [
    {
      kind: 'scale',
      why: "the mosaics' pixels are not those that the model was made for",
      holds: recipe.cutout.geometry === 'pixels' && scaleDeviates(mosaics),
    },
    { kind: 'beam', why: "the mosaics' beam is not the one that the model was made for", holds: beamDeviates(mosaics) },
    {
      kind: 'unit-trap',
      why: trapCount === 1 ? 'a unit of the catalogue looks wrong' : `${trapCount} units of the catalogue look wrong`,
      holds: trapCount > 0,
    },
    {
      kind: 'missing',
      why: 'there are no likelihood ratios, which the model takes',
      holds: !hasLikelihoodRatios && takesLikelihoodRatios(recipe.features),
    },
    {
      kind: 'missing',
      why: 'nothing tells how many Gaussians a source has, so that no source is SISG',
      holds: gaussians.count.every(Number.isNaN),
    },
  ];
  return reasons.filter(({ holds }) => holds).map(({ kind, why }) => ({ kind, why }));
}
