import { weighted } from './inference-graph.ts';
import { kernelAttributes } from './layer-attributes.ts';
import type { ConvolutionLayer, DenseLayer, PoolingLayer } from './network-description.ts';
import { normalisationOf, normaliseForTraining } from './normalisation.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { preciseConvolution } from './precise-convolution.ts';
import { windowPlaces } from './window-places.ts';
import { gradientOutput } from './training-names.ts';

/** A layer written into a graph: its output, and how to write its backward pass once the gradient by it is known. */
export interface LayerWithGradient {
  readonly output: Value;
  /** Writes the gradients by the layer's parameters and returns the gradient by its input ('' where not needed). */
  readonly backward: (gradient: Value) => Value;
}

/** The first layer of a branch has no layer before it: the gradient by its input would be computed for nothing. */
export interface LayerNeeds {
  readonly needsInputGradient: boolean;
}

interface ConvolutionNeeds extends LayerNeeds {
  /** Graphics devices have no float64. */
  readonly isForDevice: boolean;
}

/** Value returned where the gradient by the input was not asked for. */
const NOT_NEEDED: Value = '';

/** Passes a gradient where the rectified output is positive; at 0 the derivative is taken as 0, as PyTorch does. */
export function backThroughRectifier(graph: OnnxGraph, gradient: Value, output: Value): Value {
  const isPositive = graph.operator('Greater', [output, graph.scalar(0)]);
  return graph.operator('Where', [isPositive, gradient, graph.scalar(0)]);
}

/** y = x Wᵀ + b, normalised and rectified where the layer says so. dW = dyᵀ x, db = Σ dy, dx = dy W. */
export function dense(
  graph: OnnxGraph,
  input: Value,
  layer: DenseLayer,
  rowCount: number,
  needs: LayerNeeds,
): LayerWithGradient {
  const { name, isRectified } = layer;
  const linear = graph.operator('Gemm', weighted(input, layer), { transB: 1 });
  const shifted = normaliseOrShift(graph, linear, layer, rowCount);
  const output = isRectified ? graph.operator('Relu', [shifted.output]) : shifted.output;
  const backward = (incoming: Value): Value => {
    const gradient = shifted.backward(isRectified ? backThroughRectifier(graph, incoming, output) : incoming);
    graph.operator('Gemm', [gradient, input], { transA: 1 }, { output: gradientOutput(`${name}.weight`) });
    return needs.needsInputGradient ? graph.operator('MatMul', [gradient, `${name}.weight`]) : NOT_NEEDED;
  };
  return { output, backward };
}

/** A convolution, normalised where the layer says so, and ReLU. Before a batch normalisation it is the precise one. */
export function convolution(
  graph: OnnxGraph,
  input: Value,
  layer: ConvolutionLayer,
  rowCount: number,
  needs: ConvolutionNeeds,
): LayerWithGradient {
  const convolved =
    layer.normalisation === 'batch' && !needs.isForDevice
      ? preciseConvolution(graph, input, layer, rowCount)
      : graph.operator('Conv', weighted(input, layer), kernelAttributes(layer));
  const shifted = normaliseOrShift(graph, convolved, layer, rowCount);
  const output = graph.operator('Relu', [shifted.output]);
  const backward = (incoming: Value): Value => {
    const gradient = shifted.backward(backThroughRectifier(graph, incoming, output));
    writeKernelGradient(graph, input, gradient, layer, rowCount);
    return needs.needsInputGradient ? convolutionInputGradient(graph, gradient, layer) : NOT_NEEDED;
  };
  return { output, backward };
}

/** A layer's normalisation; without one its bias is already added, and only the gradient by it is to be written. */
function normaliseOrShift(
  graph: OnnxGraph,
  linear: Value,
  layer: ConvolutionLayer | DenseLayer,
  rowCount: number,
): LayerWithGradient {
  const normalisation = normalisationOf(layer);
  if (normalisation !== undefined) return normaliseForTraining(graph, linear, normalisation, rowCount);
  const overRowsAndPixels = 'kernelSide' in layer ? [0, 2, 3] : [0];
  const backward = (gradient: Value): Value => {
    const bias = { output: gradientOutput(`${layer.name}.bias`) };
    graph.operator('ReduceSum', [gradient, graph.integers(...overRowsAndPixels)], { keepdims: 0 }, bias);
    return gradient;
  };
  return { output: linear, backward };
}

/**
 * dW[o, c, i, j] = Σ over rows and output pixels of dy[o, y, x] · x[c, y·stride + i, x·stride + j] (x padded): one
 * matrix product per tap (i, j) of the kernel, over a strided slice of the input.
 */
