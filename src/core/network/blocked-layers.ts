/**
 * Convolution layers in the blocked memory order of onnxruntime's own CPU kernels (NCHWc: channels in blocks of 8 or 16
 * beside each other), which train 1.5 to 2 times faster than the standard operators, since those reach the fast kernels
 * with constant weights only. The operator domain `com.microsoft.nchwc` is onnxruntime's own and undocumented, so these
 * graphs are used only after they were seen to agree with the portable ones on the machine at hand.
 */
import type { LayerNeeds, LayerWithGradient } from './layer-gradients.ts';
import type { ConvolutionLayer, PoolingLayer } from './network-description.ts';
import type { OnnxAttribute, OnnxGraph, Value } from './onnx-graph.ts';
import { gradientOutput } from './training-names.ts';

const BLOCKED_DOMAIN = { domain: 'com.microsoft.nchwc' };
const MICROSOFT_DOMAIN = { domain: 'com.microsoft' };
/** The only kernels these layers are written for; see allowsBlocks in training-branches.ts. */
export const KERNEL_SIDE = 3;
const AREA = KERNEL_SIDE * KERNEL_SIDE;
const NOT_NEEDED: Value = '';

/**
 * From this many output pixels on, the kernel gradient is one product per row of the batch, summed; below, one product
 * over all rows at once. Measured on 64×64 maps against 16×16 ones.
 */
const LARGE_MAP_PIXELS = 300;

/** Channels that lie beside each other in memory: a property of the CPU. */
export type BlockSize = 8 | 16;

/** A graph and what all its blocked layers share. */
export interface BlockedGraph {
  readonly graph: OnnxGraph;
  readonly rowCount: number;
  readonly blockSize: BlockSize;
}

/** To blocked order. */
export function toBlocked({ graph }: BlockedGraph, value: Value): Value {
  return graph.operator('ReorderInput', [value], {}, BLOCKED_DOMAIN);
}

/** Back to rows × channels × height × width. */
export function fromBlocked({ graph }: BlockedGraph, value: Value, channels: number): Value {
  return graph.operator('ReorderOutput', [value], { channels }, BLOCKED_DOMAIN);
}

/** Back to rows × height × width × channels. */
function channelsLast({ graph }: BlockedGraph, value: Value, channels: number): Value {
  return graph.operator('ReorderOutput', [value], { channels, channels_last: 1 }, BLOCKED_DOMAIN);
}

const reshape = (graph: OnnxGraph, value: Value, ...shape: number[]): Value =>
  graph.operator('Reshape', [value, graph.integers(...shape)]);
const transpose = (graph: OnnxGraph, value: Value, ...perm: number[]): Value =>
  graph.operator('Transpose', [value], { perm });
/** 1 where a condition holds, else 0, as floats: multiplying by it is faster than choosing. */
const maskOf = (graph: OnnxGraph, condition: 'Greater' | 'Equal', a: Value, b: Value): Value =>
  graph.cast(graph.operator(condition, [a, b]), 'float32');

export function maskWherePositive(graph: OnnxGraph, gradient: Value, value: Value): Value {
  return graph.operator('Mul', [gradient, maskOf(graph, 'Greater', value, graph.scalar(0))]);
}

const convolutionAttributes = (stride: number): Record<string, OnnxAttribute> => ({
  kernel_shape: [KERNEL_SIDE, KERNEL_SIDE],
  strides: [stride, stride],
  pads: [1, 1, 1, 1],
  dilations: [1, 1],
  group: 1,
});

export interface BlockedConvolutionNeeds extends LayerNeeds {
  /** True where the gradient that comes back has already passed this layer's ReLU (by the pooling after it). */
  readonly isMasked: boolean;
}

/**
 * A 3×3 convolution with padding 1 and ReLU. The input of the first layer (fewer channels than a block) is in standard
 * order; otherwise input, output and gradients are blocked.
 */
export function blockedConvolution(
  blocked: BlockedGraph,
  input: Value,
  layer: ConvolutionLayer,
  needs: BlockedConvolutionNeeds,
): LayerWithGradient {
  const { graph, rowCount, blockSize } = blocked;
  const { name, stride, inputChannels: ci, outputChannels: co, outputSide } = layer;
  const isFirst = ci < blockSize;
  const weight = `${name}.weight`;
  // [o, i, 3, 3] → [o/B][i/B][9][i in block][o in block], or [o/B][i][9][o in block] for the first layer.
  const blockedWeights = isFirst
    ? transpose(graph, reshape(graph, weight, co / blockSize, blockSize, ci * AREA), 0, 2, 1)
    : transpose(
        graph,
        reshape(graph, weight, co / blockSize, blockSize, ci / blockSize, blockSize, AREA),
        0,
        2,
        4,
        3,
        1,
      );
  const kernel = reshape(graph, blockedWeights, co, ci, KERNEL_SIDE, KERNEL_SIDE);
  const attributes = { ...convolutionAttributes(stride), activation: 'Relu' };
  const output = graph.operator('Conv', [input, kernel, `${name}.bias`], attributes, BLOCKED_DOMAIN);

  const backward = (incoming: Value): Value => {
    const gradient = needs.isMasked ? incoming : maskWherePositive(graph, incoming, output);
    const mean = graph.operator('GlobalAveragePool', [gradient], {}, BLOCKED_DOMAIN);
    const sum = graph.operator('Mul', [reshape(graph, mean, rowCount, co), graph.scalar(outputSide * outputSide)]);
    const overRows = { output: gradientOutput(`${name}.bias`) };
    graph.operator('ReduceSum', [sum, graph.integers(0)], { keepdims: 0 }, overRows);
    writeBlockedKernelGradient(blocked, input, gradient, layer, isFirst);
    if (!needs.needsInputGradient) return NOT_NEEDED;
    return stride === 1
      ? stride1InputGradient(blocked, gradient, blockedWeights, layer)
      : strideInputGradient(blocked, gradient, layer);
  };
  return { output, backward };
}

