import { describe, expect, test } from 'vitest';
import { featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { layerTable } from '../../../src/core/network/layer-table.ts';
import type { LayerRow } from '../../../src/core/network/layer-table.ts';
import type { NetworkDescription } from '../../../src/core/network/network-description.ts';
import { parameterCount } from '../../../src/core/network/parameter-tensors.ts';
import { inputShapeOf, recipeOf, RECIPE_PRESETS } from '../../../src/core/network/presets.ts';
import type { Recipe } from '../../../src/core/network/recipe.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';

const networkOf = ({ network, variant, ...recipe }: Recipe): NetworkDescription => {
  const shape = inputShapeOf({ ...recipe, network }, featureNamesOf(recipe.features).length);
  return describeNetwork(network, shape, variant);
};
const line = ({ layer, does, output, parameters }: LayerRow): string =>
  `${layer}: ${does} -> ${output.join('x')}, ${parameters}`;

describe('the table of a network', () => {
  test('the parameters of its lines are all that the network has, for every recipe', () => {
    for (const { recipe } of RECIPE_PRESETS) {
      const network = networkOf(recipe);
      const sum = layerTable(network).reduce((total, { parameters }) => total + parameters, 0);
      expect(sum, recipe.name).toBe(parameterCount(network));
    }
  });

  test('no two layers of one branch share a name', () => {
    for (const { recipe } of RECIPE_PRESETS) {
      const names = layerTable(networkOf(recipe)).map(({ branch, layer }) => `${branch} ${layer}`);
      expect(new Set(names).size, recipe.name).toBe(names.length);
    }
  });

  test('published-2024 is Fig. 8 of the paper, with pooling of stride 1 as §3.5 has it', () => {
    expect(layerTable(networkOf(recipeOf('published-2024'))).map(line)).toMatchInlineSnapshot(`
      [
        "input:  -> 3x128x128, 0",
        "image.block1.conv1: convolution 3 × 3, stride 2, padding 1, ReLU -> 32x64x64, 896",
        "image.block1.conv2: convolution 3 × 3, stride 1, padding 1, ReLU -> 32x64x64, 9248",
        "image.block1.conv3: convolution 3 × 3, stride 1, padding 1, ReLU -> 32x64x64, 9248",
        "image.block1.pool: maximum of 2 × 2, stride 1, padding 1, dropout 0.25 -> 32x65x65, 0",
        "image.block2.conv1: convolution 3 × 3, stride 2, padding 1, ReLU -> 64x33x33, 18496",
        "image.block2.conv2: convolution 3 × 3, stride 1, padding 1, ReLU -> 64x33x33, 36928",
        "image.block2.conv3: convolution 3 × 3, stride 1, padding 1, ReLU -> 64x33x33, 36928",
        "image.block2.pool: maximum of 2 × 2, stride 1, padding 1, dropout 0.25 -> 64x34x34, 0",
        "image.block3.conv1: convolution 3 × 3, stride 1, padding 1, ReLU -> 128x34x34, 73856",
        "image.block3.conv2: convolution 3 × 3, stride 1, padding 1, ReLU -> 128x34x34, 147584",
        "image.block3.conv3: convolution 3 × 3, stride 1, padding 1, ReLU -> 128x34x34, 147584",
        "image.block3.pool: maximum of 2 × 2, stride 1, padding 1, dropout 0.25 -> 128x35x35, 0",
        "image.block4.conv1: convolution 3 × 3, stride 1, padding 1, ReLU -> 256x35x35, 295168",
        "image.block4.conv2: convolution 3 × 3, stride 1, padding 1, ReLU -> 256x35x35, 590080",
        "image.block4.pool: maximum of 2 × 2, stride 1, padding 1, dropout 0.25 -> 256x36x36, 0",
        "flatten:  -> 331776, 0",
        "image.dense: dense, ReLU, dropout 0.5 -> 256, 84934912",
        "input:  -> 32, 0",
        "features.dense1: dense, ReLU -> 256, 8448",
        "features.dense2: dense, ReLU, dropout 0.25 -> 256, 65792",
        "concatenate: image, then features -> 512, 0",
        "head.dense1: dense, ReLU -> 64, 32832",
        "head.dense2: dense, ReLU -> 64, 4160",
        "head.output: dense -> 2, 130",
        "softmax: S, MC -> 2, 0",
      ]
    `);
  });

  test('dropout after a block without pooling stands at its last convolution', () => {
    const rows = layerTable(networkOf(recipeOf('aniyan-thorat-2017')));
    expect(rows.filter(({ does }) => does.includes('dropout')).map(({ layer }) => layer)).toEqual([
      'image.dense1',
      'image.dense2',
      'image.dense3',
    ]);
  });
});
