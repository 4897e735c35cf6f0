import { PUBLISHED_CUTOUT } from '../cutout/cutout-recipe.ts';
import { FEATURE_RECIPES, PUBLISHED_FEATURES } from '../features/presets.ts';
import type { NetworkId, NetworkVariant, Recipe } from './recipe.ts';

/** Alegre et al. 2024, §3.1.1: the four networks are compared on one channel, linear from 1σ to 30σ. */
const ONE_CHANNEL = { ...PUBLISHED_CUTOUT, channels: [{ stretch: 'linear', lowSigma: 1, highSigma: 30 }] } as const;

const recipe = (name: string, network: NetworkId, changes: Partial<Recipe> = {}): Recipe => ({
  version: 1,
  name,
  cutout: PUBLISHED_CUTOUT,
  features: PUBLISHED_FEATURES,
  network,
  ...changes,
});

const variantOf = (network: NetworkId, name: string, variant: NetworkVariant): Recipe =>
  recipe(`${network}-${name}`, network, { variant });

/** Ibid., §3.5: widths from 64 to 512 neurons and depths from 2 to 5 layers, beside the 2 × 64 of `multi-modal`. */
const FEATURE_LAYERS = [
  [2, 128],
  [2, 256],
  [2, 512],
  [3, 64],
  [4, 64],
  [5, 64],
] as const;

/** The networks that the paper compares in Figs. 1–7, each with the recipe it is trained with first. */
export const EXPERIMENT_PRESETS: readonly { readonly recipe: Recipe; readonly summary: string }[] = [
  {
    recipe: recipe('becker-2021', 'becker-2021', { cutout: ONE_CHANNEL }),
    summary: 'the baseline CNN (Becker et al. 2021), one channel: Fig. 1',
  },
  { recipe: recipe('becker-2021-3-channels', 'becker-2021'), summary: 'the baseline CNN with three channels: Fig. 3' },
  {
    recipe: recipe('alhassan-2018', 'alhassan-2018', { cutout: ONE_CHANNEL }),
    summary: 'the CNN of Alhassan et al. (2018), one channel: Fig. 1',
  },
  {
    recipe: recipe('aniyan-thorat-2017', 'aniyan-thorat-2017', { cutout: ONE_CHANNEL }),
    summary: 'the CNN of Aniyan & Thorat (2017), reduced as in the paper, one channel: Fig. 1',
  },
  {
    recipe: recipe('lukic-2018', 'lukic-2018', { cutout: ONE_CHANNEL }),
    summary: 'the CNN of Lukic et al. (2018), one channel: Fig. 1',
  },
  {
    recipe: recipe('multi-modal', 'multi-modal'),
    summary: 'the baseline CNN beside two dense layers of 64 over the 32 features: Fig. 4',
  },
  {
    recipe: recipe('multi-modal-1-channel', 'multi-modal', { cutout: ONE_CHANNEL }),
    summary: 'the same with one channel',
  },
  ...(['baseline', 'optical', 'gbc', 'no-lr'] as const).map((set) => ({
    recipe: recipe(`multi-modal-${set}`, 'multi-modal', { features: FEATURE_RECIPES[set] }),
    summary: `the same with three channels and feature set ${set}`,
  })),
  ...FEATURE_LAYERS.map(([layers, neurons]) => ({
    recipe: variantOf('multi-modal', `${layers}x${neurons}`, { featureLayers: { layers, neurons, dropout: 0.5 } }),
    summary: `the same with ${layers} dense layers of ${neurons} over the features: §3.5`,
  })),
  ...(['multi-modal', 'compact'] as const).flatMap((network) =>
    (['batch', 'layer'] as const).map((normalisation) => ({
      recipe: variantOf(network, `${normalisation}-norm`, { normalisation }),
      summary: `${network} with ${normalisation} normalisation: §3.5`,
    })),
  ),
];
