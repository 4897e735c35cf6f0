import type { ConvolutionLayer, DenseLayer, PoolingLayer } from './network-description.ts';
import { KERNEL_SIDE } from './network-description.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
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

/** Value returned where the gradient by the input was not asked for. */
const NOT_NEEDED: Value = '';

/** Passes a gradient where the rectified output is positive; at 0 the derivative is taken as 0, as PyTorch does. */
export function backThroughRectifier(graph: OnnxGraph, gradient: Value, output: Value): Value {
  const isPositive = graph.operator('Greater', [output, graph.scalar(0)]);
  return graph.operator('Where', [isPositive, gradient, graph.scalar(0)]);
}

/** y = x Wᵀ + b, rectified where the layer says so. dW = dyᵀ x, db = Σ dy, dx = dy W. */
export function dense(graph: OnnxGraph, input: Value, layer: DenseLayer, needs: LayerNeeds): LayerWithGradient {
  const { name, isRectified } = layer;
  const linear = graph.operator('Gemm', [input, `${name}.weight`, `${name}.bias`], { transB: 1 });
  const output = isRectified ? graph.operator('Relu', [linear]) : linear;
  const backward = (incoming: Value): Value => {
    const gradient = isRectified ? backThroughRectifier(graph, incoming, output) : incoming;
    graph.operator('Gemm', [gradient, input], { transA: 1 }, { output: gradientOutput(`${name}.weight`) });
    const overRows = { output: gradientOutput(`${name}.bias`) };
    graph.operator('ReduceSum', [gradient, graph.integers(0)], { keepdims: 0 }, overRows);
    return needs.needsInputGradient ? graph.operator('MatMul', [gradient, `${name}.weight`]) : NOT_NEEDED;
  };
  return { output, backward };
}

/** A 3×3 convolution with padding 1 and ReLU. */
export function convolution(
  graph: OnnxGraph,
  input: Value,
  layer: ConvolutionLayer,
  rowCount: number,
  needs: LayerNeeds,
): LayerWithGradient {
  const { name, stride } = layer;
  const convolved = graph.operator('Conv', [input, `${name}.weight`, `${name}.bias`], {
    kernel_shape: [KERNEL_SIDE, KERNEL_SIDE],
    strides: [stride, stride],
    pads: [1, 1, 1, 1],
  });
  const output = graph.operator('Relu', [convolved]);
  const backward = (incoming: Value): Value => {
    const gradient = backThroughRectifier(graph, incoming, output);
    const overPixels = { output: gradientOutput(`${name}.bias`) };
    graph.operator('ReduceSum', [gradient, graph.integers(0, 2, 3)], { keepdims: 0 }, overPixels);
    writeKernelGradient(graph, input, gradient, layer, rowCount);
    return needs.needsInputGradient ? convolutionInputGradient(graph, gradient, layer) : NOT_NEEDED;
  };
  return { output, backward };
}

/**
 * dW[o, c, i, j] = Σ over rows and output pixels of dy[o, y, x] · x[c, y·stride + i, x·stride + j] (x padded by 1): one
 * matrix product per tap (i, j) of the kernel, over a strided slice of the input.
 */
function writeKernelGradient(
  graph: OnnxGraph,
  input: Value,
  gradient: Value,
  layer: ConvolutionLayer,
  rowCount: number,
): void {
  const { name, stride, inputChannels, outputChannels, inputSide, outputSide } = layer;
  const span = (outputSide - 1) * stride + 1;
  // Only as much padding at the far edge as the last tap reaches: none for an even map and stride 2.
  const farPadding = Math.max(0, span + KERNEL_SIDE - 1 - (inputSide + 1));
  const padded = graph.operator('Pad', [input, graph.integers(0, 0, 1, 1, 0, 0, farPadding, farPadding)]);
  const pixelCount = outputSide * outputSide;
  const flatGradient = graph.operator('Reshape', [gradient, graph.integers(rowCount, outputChannels, pixelCount)]);
  const taps: Value[] = [];
  for (let i = 0; i < KERNEL_SIDE; i++) {
    for (let j = 0; j < KERNEL_SIDE; j++) {
      const shifted = graph.operator('Slice', [
        padded,
        graph.integers(i, j),
        graph.integers(i + span, j + span),
        graph.integers(2, 3),
        graph.integers(stride, stride),
      ]);
      const flat = graph.operator('Reshape', [shifted, graph.integers(rowCount, inputChannels, pixelCount)]);
      const pixelsFirst = graph.operator('Transpose', [flat], { perm: [0, 2, 1] });
      const perRow = graph.operator('MatMul', [flatGradient, pixelsFirst]);
      const tap = graph.operator('ReduceSum', [perRow, graph.integers(0)], { keepdims: 0 });
      taps.push(graph.operator('Unsqueeze', [tap, graph.integers(2)]));
    }
  }
  const joined = graph.operator('Concat', taps, { axis: 2 });
  const shape = graph.integers(outputChannels, inputChannels, KERNEL_SIDE, KERNEL_SIDE);
  graph.operator('Reshape', [joined, shape], {}, { output: gradientOutput(`${name}.weight`) });
}

/** Stride 1: convolution of dy with the kernels turned by 180° and their channels exchanged. Stride 2: its transpose. */
function convolutionInputGradient(graph: OnnxGraph, gradient: Value, layer: ConvolutionLayer): Value {
  const { name, stride, inputSide, outputSide } = layer;
  const kernel_shape = [KERNEL_SIDE, KERNEL_SIDE];
  if (stride === 1) {
    const turned = graph.operator('Slice', [
      `${name}.weight`,
      graph.integers(-1, -1),
      graph.integers(-KERNEL_SIDE - 1, -KERNEL_SIDE - 1),
      graph.integers(2, 3),
      graph.integers(-1, -1),
    ]);
    const exchanged = graph.operator('Transpose', [turned], { perm: [1, 0, 2, 3] });
    return graph.operator('Conv', [gradient, exchanged], { kernel_shape, pads: [1, 1, 1, 1] });
  }
  const missing = inputSide - ((outputSide - 1) * stride + 1);
  return graph.operator('ConvTranspose', [gradient, `${name}.weight`], {
    kernel_shape,
    strides: [stride, stride],
    pads: [1, 1, 1, 1],
    output_padding: [missing, missing],
  });
}

/**
 * 2×2 maximum pooling. The gradient goes to the place of the maximum, the first in row-major order where several are
 * equal (as PyTorch does): flat sky makes ties common.
 */
export function maximumPooling(
  graph: OnnxGraph,
  input: Value,
  layer: PoolingLayer,
  rowCount: number,
  channels: number,
): LayerWithGradient {
  const { stride, padding, inputSide } = layer;
  const [output, places] = graph.operatorWithOutputs(2, 'MaxPool', [input], {
    kernel_shape: [2, 2],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
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
