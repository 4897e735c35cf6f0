import { expect, test } from 'vitest';
import { onnxruntimeReason } from '../../../src/services/inference/onnxruntime-reason.ts';

test('what a check of onnxruntime says is told without the place in its sources', () => {
  const message =
    '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::' +
    'Initialize(const Config&)::<lambda()> status == wgpu::RequestAdapterStatus::Success was false. Failed to get a ' +
    'WebGPU adapter: No supported adapters.\nStacktrace:';
  expect(onnxruntimeReason(message)).toBe('Failed to get a WebGPU adapter: No supported adapters.');
});

test('an error that names its code is told without the code, and any other as it is', () => {
  expect(onnxruntimeReason('[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Protobuf parsing failed.')).toBe(
    'Protobuf parsing failed.',
  );
  expect(onnxruntimeReason('no such file')).toBe('no such file');
});
