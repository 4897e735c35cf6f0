import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inferenceModel } from '../../../src/core/network/inference-graph.ts';
import { readOnnxModel } from '../../../src/core/network/onnx-reader.ts';
import { initialParameters } from '../../../src/core/network/parameters.ts';
import { joinChunks } from '../../../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../../../src/core/network/registry.ts';
import { parametersOf } from '../../../src/core/network/stored-parameters.ts';

const network = describeNetwork('ann-only');
const parameters = initialParameters(network, 3);
const file = joinChunks(inferenceModel(network, parameters));

describe('a file that is no ONNX model', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('SIMPLE  =                    T')],
    ['the first half of a model', file.subarray(0, file.length >> 1)],
  ])('%s is refused', (_, bytes) => {
    expect(() => readOnnxModel(bytes)).toThrow(RangeError);
  });

  test('whatever bytes are changed, it is read or refused, never worse', () => {
    const head = file.subarray(0, 4000);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(head.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Uint8Array.from(head);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          readOnnxModel(bytes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('a model that this program wrote', () => {
  const model = readOnnxModel(file);

  test('says its operators, inputs and outputs', () => {
    expect(model.opsets.get('')).toBe(18);
    expect(model.inputs).toEqual([{ name: 'features', dataType: 1, shape: [-1, 32] }]);
    expect(model.outputs).toEqual([{ name: 'probabilities', dataType: 1, shape: [-1, 2] }]);
    expect([...model.operators].sort()).toEqual([':Gemm', ':Relu', ':Softmax']);
    expect(model.externalPaths.size).toBe(0);
  });

  test('gives back every weight to the bit', () => {
    expect(parametersOf(network, model).flat).toEqual(parameters.flat);
  });

  test('is not taken for the weights of another network', () => {
    expect(() => parametersOf(describeNetwork('compact'), model)).toThrow('it has no weights');
    const wider = describeNetwork('multi-modal', { channels: 3, sidePix: 128, featureCount: 5 });
    expect(() => parametersOf(wider, model)).toThrow(RangeError);
  });
});
