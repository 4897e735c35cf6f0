import { readFileSync } from 'node:fs';
import { toGaussianCatalogue } from '../../../src/core/catalogue/gaussian-catalogue.ts';
import { summariseGaussians } from '../../../src/core/catalogue/gaussians.ts';
import { noLikelihood } from '../../../src/core/catalogue/likelihood.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { computeFeatures } from '../../../src/core/features/compute-features.ts';
import type { FeatureRecipe } from '../../../src/core/features/feature-recipe.ts';
import type { FeatureTable } from '../../../src/core/features/feature-table.ts';
import { tableOf } from '../catalogue/catalogue-tables.ts';

/** NaN travels as null. */
type Numbers = readonly (number | null)[];

interface FeatureCase {
  readonly sources: Readonly<
    Record<'ra' | 'dec' | 'maj' | 'min' | 'totalFlux' | 'peakFlux' | 'lr' | 'lrDist', Numbers>
  > & {
    readonly name: readonly string[];
    readonly sCode: readonly string[];
  };
  readonly gaussians: readonly Readonly<
    Record<'maj' | 'min' | 'totalFlux' | 'lr' | 'lrDist', number | null> & { readonly source: string }
  >[];
  readonly features: readonly (readonly number[])[];
  readonly nearest: readonly (readonly number[])[];
}

/** Made by astropy and numpy: scripts/fixtures/make_features.py. */
export const featureFixture = JSON.parse(
  readFileSync(new URL('../../fixtures/features.json', import.meta.url), 'utf8'),
) as { readonly field: FeatureCase; readonly lonely: FeatureCase };

const withNan = (values: Numbers): number[] => values.map((value) => value ?? Number.NaN);

/** The features that Lobate computes from the fixture's catalogue. */
export function featuresOfCase({ sources, gaussians }: FeatureCase, recipe: FeatureRecipe): FeatureTable {
  const catalogue = toSourceCatalogue(
    tableOf({
      Source_Name: sources.name,
      'RA [deg]': withNan(sources.ra),
      'DEC [deg]': withNan(sources.dec),
      'Maj [arcsec]': withNan(sources.maj),
      'Min [arcsec]': withNan(sources.min),
      'Total_flux [mJy]': withNan(sources.totalFlux),
      'Peak_flux [mJy/beam]': withNan(sources.peakFlux),
      S_Code: sources.sCode,
      lr: withNan(sources.lr),
      lr_dist: withNan(sources.lrDist),
    }),
    'srl.fits',
  );
  const gaussianColumn = (key: 'maj' | 'min' | 'totalFlux' | 'lr' | 'lrDist'): number[] =>
    withNan(gaussians.map((gaussian) => gaussian[key]));
  const gaussianCatalogue = toGaussianCatalogue(
    tableOf({
      Source_Name: gaussians.map(({ source }) => source),
      'Maj [arcsec]': gaussianColumn('maj'),
      'Min [arcsec]': gaussianColumn('min'),
      'Total_flux [mJy]': gaussianColumn('totalFlux'),
      lr: gaussianColumn('lr'),
      lr_dist: gaussianColumn('lrDist'),
    }),
    'gaul.fits',
  );
  const likelihood = catalogue.ownLikelihood ?? noLikelihood(catalogue.rowCount);
  const { summary } = summariseGaussians(catalogue, gaussianCatalogue, likelihood);
  return computeFeatures(catalogue, { gaussians: summary, likelihood }, recipe);
}
