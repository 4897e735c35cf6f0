import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tailBehindImages } from '../../../src/core/network/graph-tail.ts';
import { hiddenLayerOf } from '../../../src/core/network/hidden-layer.ts';
import { inferenceModel } from '../../../src/core/network/inference-graph.ts';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { openExplainingSession } from '../../../src/services/inference/explaining-session.ts';
import type { LoadedModel } from '../../../src/services/model-store/load-model.ts';
import { fixtureBatch, fixtureParameters } from '../../core/network/network-fixture.ts';

/** P(MC) may differ in float32's last bits: the rows stand in another batch. */
const TOLERANCE = 1e-6;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lobate-explaining-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modelBytes = (network: string): Uint8Array => {
  const description = describeNetwork(network);
  return joinChunks(inferenceModel(description, fixtureParameters(description)));
};

function sessionOf(network: string) {
  const onnxPath = join(folder, `${network}.onnx`);
  writeFileSync(onnxPath, modelBytes(network));
  const featureNames = Array.from({ length: 32 }, (_, index) => `feature${index}`);
  return openExplainingSession({
    onnxPath,
    description: { recipe: recipeForNetwork(network), featureNames },
  } as unknown as LoadedModel);
}

describe('a network cut where image and features meet', () => {
  test('bytes that are no model are refused, and an empty file has neither a tail nor a hidden layer', () => {
    expect(() => tailBehindImages(Uint8Array.of(0x3a, 0x7f))).toThrow(RangeError);
    expect(() => hiddenLayerOf(Uint8Array.of(0x3a, 0x7f))).toThrow(RangeError);
    expect(tailBehindImages(new Uint8Array(0))).toBeUndefined();
    expect(hiddenLayerOf(new Uint8Array(0))).toBeUndefined();
  });

  test.each(['cnn-only', 'ann-only'])('%s has one branch, so there is nothing to cut', (network) => {
    expect(tailBehindImages(modelBytes(network))).toBeUndefined();
  });

  test('the tail of compact holds the weights behind the image branch and no others', () => {
    const description = describeNetwork('compact');
    const { chunks } = tailBehindImages(modelBytes('compact'))!;
    const layers = [...(description.features?.dense ?? []), ...description.head];
    const weights = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    expect(bytes).toBeGreaterThan(4 * weights);
    expect(bytes).toBeLessThan(4 * weights + 4096);
  });

  test.each(['compact', 'cnn-only', 'ann-only'])(
    'one image with many feature rows gives with %s what the whole network gives row by row',
    async (network) => {
      const session = await sessionOf(network);
      const { images, features, rowCount } = fixtureBatch();
      const image = images.subarray(0, images.length / rowCount);
      const repeated = Float32Array.from(images, (_, at) => image[at % image.length]!);
      const expected = await session.probabilities({ rowCount, images: repeated, features });
      const answers = await session.withOneImage(image, features, rowCount);
      expect(answers).toHaveLength(rowCount);
      answers.forEach((answer, row) => expect(Math.abs(answer - expected[row]!)).toBeLessThan(TOLERANCE));
      expect(await session.withOneImage(image, new Float32Array(0), 0)).toHaveLength(0);
      await session.close();
    },
  );
});
