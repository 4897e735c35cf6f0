import type {
  ConvolutionBlock,
  DenseLayer,
  FeatureBranch,
  ImageBranch,
  NetworkInputShape,
} from './network-description.ts';

/** How the 2×2 maximum pooling moves: the one choice that makes `published` 50 times larger than `compact`. */
export interface PoolingChoice {
  readonly stride: 1 | 2;
  readonly padding: 0 | 1;
}

/** Alegre et al. 2024, §3.5 and Fig. 8: filters of each convolution, block by block, and the first one's stride. */
const PUBLISHED_BLOCKS: readonly { readonly filters: readonly number[]; readonly firstStride: 1 | 2 }[] = [
  { filters: [32, 32, 32], firstStride: 2 },
  { filters: [64, 64, 64], firstStride: 2 },
  { filters: [128, 128, 128], firstStride: 1 },
  { filters: [256, 256], firstStride: 1 },
];
/** Ibid.: share dropped after each block, after the image's dense layer, and after the features' layers. */
const BLOCK_DROPOUT = 0.25;
const IMAGE_DENSE_DROPOUT = 0.5;
const FEATURE_DROPOUT = 0.25;
/** Ibid.: neurons of the image's dense layer, of both feature layers, and of both layers after the concatenation. */
const IMAGE_DENSE_OUTPUTS = 256;
const FEATURE_DENSE_OUTPUTS = 256;
const HEAD_OUTPUTS = 64;
const CLASS_COUNT = 2;

/** The eleven convolutions of §3.5 with the given pooling. Pooling without padding needs even maps, which these are. */
export function publishedImageBranch(shape: NetworkInputShape, pooling: PoolingChoice): ImageBranch {
  let side = shape.sidePix;
  let channels = shape.channels;
  const blocks = PUBLISHED_BLOCKS.map(({ filters, firstStride }, blockIndex): ConvolutionBlock => {
    const convolutions = filters.map((outputChannels, index) => {
      const stride = index === 0 ? firstStride : 1;
      const layer = {
        name: `image.block${blockIndex + 1}.conv${index + 1}`,
        inputChannels: channels,
        outputChannels,
        stride,
        inputSide: side,
        outputSide: Math.floor((side - 1) / stride) + 1,
      };
      channels = outputChannels;
      side = layer.outputSide;
      return layer;
    });
    const inputSide = side;
    side = Math.floor((inputSide + 2 * pooling.padding - 2) / pooling.stride) + 1;
    return { convolutions, pooling: { ...pooling, inputSide, outputSide: side }, dropout: BLOCK_DROPOUT };
  });
  const flattened = side * side * channels;
  const dense: DenseLayer = {
    name: 'image.dense',
    inputs: flattened,
    outputs: IMAGE_DENSE_OUTPUTS,
    isRectified: true,
  };
  return {
    channels: shape.channels,
    sidePix: shape.sidePix,
    blocks,
    flattened,
    dense,
    dropout: IMAGE_DENSE_DROPOUT,
  };
}

export function publishedFeatureBranch(shape: NetworkInputShape): FeatureBranch {
  const layer = (name: string, inputs: number): DenseLayer => ({
    name,
    inputs,
    outputs: FEATURE_DENSE_OUTPUTS,
    isRectified: true,
  });
  return {
    count: shape.featureCount,
    dense: [layer('features.dense1', shape.featureCount), layer('features.dense2', FEATURE_DENSE_OUTPUTS)],
    dropout: FEATURE_DROPOUT,
  };
}

/** Dense 64, dense 64, two logits, over the concatenated outputs of the branches given. */
export function publishedHead(image: ImageBranch | undefined, features: FeatureBranch | undefined): DenseLayer[] {
  const inputs = (image?.dense.outputs ?? 0) + (features?.dense.at(-1)!.outputs ?? 0);
  return [
    { name: 'head.dense1', inputs, outputs: HEAD_OUTPUTS, isRectified: true },
    { name: 'head.dense2', inputs: HEAD_OUTPUTS, outputs: HEAD_OUTPUTS, isRectified: true },
    { name: 'head.output', inputs: HEAD_OUTPUTS, outputs: CLASS_COUNT, isRectified: false },
  ];
}
