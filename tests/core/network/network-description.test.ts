import { describe, expect, test } from 'vitest';
import { featureNamesOf } from '../../../src/core/features/compute-features.ts';
import { parameterCount } from '../../../src/core/network/parameter-tensors.ts';
import { outputOfBlock } from '../../../src/core/network/network-description.ts';
import { inputShapeOf, recipeForNetwork } from '../../../src/core/network/presets.ts';
import { describeNetwork, NETWORK_IDS, PUBLISHED_INPUT_SHAPE } from '../../../src/core/network/registry.ts';
import { DomainFailure } from '../../../src/core/result/failure.ts';

const mapSides = (id: string): number[] => describeNetwork(id).image!.blocks.map((block) => block.pooling!.outputSide);

describe('networks', () => {
  test('a network that does not exist is refused by name', () => {
    expect(() => describeNetwork('resnet')).toThrow(DomainFailure);
  });

  test('published pools with stride 1 and padding 1: maps 65, 34, 35, 36 and 86,412,290 parameters', () => {
    expect(mapSides('published')).toEqual([65, 34, 35, 36]);
    expect(describeNetwork('published').image!.flattened).toBe(331_776);
    expect(parameterCount(describeNetwork('published'))).toBe(86_412_290);
  });

  test('compact pools with stride 2 without padding: maps 32, 8, 4, 2 and 1,739,778 parameters', () => {
    expect(mapSides('compact')).toEqual([32, 8, 4, 2]);
    expect(describeNetwork('compact').image!.flattened).toBe(1024);
    expect(parameterCount(describeNetwork('compact'))).toBe(1_739_778);
  });

  test('the networks of one branch share it with compact', () => {
    const compact = describeNetwork('compact');
    expect(describeNetwork('cnn-only').image).toEqual(compact.image);
    expect(describeNetwork('cnn-only').features).toBeUndefined();
    expect(describeNetwork('ann-only').features).toEqual(compact.features);
    expect(describeNetwork('ann-only').image).toBeUndefined();
  });

  const oneChannel = { channels: 1, sidePix: 128, featureCount: 32 };
  test.each([
    // Parameters with one channel; sides of the maps after each block.
    ['becker-2021', 1_878_942, [32, 8, 4, 2]],
    ['alhassan-2018', 4_742_054, [64, 32, 16]],
    ['aniyan-thorat-2017', 3_010_146, [43, 15, 15, 15, 5]],
    ['lukic-2018', 2_135_666, [43, 8, 4]],
  ] as const)('%s has %i parameters with one channel, and maps of %j pixels', (id, parameters, sides) => {
    const network = describeNetwork(id, oneChannel);
    expect(parameterCount(network)).toBe(parameters);
    expect(network.image!.blocks.map((block) => outputOfBlock(block).sidePix)).toEqual(sides);
    expect(network.features).toBeUndefined();
  });

  // Counted at the paper's size by scripts/fixtures/make_networks.py as well, which writes the networks anew.
  test.each([
    ['compact', 1_739_778],
    ['published', 86_412_290],
    ['cnn-only', 1_649_154],
    ['ann-only', 94_978],
    ['multi-modal', 1_925_238],
    ['becker-2021', 1_878_942],
    ['alhassan-2018', 4_742_054],
    ['aniyan-thorat-2017', 3_010_146],
    ['lukic-2018', 2_135_666],
  ] as const)('%s has %i parameters with the inputs of its own recipe', (id, parameters) => {
    const recipe = recipeForNetwork(id);
    const shape = inputShapeOf(recipe, featureNamesOf(recipe.features).length);
    expect(parameterCount(describeNetwork(id, shape, recipe.variant))).toBe(parameters);
  });

  test('every network of the registry is counted', () => expect(NETWORK_IDS).toHaveLength(9));

  test('the feature layers may be 2 to 5 layers of 64 to 512 neurons, and nothing else changes', () => {
    for (const layers of [2, 3, 4, 5]) {
      for (const neurons of [64, 128, 256, 512]) {
        const featureLayers = { layers, neurons, dropout: 0.5 };
        const network = describeNetwork('multi-modal', PUBLISHED_INPUT_SHAPE, { featureLayers });
        expect(network.features!.dense.map(({ outputs }) => outputs)).toEqual(Array<number>(layers).fill(neurons));
        expect(network.image).toEqual(describeNetwork('multi-modal').image);
      }
    }
  });

  test('normalised layers have a scale and a shift in place of the bias; running averages are not counted', () => {
    const plain = parameterCount(describeNetwork('compact'));
    // Eleven convolutions with 1,184 filters in all, dense layers with 256 + 256 + 256 + 64 + 64 neurons; not the logits.
    const normalisedChannels = 1184 + 896;
    for (const normalisation of ['batch', 'layer'] as const) {
      const network = describeNetwork('compact', PUBLISHED_INPUT_SHAPE, { normalisation });
      expect(parameterCount(network)).toBe(plain + normalisedChannels);
    }
  });
});
