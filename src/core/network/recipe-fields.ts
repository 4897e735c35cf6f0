import type { OpenChoice } from './open-choices.ts';
import { OPEN_CHOICES } from './open-choices.ts';
import { TURNING } from '../cutout/cutout-recipe.ts';
import { PUBLISHED_SISG } from '../features/feature-recipe.ts';
import { channelText } from './presets.ts';
import type { NetworkVariant, Recipe } from './recipe.ts';
import { INITIALISATION } from './recipe.ts';

/** The recipe with every optional field written out: what it leaves out has the value of the first version. */
export function completeRecipe(recipe: Recipe): Recipe {
  return {
    ...recipe,
    cutout: { ...recipe.cutout, turning: recipe.cutout.turning ?? TURNING },
    features: {
      ...recipe.features,
      neighboursFrom: recipe.features.neighboursFrom ?? 'whole-catalogue',
      sisg: recipe.features.sisg ?? PUBLISHED_SISG,
    },
    variant: recipe.variant ?? {},
    initialisation: recipe.initialisation ?? INITIALISATION,
  };
}

/** One field of a recipe as people read it. */
export interface RecipeField {
  /** Where it is in the JSON, as "cutout.noise". */
  readonly path: string;
  readonly meaning: string;
  /** Section of Alegre et al. (2024), another publication, or "Lobate" where the choice is ours. */
  readonly source: string;
  readonly text: (recipe: Recipe) => string;
}

/** What the paper leaves open about a field; empty where it says what it did. */
export function openChoicesOf(path: string): readonly OpenChoice[] {
  return OPEN_CHOICES.filter(({ fields }) => fields?.includes(path) === true);
}

/** Paths of the fields in which two recipes differ. Their names are no difference. */
export function differingFields(one: Recipe, other: Recipe): ReadonlySet<string> {
  const [first, second] = [completeRecipe(one), completeRecipe(other)];
  return new Set(RECIPE_FIELDS.filter(({ text }) => text(first) !== text(second)).map(({ path }) => path));
}