/** Convolution of dy with the kernels turned by 180° and their channels exchanged, both within blocks and between. */
function stride1InputGradient(
  { graph }: BlockedGraph,
  gradient: Value,
  blockedWeights: Value,
  { inputChannels, outputChannels }: ConvolutionLayer,
): Value {
  const turned = graph.operator('Gather', [blockedWeights, graph.integers(8, 7, 6, 5, 4, 3, 2, 1, 0)], { axis: 2 });
  const exchanged = transpose(graph, turned, 1, 0, 2, 4, 3);
  const kernel = reshape(graph, exchanged, inputChannels, outputChannels, KERNEL_SIDE, KERNEL_SIDE);
  return graph.operator('Conv', [gradient, kernel], convolutionAttributes(1), BLOCKED_DOMAIN);
}

/** There is no blocked transpose of a strided convolution: through standard order and back. */
function strideInputGradient(blocked: BlockedGraph, gradient: Value, layer: ConvolutionLayer): Value {
  const { name, stride, inputSide, outputSide, outputChannels } = layer;
  const missing = inputSide - ((outputSide - 1) * stride + 1);
  const standard = fromBlocked(blocked, gradient, outputChannels);
  const spread = blocked.graph.operator('ConvTranspose', [standard, `${name}.weight`], {
    kernel_shape: [KERNEL_SIDE, KERNEL_SIDE],
    strides: [stride, stride],
    pads: [1, 1, 1, 1],
    output_padding: [missing, missing],
  });
  return toBlocked(blocked, spread);
}

function writeBlockedKernelGradient(
  blocked: BlockedGraph,
  input: Value,
  gradient: Value,
  layer: ConvolutionLayer,
  isFirst: boolean,
): void {
  const { stride, outputSide } = layer;
  const isLarge = outputSide * outputSide >= LARGE_MAP_PIXELS;
  if (stride === 1 && isLarge) writeByRowAndColumnTaps(blocked, input, gradient, layer);
  else writeByGatheredTaps(blocked, input, gradient, layer, isFirst, isLarge);
}

/**
 * Large maps: the three row taps are copies of the input, the three column taps copies of the gradient, so that one
 * product per row of the batch gives all nine taps from six copies instead of nine.
 */
function writeByRowAndColumnTaps(
  blocked: BlockedGraph,
  input: Value,
  gradient: Value,
  { name, inputChannels: ci, outputChannels: co, outputSide: side }: ConvolutionLayer,
): void {
  const { graph, rowCount } = blocked;
  const width = side + 2;
  const standard = fromBlocked(blocked, input, ci);
  const padded = graph.operator('Pad', [standard, graph.integers(0, 0, 1, 1, 0, 0, 1, 1)]);
  const rows: number[] = [];
  for (let i = 0; i < KERNEL_SIDE; i++) for (let y = 0; y < side; y++) rows.push(y + i);
  const rowTaps = graph.operator('Gather', [reshape(graph, padded, rowCount, ci, width, width), graph.indices(rows)], {
    axis: 2,
  });
  const left = reshape(graph, rowTaps, rowCount, KERNEL_SIDE * ci, side * width);

  const lastChannels = channelsLast(blocked, gradient, co);
  const widened = graph.operator('Pad', [lastChannels, graph.integers(0, 0, 0, 0, 0, 0, 2, 0)]);
  const columns: number[] = [];
  for (let q = 0; q < side * width; q++) {
    // A negative index is the last pixel of the widened map, which is zero.
    for (let j = 0; j < KERNEL_SIDE; j++) columns.push(q - j);
  }
  const columnTaps = graph.operator(
    'Gather',
    [reshape(graph, widened, rowCount, side * width, co), graph.indices(columns)],
    { axis: 1 },
  );
  const right = reshape(graph, columnTaps, rowCount, side * width, KERNEL_SIDE * co);
  const perRow = graph.operator('MatMul', [left, right]);
  const summed = graph.operator('ReduceSum', [perRow, graph.integers(0)], { keepdims: 0 });
  const shaped = reshape(graph, summed, ci, KERNEL_SIDE, KERNEL_SIDE, co);
  const output = { output: gradientOutput(`${name}.weight`) };
  graph.operator('Transpose', [shaped], { perm: [3, 0, 1, 2] }, output);
}

