import type { FeatureSetName } from './feature-recipe.ts';

const BASELINE = ['Maj', 'Min', 'Total_flux', 'Peak_flux', 'log_n_gauss'];
const OPTICAL_WITHOUT_NEIGHBOUR = ['log_lr_tlv', 'lr_dist', 'log_gauss_lr_tlv', 'gauss_lr_dist', 'log_highest_lr_tlv'];
const OPTICAL = [...OPTICAL_WITHOUT_NEIGHBOUR, 'NN_log_lr_tlv', 'NN_lr_dist'];
const GAUSSIAN_AND_SURROUNDINGS = ['gauss_maj', 'gauss_min', 'gauss_flux_ratio', 'NN_45'];

const neighbour = (k: number): readonly string[] =>
  ['Maj', 'Min', 'log_lr_tlv', 'lr_dist', 'dist', 'flux_ratio'].map((quantity) => `NN${k}_${quantity}`);

const ALL = [
  ...BASELINE,
  ...OPTICAL_WITHOUT_NEIGHBOUR,
  ...GAUSSIAN_AND_SURROUNDINGS,
  ...neighbour(1),
  ...neighbour(2),
  ...neighbour(3),
];

/**
 * Features of each set in the order in which the network takes them: Table 1 of Alegre et al. (2024), from top to
 * bottom. `all` replaces the single-neighbour features of the 18 by those of three neighbours; `no-lr` keeps the 21 of
 * the 32 that need no likelihood ratio.
 */
export const FEATURE_SETS: Readonly<Record<FeatureSetName, readonly string[]>> = {
  baseline: BASELINE,
  optical: OPTICAL,
  gbc: [...BASELINE, ...OPTICAL, ...GAUSSIAN_AND_SURROUNDINGS, 'NN_dist', 'NN_flux_ratio'],
  all: ALL,
  'no-lr': ALL.filter((name) => !name.includes('lr_')),
};
