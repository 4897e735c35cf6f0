import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { loadTensorFlow } from '../../../src/services/trainer/tensorflow/load-tensorflow.ts';

async function sentenceOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = domainErrorOf(
    await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
  expect(error).toMatchObject({ kind: 'argument-invalid', name: '--device' });
  return error && describeError(error);
}

const NEEDS = "it needs CUDA 11 and an NVIDIA card, on Linux or Windows; onnxruntime's CPU and WebGPU need nothing.";

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the optional TensorFlow', () => {
  test('that is not installed, as here, is refused with how to install it', async () => {
    expect(await sentenceOf(loadTensorFlow())).toBe(
      `--device: tensorflow is not installed; install it with \`npm install @tensorflow/tfjs-node-gpu\`: ${NEEDS}`,
    );
  });

  test('that is installed but does not load is refused with what it says', async () => {
    const load = () => Promise.reject(new Error('libcudart.so.11.0: cannot open shared object file.\n at Object'));
    expect(await sentenceOf(loadTensorFlow(load))).toBe(
      `--device: @tensorflow/tfjs-node-gpu does not load (libcudart.so.11.0: cannot open shared object file); ${NEEDS}`,
    );
  });

  test('that lacks a package of its own is not said to be absent itself', async () => {
    const says = "Cannot find module 'tar'\nRequire stack:\n- /x/@tensorflow/tfjs-node-gpu/dist/index.js";
    const missing = Object.assign(new Error(says), { code: 'MODULE_NOT_FOUND' });
    expect(await sentenceOf(loadTensorFlow(() => Promise.reject(missing)))).toContain(
      "does not load (Cannot find module 'tar')",
    );
  });

  test('that is another package than TensorFlow.js is refused', async () => {
    expect(await sentenceOf(loadTensorFlow(() => Promise.resolve({ default: {} })))).toContain('has not the functions');
  });

  test('finds the function that it asks of Node, and that Node has dropped', async () => {
    const asked: unknown[] = [];
    const load = () => {
      const util: unknown = createRequire(import.meta.url)('node:util');
      if (typeof util !== 'object' || util === null || !('isNullOrUndefined' in util)) expect.unreachable();
      const { isNullOrUndefined } = util;
      if (typeof isNullOrUndefined !== 'function') expect.unreachable();
      for (const value of [undefined, null, 0, 'float32']) asked.push(Reflect.apply(isNullOrUndefined, util, [value]));
      return Promise.resolve(tf);
    };
    await loadTensorFlow(load);
    expect(asked).toEqual([true, true, false, false]);
  });

  test.each([
    ['by name', tf],
    ['as its default, as Node gives CommonJS', { default: { ...tf } }],
  ])('is found where it is exported %s, and says what it computes on', async (_, exported) => {
    const loaded = await loadTensorFlow(() => Promise.resolve(exported));
    expect(loaded.computesOn).toBe('backend cpu, without a graphics card');
    expect(loaded.isOnGraphicsCard).toBe(false);
  });
});
