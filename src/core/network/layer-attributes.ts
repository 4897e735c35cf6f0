import type { ConvolutionLayer, PoolingLayer } from './network-description.ts';
import type { OnnxAttribute } from './onnx-graph.ts';

/** Attributes of the ONNX operators Conv and MaxPool. */
export function kernelAttributes({
  kernelSide,
  stride,
  padding: { near, far },
}: ConvolutionLayer | PoolingLayer): Record<string, OnnxAttribute> {
  return { kernel_shape: [kernelSide, kernelSide], strides: [stride, stride], pads: [near, near, far, far] };
}
