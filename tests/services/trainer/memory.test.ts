import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { OnnxGraph } from '../../../src/core/network/onnx-graph.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { orOutOfMemory } from '../../../src/services/trainer/memory.ts';

const STEP = 'a training step of 4096 rows of network published';

const sentenceOf = async (action: () => Promise<unknown>): Promise<string> => {
  const thrown: unknown = await orOutOfMemory(STEP, action).catch((error: unknown) => error);
  const error = domainErrorOf(thrown);
  return error === undefined ? `passed through: ${String(thrown)}` : describeError(error);
};

test('what onnxruntime says when memory is at its end becomes a sentence with the step and a remedy', async () => {
  // A tensor of 4 × 10¹⁵ bytes, which no machine has.
  const graph = new OnnxGraph();
  const input = graph.input('x', [1]);
  graph.operator('Expand', [input, graph.integers(1_000_000, 1_000_000, 1000)], {}, { output: 'y' });
  graph.output('y', ['a', 'b', 'c']);
  const settings: InferenceSession.SessionOptions = { logSeverityLevel: 4 };
  const session = await InferenceSession.create(Buffer.from(joinChunks(graph.modelChunks())), settings);
  const sentence = await sentenceOf(() => session.run({ x: new Tensor('float32', Float32Array.of(1), [1]) }));
  expect(sentence).toContain(STEP);
  expect(sentence).toMatch(/memory/);
  await session.release();
});

test('so does what V8 says; any other failure stays what it is', async () => {
  expect(await sentenceOf(() => Promise.resolve(new Float32Array(2 ** 40)))).toContain(STEP);
  expect(await sentenceOf(() => Promise.reject(new TypeError('x is not a function')))).toMatch(
    /passed through: TypeError/,
  );
});
