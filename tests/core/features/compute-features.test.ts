import { describe, expect, test } from 'vitest';
import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { summariseGaussians } from '../../../src/core/catalogue/gaussians.ts';
import { noLikelihood } from '../../../src/core/catalogue/likelihood.ts';
import { computeFeatures, featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { featureNamed } from '../../../src/core/features/feature-definitions.ts';
import type { FeatureRecipe } from '../../../src/core/features/feature-recipe.ts';
import type { FeatureTable } from '../../../src/core/features/feature-table.ts';
import { dr2LrThreshold } from '../../../src/core/features/likelihood-scale.ts';
import { FEATURE_RECIPES, PUBLISHED_FEATURES } from '../../../src/core/features/presets.ts';
import { lotssCatalogue } from '../catalogue/catalogue-tables.ts';
import { featureFixture, featuresOfCase } from './feature-fixture.ts';

function featuresOf(catalogue: SourceCatalogue, recipe: FeatureRecipe = PUBLISHED_FEATURES): FeatureTable {
  const likelihood = catalogue.ownLikelihood ?? noLikelihood(catalogue.rowCount);
  const { summary } = summariseGaussians(catalogue, undefined, likelihood);
  return computeFeatures(catalogue, { gaussians: summary, likelihood }, recipe);
}

const valueOf = (table: FeatureTable, row: number, name: string): number =>
  table.values[row * table.names.length + table.names.indexOf(name)]!;
const isStandIn = (table: FeatureTable, row: number, name: string): boolean =>
  table.isMissing[row * table.names.length + table.names.indexOf(name)] === 1;

describe('rows that cannot have features say which column is to blame', () => {
  test.each([
    ['Total_flux of zero', { 'Total_flux [mJy]': [0] }, 'Total_flux'],
    ['negative Total_flux', { 'Total_flux [mJy]': [-1] }, 'Total_flux'],
    ['no Maj', { 'Maj [arcsec]': [Number.NaN] }, 'Maj'],
    ['infinite Maj', { 'Maj [arcsec]': [Infinity] }, 'Maj'],
    ['no right ascension', { 'RA [deg]': [Number.NaN] }, 'RA'],
    ['no Peak_flux', { 'Peak_flux [mJy/beam]': [Number.NaN] }, 'Peak_flux'],
  ])('%s', (_, columns, column) => {
    const features = featuresOf(lotssCatalogue([10], [20], columns));
    expect(features.unusable).toEqual([column]);
    expect(features.sisg[0]).toBe(column === 'Maj' || column === 'RA' ? 0 : 1);
  });
});

describe('the 32 features of a synthetic field equal those of astropy and numpy', () => {
  const { field, lonely } = featureFixture;
  const features = featuresOfCase(field, PUBLISHED_FEATURES);

  test('their order is that of Table 1', () => {
    const neighbour = (k: number): string[] =>
      ['Maj', 'Min', 'log_lr_tlv', 'lr_dist', 'dist', 'flux_ratio'].map((quantity) => `NN${k}_${quantity}`);
    expect(features.names).toEqual([
      ...['Maj', 'Min', 'Total_flux', 'Peak_flux', 'log_n_gauss'],
      ...['log_lr_tlv', 'lr_dist', 'log_gauss_lr_tlv', 'gauss_lr_dist', 'log_highest_lr_tlv'],
      ...['gauss_maj', 'gauss_min', 'gauss_flux_ratio', 'NN_45'],
      ...neighbour(1),
      ...neighbour(2),
      ...neighbour(3),
    ]);
  });

  test.each(field.sources.name.map((name, row) => [name, row] as const))('source %s', (_, row) => {
    field.features[row]!.forEach((value, feature) => {
      const ours = features.values[row * 32 + feature]!;
      // 1e-9 in the feature's unit: separations near a pole lose a few 1e-11 arcsec to the rounding of coordinates.
      expect(Math.abs(ours - value), features.names[feature]).toBeLessThan(1e-9);
    });
  });

  test('the three nearest neighbours are the same rows, coincident sources, RA 0 and poles included', () => {
    const { perRow, rows } = features.neighbours;
    field.nearest.forEach((nearest, row) => {
      expect([...rows.slice(row * perRow, row * perRow + 3)]).toEqual(nearest);
    });
  });

  test('a catalogue of one row has no neighbours: 3600″, flagged', () => {
    const alone = featuresOfCase(lonely, PUBLISHED_FEATURES);
    expect([...alone.values]).toEqual(lonely.features[0]!.map((value) => expect.closeTo(value, 9) as number));
    expect(isStandIn(alone, 0, 'NN1_dist') && isStandIn(alone, 0, 'NN3_Maj')).toBe(true);
    expect(alone.unusable).toEqual(['']);
  });
});

describe('feature sets', () => {
  test.each([
    ['baseline', 5],
    ['optical', 7],
    ['gbc', 18],
    ['published', 32],
    ['no-lr', 21],
  ] as const)('%s has %i features', (name, count) => {
    const names = featureNamesOf(FEATURE_RECIPES[name]);
    expect(new Set(names).size).toBe(count);
    expect(names.every((feature) => featureNamed(feature) !== undefined)).toBe(true);
  });

  test('the paper writes log_NN_lr_tlv for the same feature', () => {
    expect(featureNamed('log_NN_lr_tlv')).toBe(featureNamed('NN_log_lr_tlv'));
  });
});

describe('the choices of a recipe', () => {
  const source = lotssCatalogue([180], [50], { lr: [6.39], lr_dist: [1] });

  test('Table 1: log10(LR / 0.639)', () => {
    expect(valueOf(featuresOf(source), 0, 'log_lr_tlv')).toBeCloseTo(1, 14);
  });

  test("the authors' code: ln(LR · 0.639 / L_thr)", () => {
    const features = featuresOf(source, FEATURE_RECIPES['gbc-code']);
    expect(valueOf(features, 0, 'log_lr_tlv')).toBeCloseTo(Math.log((6.39 * 0.639) / 0.309), 14);
  });

  test('DR2 has three thresholds, by region', () => {
    expect([
      dr2LrThreshold(180, 32.375),
      dr2LrThreshold(180, 32.374),
      dr2LrThreshold(89.9, 50),
      dr2LrThreshold(270, 20),
    ]).toEqual([0.309, 0.328, 0.394, 0.394]);
    expect(valueOf(featuresOf(source, FEATURE_RECIPES.dr2), 0, 'log_lr_tlv')).toBeCloseTo(Math.log10(6.39 / 0.309), 14);
  });

  test('an LR that underflowed to 0 is the least there is, not minus infinity and not missing', () => {
    const features = featuresOf(lotssCatalogue([180], [50], { lr: [0], lr_dist: [3] }));
    expect(valueOf(features, 0, 'log_lr_tlv')).toBeCloseTo(Math.log10(1e-135 / 0.639), 10);
    expect(isStandIn(features, 0, 'log_lr_tlv')).toBe(false);
    expect(valueOf(features, 0, 'lr_dist')).toBe(3);
  });

  test('an M source without Gaussians gets two, its own axes and half its flux, all flagged', () => {
    const features = featuresOf(lotssCatalogue([180], [50], { S_Code: ['M'], 'Maj [arcsec]': [20] }));
    expect(valueOf(features, 0, 'log_n_gauss')).toBe(Math.log10(2));
    expect(valueOf(features, 0, 'gauss_maj')).toBe(20);
    expect(valueOf(features, 0, 'gauss_flux_ratio')).toBe(0.5);
    expect(['log_n_gauss', 'gauss_maj', 'gauss_flux_ratio'].every((name) => isStandIn(features, 0, name))).toBe(true);
  });

  test('an S source without a Gaussian catalogue is exact and not flagged', () => {
    const features = featuresOf(lotssCatalogue([180], [50]));
    expect(valueOf(features, 0, 'gauss_flux_ratio')).toBe(1);
    expect(['log_n_gauss', 'gauss_maj', 'gauss_flux_ratio'].some((name) => isStandIn(features, 0, name))).toBe(false);
  });
});

test('a source exactly 45″ away is within 45″', () => {
  const features = featuresOf(lotssCatalogue([180, 180, 180], [0, 45 / 3600, 100 / 3600]));
  expect([...features.neighbours.within45]).toEqual([1, 1, 0]);
});