/** Every field of a recipe, in the order in which the data pass it. `completeRecipe` has them all. */
export const RECIPE_FIELDS: readonly RecipeField[] = [
  {
    path: 'cutout.windowSidePix',
    meaning: 'side of the square that the noise is measured on and turning takes its pixels from',
    source: '§2.4',
    text: ({ cutout }) => `${cutout.windowSidePix} pixels`,
  },
  {
    path: 'cutout.sidePix',
    meaning: 'side of its centre that the network sees',
    source: '§3.1.2',
    text: ({ cutout }) => `${cutout.sidePix} pixels`,
  },
  {
    path: 'cutout.geometry',
    meaning: 'pixels: as they are in the mosaic; angular: the sky resampled to pixels of 1.5″, north up',
    source: '§2.4',
    text: ({ cutout }) => cutout.geometry,
  },
  {
    path: 'cutout.noise',
    meaning: 'montage: median and (P84 − P16)/2; clipped: mean and σ after 3σ clipping, at most 5 rounds',
    source: 'Montage, mViewer_getRange',
    text: ({ cutout }) => cutout.noise,
  },
  {
    path: 'cutout.channels',
    meaning: 'cuts of each channel in σ above the centre, and its stretch',
    source: '§3.1.2, Fig. 2',
    text: ({ cutout }) => cutout.channels.map(channelText).join(', '),
  },
  {
    path: 'cutout.logStretch',
    meaning: 'montage: min(ln(9x + 1), 1); log10: log10(9x + 1)',
    source: 'Montage, montageViewer.c',
    text: ({ cutout }) => cutout.logStretch,
  },
  {
    path: 'cutout.quantisation',
    meaning: 'float, or uint8 as in a PNG',
    source: 'Lobate',
    text: ({ cutout }) => cutout.quantisation,
  },
  {
    path: 'cutout.turning',
    meaning: 'how training turns the channels by any angle; the 0/1 channel like the others',
    source: 'Lobate',
    text: ({ cutout }) => {
      const { interpolation, binaryChannel } = cutout.turning ?? TURNING;
      return `${interpolation}, 0/1 channel ${binaryChannel}`;
    },
  },
  {
    path: 'features.set',
    meaning: 'which features, in which order',
    source: 'Table 1',
    text: ({ features }) => features.set,
  },
  {
    path: 'features.lrThreshold',
    meaning: 'L_thr that likelihood ratios are divided by; lotss-dr2-by-region: 0.309, 0.328 or 0.394',
    source: 'Williams et al. 2019; Hardcastle et al. 2023',
    text: ({ features }) => String(features.lrThreshold),
  },
  {
    path: 'features.lrLogarithm',
    meaning: 'log10: log10(LR / L_thr); gbc-code: ln(0.639 LR / L_thr)',
    source: "Table 1; the authors' public code",
    text: ({ features }) => features.lrLogarithm,
  },
  {
    path: 'features.missingLr',
    meaning: 'likelihood ratio where there is no match',
    source: "the authors' public code",
    text: ({ features }) => features.missingLr.toExponential(),
  },
  {
    path: 'features.missingLrDistArcsec',
    meaning: 'distance of a match that is not there',
    source: "the authors' public code",
    text: ({ features }) => `${features.missingLrDistArcsec}″`,
  },
  {
    path: 'features.imputedGaussianFluxRatio',
    meaning: 'Gaussian/source flux of an M source without a Gaussian catalogue',
    source: 'Lobate',
    text: ({ features }) => String(features.imputedGaussianFluxRatio),
  },
  {
    path: 'features.missingNeighbourDistArcsec',
    meaning: 'distance of a neighbour that is not there',
    source: 'Lobate',
    text: ({ features }) => `${features.missingNeighbourDistArcsec}″`,
  },
  {
    path: 'features.scaling',
    meaning: 'none, or (asinh-)standardise with the moments of the training rows',
    source: '§3.2',
    text: ({ features }) => features.scaling,
  },
  {
    path: 'features.neighboursFrom',
    meaning: 'who counts as a neighbour: every row of the catalogue, artefacts included',
    source: 'Lobate',
    text: ({ features }) => features.neighboursFrom ?? 'whole-catalogue',
  },
  {
    path: 'features.sisg',
    meaning: 'which sources are class S unseen: small, isolated, single Gaussian',
    source: '§3.3',
    text: ({ features }) => {
      const { majBelowArcsec, isolationArcsec, largestGaussianCount } = features.sisg ?? PUBLISHED_SISG;
      const gaussians = largestGaussianCount === 1 ? 'one Gaussian' : `at most ${largestGaussianCount} Gaussians`;
      return `Maj < ${majBelowArcsec}″, no other source within ${isolationArcsec}″, ${gaussians}`;
    },
  },
  { path: 'network', meaning: 'the architecture', source: '§3.5, Fig. 8', text: ({ network }) => network },
  {
    path: 'variant',
    meaning: 'what differs from the network as it is registered: dense layers over the features, normalisation',
    source: '§3.5',
    text: ({ variant = {} }) => variantText(variant),
  },
  {
    path: 'initialisation',
    meaning: 'how the weights are drawn before training; biases are 0',
    source: 'Lobate',
    text: ({ initialisation = INITIALISATION }) =>
      `${initialisation.convolutions} convolutions, ${initialisation.dense} dense layers`,
  },
];

function variantText({ featureLayers, normalisation }: NetworkVariant): string {
  const parts: string[] = [];
  if (featureLayers !== undefined) {
    const { layers, neurons, dropout } = featureLayers;
    parts.push(`${layers} × ${neurons} neurons over the features, dropout ${dropout}`);
  }
  if (normalisation !== undefined) parts.push(`${normalisation} normalisation before each ReLU`);
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}
