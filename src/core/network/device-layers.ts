/**
 * Pooling and dropout for training graphs that run on a graphics device. onnxruntime's WebGPU has neither the places of
 * the maxima, to which the standard graph scatters gradients, nor a dropout in training; what falls back to the CPU there
 * is copied from the device and back in the midst of a step.
 */
import { kernelAttributes } from './layer-attributes.ts';
import type { LayerWithGradient } from './layer-gradients.ts';
import type { PoolingLayer } from './network-description.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { windowPlaces } from './window-places.ts';

/** Below every pixel: the edge of a map never holds a maximum. Finite, since shaders need not know infinities. */
const LOWEST = -3e38;

/**
 * Maximum pooling as `maximumPooling` in layer-gradients.ts: the gradient goes to the first maximum of each window in
 * row-major order. Window place by window place, the gradient that is still to be given away is given where the pixel
 * there equals the maximum, and what was given is spread back over the map.
 */
export function poolingByPlaces(
  graph: OnnxGraph,
  input: Value,
  layer: PoolingLayer,
  rowCount: number,
  channels: number,
): LayerWithGradient {
  const { kernelSide, padding, inputSide } = layer;
  const { near } = padding;
  const output = graph.operator('MaxPool', [input], kernelAttributes(layer));

  const backward = (gradient: Value): Value => {
    const pixelsAt = windowPlaces(graph, input, layer, LOWEST);
    let rest = gradient;
    let sum: Value | undefined;
    for (let i = 0; i < kernelSide; i++) {
      for (let j = 0; j < kernelSide; j++) {
        const isMaximum = graph.cast(graph.operator('Equal', [pixelsAt(i, j), output]), 'float32');
        const given = graph.operator('Mul', [rest, isMaximum]);
        rest = graph.operator('Sub', [rest, given]);
        const placed = spread(graph, given, layer, rowCount * channels, i, j);
        sum = sum === undefined ? placed : graph.operator('Add', [sum, placed]);
      }
    }
    const inside = graph.operator('Slice', [
      sum!,
      graph.integers(near, near),
      graph.integers(near + inputSide, near + inputSide),
      graph.integers(1, 2),
    ]);
    return graph.operator('Reshape', [inside, graph.integers(rowCount, channels, inputSide, inputSide)]);
  };
  return { output, backward };
}

/** Values of all windows at place (i, j), put at their pixels of a map that reaches past the last window. */
function spread(
  graph: OnnxGraph,
  values: Value,
  { kernelSide, stride, padding, inputSide, outputSide }: PoolingLayer,
  planes: number,
  i: number,
  j: number,
): Value {
  const side = outputSide * stride;
  const whole = Math.max(padding.near + inputSide, side + kernelSide - 1);
  const apart = graph.operator('Reshape', [values, graph.integers(planes, outputSide, 1, outputSide, 1)]);
  const spaced = graph.operator('Pad', [apart, graph.integers(0, 0, 0, 0, 0, 0, 0, stride - 1, 0, stride - 1)]);
  const joined = graph.operator('Reshape', [spaced, graph.integers(planes, side, side)]);
  return graph.operator('Pad', [joined, graph.integers(0, i, j, 0, whole - side - i, whole - side - j)]);
}

/**
 * Dropout as in layer-gradients.ts, with the very masks of that one: they are drawn on the CPU, which waits for nothing
 * on the device. Over ones that are fed with each step, since onnxruntime draws over a constant once and for all.
 */
export function dropoutByMask(
  graph: OnnxGraph,
  input: Value,
  share: number,
  seed: number,
  ones: Value,
): LayerWithGradient {
  const mask = graph.operator('Dropout', [ones, graph.scalar(share), graph.truth(true)], { seed });
  const apply = (value: Value): Value => graph.operator('Mul', [value, mask]);
  return { output: apply(input), backward: apply };
}
