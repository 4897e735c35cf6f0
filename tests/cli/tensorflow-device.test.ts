import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDevice, parseTrainingDevice } from '../../src/cli/arguments.ts';
import { tensorFlowDevice } from '../../src/cli/tensorflow-device.ts';
import type { TensorFlow } from '../../src/services/trainer/tensorflow/tensorflow-network.ts';

async function deviceBy(of: TensorFlow) {
  const notes: string[] = [];
  const load = () => Promise.resolve({ tf: of, computesOn: 'backend cpu', isOnGraphicsCard: false });
  return { device: await tensorFlowDevice({ note: (line) => notes.push(line) }, load), notes };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('--device tensorflow', () => {
  test('names that are no device are refused, and TensorFlow where it is not a training', () => {
    expect(() => parseDevice('tensorflow')).toThrow('give one of auto, cpu, webgpu, cuda, coreml, dml');
    expect(() => parseTrainingDevice('tpu')).toThrow('give one of auto, cpu, webgpu, cuda, coreml, dml, tensorflow');
    expect(parseTrainingDevice('tensorflow')).toBe('tensorflow');
    expect(parseTrainingDevice('webgpu')).toBe('webgpu');
  });

  test('a TensorFlow whose pooling is a little wrong does not train: the CPU does, and a note says why', async () => {
    // One part in a thousand, ten times the tolerance.
    const wrong: TensorFlow = { ...tf, maxPool: (...given) => tf.mul(tf.maxPool(...given), 1.001) };
    const { device, notes } = await deviceBy(wrong);
    expect(device.provider).toBe('cpu');
    expect(notes).toEqual([
      expect.stringMatching(/^TensorFlow is not used: its numbers differ from the CPU's by up to \S+ \(.*\)\. The CPU/),
    ]);
  });

  test('a TensorFlow that throws does not train: the CPU does, and a note says why', async () => {
    const lost: TensorFlow = {
      ...tf,
      conv2d: () => {
        throw new Error('no kernel image is available.');
      },
    };
    const { device, notes } = await deviceBy(lost);
    expect(device.provider).toBe('cpu');
    expect(notes).toEqual(['TensorFlow is not used: no kernel image is available. The CPU is used instead.']);
  });

  test('one that computes as the CPU trains, and a note says what it computes on', async () => {
    const { device, notes } = await deviceBy(tf);
    expect(device.provider).toBe('tensorflow');
    expect(device.adapter).toMatch(/^backend cpu, ./);
    expect(notes).toEqual([`Device: TensorFlow (${device.adapter})`]);
  });
});