/** Other maps: the nine taps gathered from the padded input with its channels last, then a product with the gradient. */
function writeByGatheredTaps(
  blocked: BlockedGraph,
  input: Value,
  gradient: Value,
  layer: ConvolutionLayer,
  isFirst: boolean,
  isLarge: boolean,
): void {
  const { graph, rowCount } = blocked;
  const { name, stride, inputChannels: ci, outputChannels: co, inputSide, outputSide } = layer;
  const pixels = outputSide * outputSide;
  const farPadding = Math.max(0, (outputSide - 1) * stride + KERNEL_SIDE - (inputSide + 1));
  const width = inputSide + 1 + farPadding;
  const taps: number[] = [];
  for (let y = 0; y < outputSide; y++) {
    for (let x = 0; x < outputSide; x++) {
      for (let i = 0; i < KERNEL_SIDE; i++) {
        for (let j = 0; j < KERNEL_SIDE; j++) taps.push((y * stride + i) * width + x * stride + j);
      }
    }
  }
  const lastChannels = isFirst ? transpose(graph, input, 0, 2, 3, 1) : channelsLast(blocked, input, ci);
  const padded = graph.operator('Pad', [lastChannels, graph.integers(0, 1, 1, 0, 0, farPadding, farPadding, 0)]);
  const gathered = graph.operator(
    'Gather',
    [reshape(graph, padded, rowCount, width * width, ci), graph.indices(taps)],
    {
      axis: 1,
    },
  );
  const gradientLast = channelsLast(blocked, gradient, co);
  const output = { output: gradientOutput(`${name}.weight`) };
  if (isLarge) {
    const perRow = graph.operator(
      'FusedMatMul',
      [reshape(graph, gathered, rowCount, pixels, AREA * ci), reshape(graph, gradientLast, rowCount, pixels, co)],
      { transA: 1 },
      MICROSOFT_DOMAIN,
    );
    const summed = graph.operator('ReduceSum', [perRow, graph.integers(0)], { keepdims: 0 });
    const exchanged = transpose(graph, reshape(graph, summed, AREA, ci, co), 2, 1, 0);
    graph.operator('Reshape', [exchanged, graph.integers(co, ci, KERNEL_SIDE, KERNEL_SIDE)], {}, output);
    return;
  }
  const product = graph.operator(
    'Gemm',
    [reshape(graph, gradientLast, rowCount * pixels, co), reshape(graph, gathered, rowCount * pixels, AREA * ci)],
    { transA: 1 },
  );
  const exchanged = transpose(graph, reshape(graph, product, co, AREA, ci), 0, 2, 1);
  graph.operator('Reshape', [exchanged, graph.integers(co, ci, KERNEL_SIDE, KERNEL_SIDE)], {}, output);
}

/**
 * 2×2 maximum pooling with stride 2 of an even map. The gradient passes the ReLU of the convolution before it (the
 * maximum is positive or the whole window is zero) and then goes to the first maximum in row-major order.
 */
export function blockedPooling(
  { graph, rowCount, blockSize }: BlockedGraph,
  input: Value,
  { outputSide: side, inputSide }: PoolingLayer,
  channels: number,
): LayerWithGradient {
  const attributes = { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0] };
  const output = graph.operator('MaxPool', [input], attributes, BLOCKED_DOMAIN);
  const planes = (rowCount * channels) / blockSize;
  const backward = (incoming: Value): Value => {
    const masked = maskWherePositive(graph, incoming, output);
    const halves = (value: Value, axis: number): Value[] =>
      graph.operatorWithOutputs(2, 'Split', [value, graph.integers(1, 1)], { axis });
    const paired = reshape(graph, input, planes, side, 2, side, 2, blockSize);
    const quarters = halves(paired, 2)
      .flatMap((half) => halves(half, 4))
      .map((quarter) => reshape(graph, quarter, planes, side, side, blockSize));
    const maximum = reshape(graph, output, planes, side, side, blockSize);
    let rest = reshape(graph, masked, planes, side, side, blockSize);
    const parts: Value[] = [];
    for (const quarter of quarters.slice(0, 3)) {
      const part = graph.operator('Mul', [rest, maskOf(graph, 'Equal', quarter, maximum)]);
      parts.push(part);
      rest = graph.operator('Sub', [rest, part]);
    }
    parts.push(rest);
    const spread = parts.map((part) => reshape(graph, part, planes, side, 1, side, 1, blockSize));
    const rows = [spread.slice(0, 2), spread.slice(2)].map((pair) => graph.operator('Concat', pair, { axis: 4 }));
    const joined = graph.operator('Concat', rows, { axis: 2 });
    return reshape(graph, joined, rowCount, channels, inputSide, inputSide);
  };
  return { output, backward };
}
