import type { BlockChoice, PoolingChoice } from './image-branch.ts';
import { buildDenseLayers, buildImageBranch } from './image-branch.ts';
import type { DenseLayer, FeatureBranch, ImageBranch, NetworkInputShape } from './network-description.ts';
import type { FeatureLayersRecipe, NormalisationRecipe } from './recipe.ts';

/** Alegre et al. 2024, §3.5 and Fig. 8: filters of each convolution, block by block, and the first one's stride. */
const PUBLISHED_BLOCKS: readonly { readonly filters: readonly number[]; readonly firstStride: 1 | 2 }[] = [
  { filters: [32, 32, 32], firstStride: 2 },
  { filters: [64, 64, 64], firstStride: 2 },
  { filters: [128, 128, 128], firstStride: 1 },
  { filters: [256, 256], firstStride: 1 },
];
/** Ibid.: share dropped after each block and after the image's dense layer. */
const BLOCK_DROPOUT = 0.25;
const IMAGE_DENSE_DROPOUT = 0.5;
/** Ibid.: neurons of the image's dense layer and of both layers after the concatenation. */
const IMAGE_DENSE_OUTPUTS = 256;
const HEAD_OUTPUTS = 64;
const CLASS_COUNT = 2;

/** Ibid.: the features' two layers of 256 neurons, and the share dropped after the second. */
const PUBLISHED_FEATURE_LAYERS: FeatureLayersRecipe = { layers: 2, neurons: 256, dropout: 0.25 };
/** Ibid.: every kernel is 3×3 with padding 1. */
const KERNEL = { kernelSide: 3, padding: { near: 1, far: 1 } };

/** Pooling 2×2 with stride 2 of even maps, as the network has it that the published one derives from. */
export const HALVING_POOLING: PoolingChoice = { kernelSide: 2, stride: 2 };

/** The blocks of eleven convolutions of §3.5 with the given pooling. */
export function publishedBlocks(pooling: PoolingChoice): BlockChoice[] {
  return PUBLISHED_BLOCKS.map(({ filters, firstStride }) => ({
    convolutions: filters.map((count, index) => ({ filters: count, stride: index === 0 ? firstStride : 1, ...KERNEL })),
    pooling,
    dropout: BLOCK_DROPOUT,
  }));
}

/** The image branch of §3.5 with the given pooling. */
export function publishedImageBranch(
  shape: NetworkInputShape,
  pooling: PoolingChoice,
  normalisation?: NormalisationRecipe,
): ImageBranch {
  const dense = [{ outputs: IMAGE_DENSE_OUTPUTS, dropout: IMAGE_DENSE_DROPOUT }];
  return buildImageBranch(shape, { blocks: publishedBlocks(pooling), dense, normalisation });
}

/** Equal dense layers over the features with dropout after the last; those of §3.5 where none are given. */
export function featureBranch(
  shape: NetworkInputShape,
  { layers, neurons, dropout }: FeatureLayersRecipe = PUBLISHED_FEATURE_LAYERS,
  normalisation?: NormalisationRecipe,
): FeatureBranch {
  const choices = Array.from({ length: layers }, (_, index) => ({
    outputs: neurons,
    dropout: index === layers - 1 ? dropout : 0,
  }));
  const dense = buildDenseLayers('features.dense', shape.featureCount, choices, normalisation);
  return { count: shape.featureCount, dense };
}

/** Dense 64, dense 64, two logits, over the concatenated outputs of the branches given. */
export function publishedHead(
  image: ImageBranch | undefined,
  features: FeatureBranch | undefined,
  normalisation?: NormalisationRecipe,
): DenseLayer[] {
  const inputs = (image?.dense.at(-1)!.outputs ?? 0) + (features?.dense.at(-1)!.outputs ?? 0);
  const hidden = { outputs: HEAD_OUTPUTS, dropout: 0 };
  return [...buildDenseLayers('head.dense', inputs, [hidden, hidden], normalisation), ...softmaxHead(HEAD_OUTPUTS)];
}

/** The two logits alone. */
export function softmaxHead(inputs: number): DenseLayer[] {
  return [{ name: 'head.output', inputs, outputs: CLASS_COUNT, isRectified: false, dropout: 0 }];
}
