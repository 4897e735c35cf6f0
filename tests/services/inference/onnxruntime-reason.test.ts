import { expect, test } from 'vitest';
import { onnxruntimeReason } from '../../../src/services/inference/onnxruntime-reason.ts';

test('that there is no graphics card is said in plain words', () => {
  const message =
    '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::' +
    'Initialize(const Config&)::<lambda()> status == wgpu::RequestAdapterStatus::Success was false. Failed to get a ' +
    'WebGPU adapter: No supported adapters.\nStacktrace:';
  expect(onnxruntimeReason(message)).toBe('there is no graphics card that it can use');
});

test('what a check of onnxruntime says is told without the place in its sources', () => {
  expect(
    onnxruntimeReason('/onnxruntime_src/a.cc:136 f() status == ok was false. The device was lost.\nStacktrace:'),
  ).toBe('The device was lost.');
});

test('an error that names its code is told without the code, and any other as it is', () => {
  expect(onnxruntimeReason('[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Protobuf parsing failed.')).toBe(
    'Protobuf parsing failed.',
  );
  expect(onnxruntimeReason('no such file')).toBe('no such file');
});
