import { softmaxHead } from './branches.ts';
import { buildImageBranch } from './image-branch.ts';
import type { BlockChoice } from './image-branch.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/**
 * Kernels and strides of Lukic et al. 2018, MNRAS 476, 246, as Becker et al. 2021 rebuilt them (function
 * radio_galaxy_zoo of github.com/BurgerBecker/rg-benchmarker): 16 filters 8×8 with stride 3; 32 filters 7×7 with stride 2
 * and pooling 3×3; 64 filters 2×2 with stride 1 and pooling 2×2. 'Same' padding and pooling with a stride of its size:
 * Alegre et al. 2024, §3.1.1.
 */
const BLOCKS: readonly BlockChoice[] = [
  { convolutions: [{ filters: 16, kernelSide: 8, stride: 3 }], pooling: undefined, dropout: 0 },
  { convolutions: [{ filters: 32, kernelSide: 7, stride: 2 }], pooling: { kernelSide: 3, stride: 3 }, dropout: 0 },
  { convolutions: [{ filters: 64, kernelSide: 2, stride: 1 }], pooling: { kernelSide: 2, stride: 2 }, dropout: 0 },
];

/** Radio Galaxy Zoo's network of Lukic et al. 2018: two dense layers of 1024, each with dropout 0.5 (ibid.). */
export function buildLukic2018(shape: NetworkInputShape, { normalisation }: NetworkVariant): NetworkDescription {
  const layer = { outputs: 1024, dropout: 0.5 };
  const image = buildImageBranch(shape, { blocks: BLOCKS, dense: [layer, layer], normalisation });
  return { id: 'lukic-2018', image, features: undefined, head: softmaxHead(1024) };
}
