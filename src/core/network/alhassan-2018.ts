import { softmaxHead } from './branches.ts';
import { buildImageBranch } from './image-branch.ts';
import type { BlockChoice } from './image-branch.ts';
import type { NetworkDescription, NetworkInputShape } from './network-description.ts';
import type { NetworkVariant } from './recipe.ts';

/** A convolution 3×3 with stride 1 and pooling 2×2 with stride 2. */
const block = (filters: number): BlockChoice => ({
  convolutions: [{ filters, kernelSide: 3, stride: 1 }],
  pooling: { kernelSide: 2, stride: 2 },
  dropout: 0,
});

/**
 * The FIRST Classifier (Alhassan et al. 2018, MNRAS 480, 2085) as Alegre et al. 2024, §3.1.1 used it: convolutions of 32,
 * 64 and 94 filters, one dense layer of 194, dropout 0.5. Kernels 3×3 and pooling 2×2 after each convolution: Becker et
 * al. 2021, who rebuilt it (github.com/BurgerBecker/rg-benchmarker, function first_class; it has 194 filters in the third
 * convolution where Alegre et al. have 94, which is followed here).
 */
export function buildAlhassan2018(shape: NetworkInputShape, { normalisation }: NetworkVariant): NetworkDescription {
  const blocks = [block(32), block(64), block(94)];
  const image = buildImageBranch(shape, { blocks, dense: [{ outputs: 194, dropout: 0.5 }], normalisation });
  return { id: 'alhassan-2018', image, features: undefined, head: softmaxHead(194) };
}
