import type { FeatureInputs } from './feature-inputs.ts';
import { logLr } from './likelihood-scale.ts';

/** One number that the network sees beside the image. */
export interface FeatureDefinition {
  readonly name: string;
  readonly unit: string;
  readonly why: string;
  /** The value of a row; NaN where it is missing. */
  value(inputs: FeatureInputs, row: number): number;
  /** What stands in for a missing value. */
  standIn(inputs: FeatureInputs, row: number): number;
}

/** Gaussians assumed where neither a Gaussian catalogue nor S_Code tells. */
const UNKNOWN_GAUSSIAN_COUNT = 2;

const none = (): number => Number.NaN;
const zero = (): number => 0;
const missingLogLr = ({ recipe, lrThreshold }: FeatureInputs, row: number): number =>
  logLr(recipe, recipe.missingLr, lrThreshold[row]!);
const missingLrDist = ({ recipe }: FeatureInputs): number => recipe.missingLrDistArcsec;

/** The larger of two LRs of which either may be missing. */
function highestOf(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}

const BASELINE: readonly FeatureDefinition[] = [
  {
    name: 'Maj',
    unit: 'arcsec',
    why: 'Split sources leave long pieces',
    value: ({ catalogue }, row) => catalogue.majArcsec[row]!,
    standIn: none,
  },
  {
    name: 'Min',
    unit: 'arcsec',
    why: 'Wide pieces are diffuse emission',
    value: ({ catalogue }, row) => catalogue.minArcsec[row]!,
    standIn: none,
  },
  {
    name: 'Total_flux',
    unit: 'mJy',
    why: 'Bright sources are more often extended',
    value: ({ catalogue }, row) => catalogue.totalFluxMjy[row]!,
    standIn: none,
  },
  {
    name: 'Peak_flux',
    unit: 'mJy/beam',
    why: 'With the total flux it tells how resolved the source is',
    value: ({ catalogue }, row) => catalogue.peakFluxMjyPerBeam[row]!,
    standIn: none,
  },
  {
    name: 'log_n_gauss',
    unit: '',
    why: 'Complex sources need many Gaussians',
    value: ({ gaussians }, row) => (gaussians.imputed[row] === 1 ? Number.NaN : Math.log10(gaussians.count[row]!)),
    standIn: ({ gaussians }, row) => {
      const count = gaussians.count[row]!;
      return Math.log10(Number.isNaN(count) ? UNKNOWN_GAUSSIAN_COUNT : count);
    },
  },
];

const OPTICAL: readonly FeatureDefinition[] = [
  {
    name: 'log_lr_tlv',
    unit: '',
    why: 'A single source has an optical counterpart; a lobe has none',
    value: ({ likelihood, recipe, lrThreshold }, row) => logLr(recipe, likelihood.lr[row]!, lrThreshold[row]!),
    standIn: missingLogLr,
  },
  {
    name: 'lr_dist',
    unit: 'arcsec',
    why: 'A chance match is further away',
    value: ({ likelihood }, row) => likelihood.lrDistArcsec[row]!,
    standIn: missingLrDist,
  },
  {
    name: 'log_gauss_lr_tlv',
    unit: '',
    why: 'A Gaussian with a counterpart of its own tells a blend or a core',
    value: ({ gaussians, recipe, lrThreshold }, row) => logLr(recipe, gaussians.lr[row]!, lrThreshold[row]!),
    standIn: missingLogLr,
  },
  {
    name: 'gauss_lr_dist',
    unit: 'arcsec',
    why: 'As lr_dist, for the Gaussian',
    value: ({ gaussians }, row) => gaussians.lrDistArcsec[row]!,
    standIn: missingLrDist,
  },
  {
    name: 'log_highest_lr_tlv',
    unit: '',
    why: 'Whether anything in the source has a counterpart',
    value: ({ likelihood, gaussians, recipe, lrThreshold }, row) =>
      logLr(recipe, highestOf(likelihood.lr[row]!, gaussians.lr[row]!), lrThreshold[row]!),
    standIn: missingLogLr,
  },
];

/** Stand-ins of an imputed M source are its own axes; NaN axes in a Gaussian catalogue become 0, as the authors do. */
const GAUSSIAN: readonly FeatureDefinition[] = [
  {
    name: 'gauss_maj',
    unit: 'arcsec',
    why: 'Size of the part that has the counterpart',
    value: ({ gaussians }, row) => (gaussians.imputed[row] === 1 ? Number.NaN : gaussians.majArcsec[row]!),
    standIn: ({ gaussians }, row) => (gaussians.imputed[row] === 1 ? gaussians.majArcsec[row]! : 0),
  },
  {
    name: 'gauss_min',
    unit: 'arcsec',
    why: 'Size of the part that has the counterpart',
    value: ({ gaussians }, row) => (gaussians.imputed[row] === 1 ? Number.NaN : gaussians.minArcsec[row]!),
    standIn: ({ gaussians }, row) => (gaussians.imputed[row] === 1 ? gaussians.minArcsec[row]! : 0),
  },
  {
    name: 'gauss_flux_ratio',
    unit: '',
    why: 'Share of the flux in the part that has the counterpart',
    value: ({ gaussians, catalogue }, row) => gaussians.totalFluxMjy[row]! / catalogue.totalFluxMjy[row]!,
    standIn: ({ recipe }) => recipe.imputedGaussianFluxRatio,
  },
];