function writeKernelGradient(
  graph: OnnxGraph,
  input: Value,
  gradient: Value,
  layer: ConvolutionLayer,
  rowCount: number,
): void {
  const { name, kernelSide, inputChannels, outputChannels, outputSide } = layer;
  const pixelsAt = windowPlaces(graph, input, layer);
  const pixelCount = outputSide * outputSide;
  const flatGradient = graph.operator('Reshape', [gradient, graph.integers(rowCount, outputChannels, pixelCount)]);
  const taps: Value[] = [];
  for (let i = 0; i < kernelSide; i++) {
    for (let j = 0; j < kernelSide; j++) {
      const flat = graph.operator('Reshape', [pixelsAt(i, j), graph.integers(rowCount, inputChannels, pixelCount)]);
      const pixelsFirst = graph.operator('Transpose', [flat], { perm: [0, 2, 1] });
      const perRow = graph.operator('MatMul', [flatGradient, pixelsFirst]);
      const tap = graph.operator('ReduceSum', [perRow, graph.integers(0)], { keepdims: 0 });
      taps.push(graph.operator('Unsqueeze', [tap, graph.integers(2)]));
    }
  }
  const joined = graph.operator('Concat', taps, { axis: 2 });
  const shape = graph.integers(outputChannels, inputChannels, kernelSide, kernelSide);
  graph.operator('Reshape', [joined, shape], {}, { output: gradientOutput(`${name}.weight`) });
}

/** Stride 1: convolution of dy with the kernels turned by 180° and their channels exchanged. Others: its transpose. */
function convolutionInputGradient(graph: OnnxGraph, gradient: Value, layer: ConvolutionLayer): Value {
  const { name, kernelSide, stride, padding, inputSide, outputSide } = layer;
  const { near, far } = padding;
  const kernel_shape = [kernelSide, kernelSide];
  if (stride === 1) {
    const turned = graph.operator('Slice', [
      `${name}.weight`,
      graph.integers(-1, -1),
      graph.integers(-kernelSide - 1, -kernelSide - 1),
      graph.integers(2, 3),
      graph.integers(-1, -1),
    ]);
    const exchanged = graph.operator('Transpose', [turned], { perm: [1, 0, 2, 3] });
    const [first, last] = [kernelSide - 1 - near, kernelSide - 1 - far];
    return graph.operator('Conv', [gradient, exchanged], { kernel_shape, pads: [first, first, last, last] });
  }
  // Pixels at the far edge that no kernel reached: their gradient is zero.
  const missing = inputSide + near + far - ((outputSide - 1) * stride + kernelSide);
  return graph.operator('ConvTranspose', [gradient, `${name}.weight`], {
    ...kernelAttributes(layer),
    output_padding: [missing, missing],
  });
}

/**
 * Maximum pooling. The gradient goes to the place of the maximum, the first in row-major order where several are equal
 * (as PyTorch does): flat sky makes ties common.
 */
export function maximumPooling(
  graph: OnnxGraph,
  input: Value,
  layer: PoolingLayer,
  rowCount: number,
  channels: number,
): LayerWithGradient {
  const { inputSide } = layer;
  const [output, places] = graph.operatorWithOutputs(2, 'MaxPool', [input], kernelAttributes(layer));
  const flat = graph.integers(-1);
  const backward = (gradient: Value): Value => {
    const size = graph.integers(rowCount * channels * inputSide * inputSide);
    const zeros = graph.operator('ConstantOfShape', [size]);
    const flatPlaces = graph.operator('Reshape', [places!, flat]);
    const flatGradient = graph.operator('Reshape', [gradient, flat]);
    const scattered = graph.operator('ScatterElements', [zeros, flatPlaces, flatGradient], {
      axis: 0,
      reduction: 'add',
    });
    return graph.operator('Reshape', [scattered, graph.integers(rowCount, channels, inputSide, inputSide)]);
  };
  return { output: output!, backward };
}

/** Sets a share of the values to zero and scales the others by 1 / (1 − share); the gradient takes the same mask. */
export function dropout(graph: OnnxGraph, input: Value, share: number, seed: number): LayerWithGradient {
  const [output, mask] = graph.operatorWithOutputs(2, 'Dropout', [input, graph.scalar(share), graph.truth(true)], {
    seed,
  });
  const backward = (gradient: Value): Value => {
    const scaled = graph.operator('Mul', [gradient, graph.scalar(1 / (1 - share))]);
    return graph.operator('Where', [mask!, scaled, graph.scalar(0)]);
  };
  return { output: output!, backward };
}
