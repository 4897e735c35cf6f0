import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frontOf } from '../../../src/core/network/graph-front.ts';
import { inferenceModel } from '../../../src/core/network/inference-graph.ts';
import { coverPatch, patchGrid } from '../../../src/core/network/patch-grid.ts';
import { inputShapeOf, recipeForNetwork } from '../../../src/core/network/presets.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import type { NetworkVariant } from '../../../src/core/network/recipe.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { openExplainingSession } from '../../../src/services/inference/explaining-session.ts';
import { networkSessionOf } from '../../../src/services/inference/onnx-session.ts';
import type { LoadedModel } from '../../../src/services/model-store/load-model.ts';
import { fixtureBatch, fixtureParameters } from '../../core/network/network-fixture.ts';

/** P(MC) may differ in float32's last bits: the rows stand in another batch. */
const TOLERANCE = 1e-6;
const FEATURE_NAMES = Array.from({ length: 32 }, (_, index) => `feature${index}`);
const GRID = patchGrid(128, 16, 4);
/** Corners, edges, and places within. */
const PATCHES = [0, 1, 28, 29, 420, 421, 433, 812, 840];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lobate-covered-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function modelOf(network: string, variant: NetworkVariant) {
  const recipe = { ...recipeForNetwork(network), variant };
  const shape = inputShapeOf(recipe, FEATURE_NAMES.length);
  const description = describeNetwork(network, shape, variant);
  return { recipe, shape, description, onnx: joinChunks(inferenceModel(description, fixtureParameters(description))) };
}

describe('a network cut behind its first pooling', () => {
  test('bytes that are no model are refused, and an empty file has no front', () => {
    expect(() => frontOf(Uint8Array.of(0x3a, 0x7f), describeNetwork('compact'))).toThrow(RangeError);
    expect(frontOf(new Uint8Array(0), describeNetwork('compact'))).toBeUndefined();
  });

  test('there is none where a layer looks at its whole map, where there is no image, or where the layers are others', () => {
    const { onnx, description } = modelOf('compact', { normalisation: 'layer' });
    expect(frontOf(onnx, description)).toBeUndefined();
    expect(frontOf(modelOf('ann-only', {}).onnx, describeNetwork('ann-only'))).toBeUndefined();
    expect(frontOf(modelOf('compact', {}).onnx, describeNetwork('alhassan-2018'))).toBeUndefined();
  });

  test('the front and the rest hold the weights of the whole, once', () => {
    const { onnx, description } = modelOf('compact', {});
    const { front, rest } = frontOf(onnx, description)!;
    const bytes = [...front, ...rest].reduce((sum, chunk) => sum + chunk.byteLength, 0);
    expect(Math.abs(bytes - onnx.byteLength)).toBeLessThan(4096);
  });

  test.each([
    ['compact', {}],
    ['compact', { normalisation: 'batch' }],
    ['compact', { normalisation: 'layer' }],
    ['cnn-only', {}],
    ['multi-modal', {}],
    ['becker-2021', {}],
    ['alhassan-2018', {}],
    ['aniyan-thorat-2017', {}],
    ['lukic-2018', {}],
  ] as const)(
    'a patch covered gives with %s %j what the whole image with the patch at 0 gives',
    async (network, variant: NetworkVariant) => {
      const { recipe, shape, onnx } = modelOf(network, variant);
      const onnxPath = join(folder, `${network}-${variant.normalisation ?? ''}.onnx`);
      writeFileSync(onnxPath, onnx);
      const loaded = { onnxPath, description: { recipe, featureNames: FEATURE_NAMES } };
      const session = await openExplainingSession(loaded as unknown as LoadedModel);
      const batch = fixtureBatch();
      const image = batch.images.slice(0, shape.channels * shape.sidePix ** 2);
      const features = batch.features.slice(0, shape.featureCount);
      const whole = await networkSessionOf(onnx, { recipe, featureNames: FEATURE_NAMES });
      const ask = await session.withCovered(image, features, GRID);
      const answers = await ask(PATCHES);
      expect(answers).toHaveLength(PATCHES.length);
      for (const [index, patch] of PATCHES.entries()) {
        const images = image.slice();
        coverPatch(images, shape.channels, shape.sidePix, GRID, patch);
        const [expected] = await whole.probabilities({ rowCount: 1, images, features });
        expect(Math.abs(answers[index]! - expected!)).toBeLessThan(TOLERANCE);
      }
      expect(new Set(answers).size).toBeGreaterThan(1);
      expect(await ask([])).toHaveLength(0);
      await session.close();
      await whole.close();
    },
  );
});

test('a patch is 16 rows of 16 pixels in every channel, and the second row of patches begins 4 pixels higher', () => {
  const image = new Float32Array(2 * 128 * 128).fill(1);
  coverPatch(image, 2, 128, GRID, 30);
  const covered = [...image.keys()].filter((pixel) => image[pixel] === 0);
  expect(covered).toHaveLength(2 * 16 * 16);
  expect(covered[0]).toBe(4 * 128 + 4);
  expect(covered.at(-1)).toBe(128 * 128 + 19 * 128 + 19);
});
