import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../../src/core/network/parameter-tensors.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
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
});
