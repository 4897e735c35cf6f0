import type { OnnxGraph, Value } from './onnx-graph.ts';

/** How the windows of a convolution or pooling lie in their input. */
interface Windows {
  readonly kernelSide: number;
  readonly stride: number;
  readonly padding: { readonly near: number };
  readonly inputSide: number;
  readonly outputSide: number;
}

/**
 * The pixels that stand at place (i, j) of every window, shaped as the output: strided slices of the padded input.
 * @param outside value of the padding
 */
export function windowPlaces(
  graph: OnnxGraph,
  input: Value,
  { kernelSide, stride, padding: { near }, inputSide, outputSide }: Windows,
  outside = 0,
): (i: number, j: number) => Value {
  const span = (outputSide - 1) * stride + 1;
  // Only as much padding at the far edge as the last place reaches: none for an even map, stride 2 and a side of 3.
  const far = Math.max(0, span + kernelSide - 1 - (inputSide + near));
  const edges = graph.integers(0, 0, near, near, 0, 0, far, far);
  const padded = graph.operator('Pad', outside === 0 ? [input, edges] : [input, edges, graph.scalar(outside)]);
  return (i, j) =>
    graph.operator('Slice', [
      padded,
      graph.integers(i, j),
      graph.integers(i + span, j + span),
      graph.integers(2, 3),
      graph.integers(stride, stride),
    ]);
}
