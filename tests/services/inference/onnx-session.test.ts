import { describe, expect, test } from 'vitest';
import { inferenceModel } from '../../../src/core/network/inference-graph.ts';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { networkSessionOf } from '../../../src/services/inference/onnx-session.ts';
import { fixtureBatch, fixtureParameters, networkFixture } from '../../core/network/network-fixture.ts';

const featureNames = Array.from({ length: 32 }, (_, index) => `feature${index}`);

async function sessionOf(network: string) {
  const description = describeNetwork(network);
  const model = joinChunks(inferenceModel(description, fixtureParameters(description)));
  return networkSessionOf(model, { recipe: recipeForNetwork(network), featureNames });
}

describe('inference', () => {
  test('a batch whose images are cut short is refused', async () => {
    const session = await sessionOf('compact');
    const batch = fixtureBatch();
    await expect(session.probabilities({ ...batch, images: batch.images.subarray(1) })).rejects.toThrow(RangeError);
    await session.close();
  });

  test.each(['compact', 'published'] as const)(
    'P(MC) of %s at full size is that of PyTorch in float64 to 1e-5',
    async (network) => {
      const session = await sessionOf(network);
      const probabilities = await session.probabilities(fixtureBatch());
      await session.close();
      networkFixture[network].probabilities.forEach((expected, row) =>
        expect(Math.abs(probabilities[row]! - expected)).toBeLessThan(1e-5),
      );
    },
    // 86 million seeded weights take ten seconds on a quiet machine.
    300_000,
  );

  test('the same batch gives the same numbers, and an empty one none', async () => {
    const session = await sessionOf('compact');
    const first = await session.probabilities(fixtureBatch());
    expect(await session.probabilities(fixtureBatch())).toEqual(first);
    const none = { rowCount: 0, images: new Float32Array(0), features: new Float32Array(0) };
    expect(await session.probabilities(none)).toHaveLength(0);
    await session.close();
  });

  test.each(['cnn-only', 'ann-only'])('%s takes the same batch and looks at its own part', async (network) => {
    const session = await sessionOf(network);
    const probabilities = await session.probabilities(fixtureBatch());
    expect(probabilities.every((p) => p > 0 && p < 1)).toBe(true);
    await session.close();
  });
});
