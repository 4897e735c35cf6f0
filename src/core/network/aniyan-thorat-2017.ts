import { softmaxHead } from './branches.ts';
import { buildImageBranch } from './image-branch.ts';
import type { BlockChoice, PoolingChoice } from './image-branch.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/** 3×3 in the authors' prototxt; the stride is that of Alegre et al. 2024, §3.1.1, where it is the kernel's size. */
const POOLING: PoolingChoice = { kernelSide: 3, stride: 3 };

const block = (filters: number, kernelSide: number, pooling?: PoolingChoice): BlockChoice => ({
  convolutions: [{ filters, kernelSide, stride: 1 }],
  pooling,
  dropout: 0,
});

/**
 * Kernel sides and which convolutions are pooled: Aniyan & Thorat 2017, ApJS 230, 20, in the authors' own files
 * (github.com/ArunAniyan/RadioGalaxyClassification, Prototxt/fr1vsfr2.prototxt): 11, 5, 3, 3, 3, pooled after the first,
 * second and fifth. Filters reduced to 16, 32, 64, 64, 32, stride 1 and no normalisation: Alegre et al. 2024, §3.1.1. The
 * two groups that the prototxt splits some convolutions into are not kept.
 */
const BLOCKS: readonly BlockChoice[] = [
  block(16, 11, POOLING),
  block(32, 5, POOLING),
  block(64, 3),
  block(64, 3),
  block(32, 3, POOLING),
];

/** Three dense layers of 1024 (Alegre et al. 2024), dropout 0.5 after each: the prototxt has it after both of its two. */
export function buildAniyanThorat2017(shape: NetworkInputShape, { normalisation }: NetworkVariant): NetworkDescription {
  const layer = { outputs: 1024, dropout: 0.5 };
  const image = buildImageBranch(shape, { blocks: BLOCKS, dense: [layer, layer, layer], normalisation });
  return { id: 'aniyan-thorat-2017', image, features: undefined, head: softmaxHead(1024) };
}