const WITHIN_45: FeatureDefinition = {
  name: 'NN_45',
  unit: 'count',
  why: 'Pieces of one source lie together',
  value: ({ neighbours }, row) => neighbours.within45[row]!,
  standIn: none,
};

/**
 * Features of the k-th nearest neighbour (k from 0), named with `prefix`. `ofNeighbour` gives NaN where there is no
 * such neighbour.
 */
function neighbourFeatures(k: number, prefix: string): readonly FeatureDefinition[] {
  const slot = ({ neighbours }: FeatureInputs, row: number): number => row * neighbours.perRow + k;
  const ofNeighbour =
    (value: (inputs: FeatureInputs, neighbour: number, row: number) => number) =>
    (inputs: FeatureInputs, row: number): number => {
      const neighbour = inputs.neighbours.rows[slot(inputs, row)]!;
      return neighbour < 0 ? Number.NaN : value(inputs, neighbour, row);
    };
  return [
    {
      name: `${prefix}_Maj`,
      unit: 'arcsec',
      why: 'The other lobe is long too',
      value: ofNeighbour(({ catalogue }, neighbour) => catalogue.majArcsec[neighbour]!),
      standIn: zero,
    },
    {
      name: `${prefix}_Min`,
      unit: 'arcsec',
      why: 'The other lobe is wide too',
      value: ofNeighbour(({ catalogue }, neighbour) => catalogue.minArcsec[neighbour]!),
      standIn: zero,
    },
    {
      name: `${prefix}_log_lr_tlv`,
      unit: '',
      why: 'A neighbour without a counterpart may be the other lobe, one with a counterpart the core',
      value: ofNeighbour(({ likelihood, recipe, lrThreshold }, neighbour) =>
        logLr(recipe, likelihood.lr[neighbour]!, lrThreshold[neighbour]!),
      ),
      standIn: missingLogLr,
    },
    {
      name: `${prefix}_lr_dist`,
      unit: 'arcsec',
      why: 'As lr_dist, for the neighbour',
      value: ofNeighbour(({ likelihood }, neighbour) => likelihood.lrDistArcsec[neighbour]!),
      standIn: missingLrDist,
    },
    {
      name: `${prefix}_dist`,
      unit: 'arcsec',
      why: 'Pieces of one source lie together',
      value: (inputs, row) => inputs.neighbours.distanceArcsec[slot(inputs, row)]!,
      standIn: ({ recipe }) => recipe.missingNeighbourDistArcsec,
    },
    {
      name: `${prefix}_flux_ratio`,
      unit: '',
      why: 'Lobes of one source are of like brightness',
      value: ofNeighbour(
        ({ catalogue }, neighbour, row) => catalogue.totalFluxMjy[neighbour]! / catalogue.totalFluxMjy[row]!,
      ),
      standIn: zero,
    },
  ];
}

/** Neighbours that features can be made of: the three of the paper, and two more that it tried. */
export const NEIGHBOURS_PER_ROW = 5;

/** The nearest neighbour under the names of Alegre et al. (2022), for the sets that have only one. */
const SINGLE_NEIGHBOUR = neighbourFeatures(0, 'NN');

const DEFINITIONS: ReadonlyMap<string, FeatureDefinition> = new Map(
  [
    ...BASELINE,
    ...OPTICAL,
    ...GAUSSIAN,
    WITHIN_45,
    ...SINGLE_NEIGHBOUR,
    ...Array.from({ length: NEIGHBOURS_PER_ROW }, (_, k) => neighbourFeatures(k, `NN${k + 1}`)).flat(),
  ].map((definition) => [definition.name, definition]),
);

/** Spelling of Table 1 of the paper. */
const ALIASES: Readonly<Record<string, string>> = { log_NN_lr_tlv: 'NN_log_lr_tlv' };

/** Every name that `featureNamed` knows. */
export const featureNames: readonly string[] = [...DEFINITIONS.keys()];

/** The definition of that name; undefined where there is none. */
export function featureNamed(name: string): FeatureDefinition | undefined {
  return DEFINITIONS.get(ALIASES[name] ?? name);
}
