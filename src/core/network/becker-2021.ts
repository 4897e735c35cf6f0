import { HALVING_POOLING, publishedBlocks, softmaxHead } from './branches.ts';
import type { ImageBranchChoice } from './image-branch.ts';
import { buildImageBranch } from './image-branch.ts';
import type { ImageBranch, NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * ConvXpress, the baseline of Alegre et al. 2024, §3.1.1. Layers from Becker et al. 2021, MNRAS 503, 1828 and its public
 * code (github.com/BurgerBecker/rg-benchmarker, model_architectures.py, function convXpress):
 * three convolutions of 32, 64 and 128 filters each, then two of 256: 3×3, the first of blocks 1 and 2 with stride 2;
 * after each block pooling 2×2 with stride 2 and dropout 0.25; dense 500, without ReLU as in that code, dropout 0.5;
 * softmax. Left out: that code's L2 penalty of 0.01 on the dense layer, of which Alegre et al. say nothing.
 */
const BECKER: ImageBranchChoice = {
  blocks: publishedBlocks(HALVING_POOLING),
  dense: [{ outputs: 500, dropout: 0.5, isRectified: false }],
};

export function beckerImageBranch(shape: NetworkInputShape, variant: NetworkVariant): ImageBranch {
  return buildImageBranch(shape, { ...BECKER, normalisation: variant.normalisation });
}

/** 1,878,942 parameters with one channel. */
export function buildBecker2021(shape: NetworkInputShape, variant: NetworkVariant): NetworkDescription {
  const image = beckerImageBranch(shape, variant);
  return { id: 'becker-2021', image, features: undefined, head: softmaxHead(image.dense.at(-1)!.outputs) };
}
