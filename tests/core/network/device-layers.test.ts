import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { dropoutByMask, poolingByPlaces } from '../../../src/core/network/device-layers.ts';
import { dropout, maximumPooling } from '../../../src/core/network/layer-gradients.ts';
import type { PoolingLayer } from '../../../src/core/network/network-description.ts';
import { OnnxGraph } from '../../../src/core/network/onnx-graph.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { randomStream } from '../../../src/core/random/philox.ts';

const ROWS = 2;
const CHANNELS = 3;
const random = randomStream(11);

async function outputOf(graph: OnnxGraph, value: string, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const session = await InferenceSession.create(joinChunks(graph.modelChunks()), { logSeverityLevel: 3 });
  const outputs = await session.run(feeds).finally(() => session.release());
  return outputs[value]!.data as Float32Array;
}

async function pooledGradient(pool: typeof maximumPooling, layer: PoolingLayer, pixels: Float32Array) {
  const { inputSide, outputSide } = layer;
  const [inputShape, outputShape] = [inputSide, outputSide].map((side) => [ROWS, CHANNELS, side, side]) as [
    number[],
    number[],
  ];
  const graph = new OnnxGraph();
  const { backward } = pool(graph, graph.input('x', inputShape), layer, ROWS, CHANNELS);
  const result = backward(graph.input('dy', outputShape));
  graph.output(result, inputShape);
  const count = ROWS * CHANNELS * outputSide * outputSide;
  const dy = Float32Array.from({ length: count }, (_, i) => i + 1);
  const feeds = { x: new Tensor('float32', pixels, inputShape), dy: new Tensor('float32', dy, outputShape) };
  return outputOf(graph, result, feeds);
}

const layer = (kernelSide: number, stride: number, near: number, far: number, inputSide: number): PoolingLayer => ({
  kernelSide,
  stride,
  padding: { near, far },
  inputSide,
  outputSide: Math.floor((inputSide + near + far - kernelSide) / stride) + 1,
});

describe('pooling for a graphics device', () => {
  test.each([
    ['2×2, stride 2, as in compact', layer(2, 2, 0, 0, 8)],
    ['2×2, stride 1, padding 1, as in published', layer(2, 1, 1, 1, 7)],
    ['3×3, stride 3, an edge that no window reaches', layer(3, 3, 0, 0, 8)],
    ['3×3, stride 2, windows that overlap', layer(3, 2, 1, 1, 9)],
  ])('%s: every gradient goes where the scattering graph sends it, ties included', async (_, pooling) => {
    const count = ROWS * CHANNELS * pooling.inputSide ** 2;
    // Five levels, 0 in every other pixel: most windows hold their maximum more than once.
    const tied = Float32Array.from({ length: count }, () => Math.max(0, random.integer(9) - 4));
    const smooth = Float32Array.from({ length: count }, () => random.normal());
    for (const pixels of [tied, smooth, new Float32Array(count)]) {
      const scattered = await pooledGradient(maximumPooling, pooling, pixels);
      expect(await pooledGradient(poolingByPlaces, pooling, pixels)).toEqual(scattered);
    }
  });
});

test('a dropout for a graphics device drops what that of the CPU drops for the same seed', async () => {
  const shape = [4, 50];
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: 200 }, () => random.normal()),
    shape,
  );
  const ones = new Tensor('float32', new Float32Array(200).fill(1), shape);
  const plain = new OnnxGraph();
  const expected = dropout(plain, plain.input('x', shape), 0.25, 77).output;
  plain.output(expected, shape);
  const masked = new OnnxGraph();
  const actual = dropoutByMask(masked, masked.input('x', shape), 0.25, 77, masked.input('ones', shape)).output;
  masked.output(actual, shape);
  const values = await outputOf(masked, actual, { x, ones });
  const reference = await outputOf(plain, expected, { x });
  values.forEach((value, i) => expect(Math.abs(value - reference[i]!)).toBeLessThan(1e-6));
  expect(values.filter((value) => value === 0).length).toBeGreaterThan(20);
});
