import type { ConvolutionLayer } from './network-description.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { windowPlaces } from './window-places.ts';

/**
 * A convolution whose products are summed in float64 and rounded once: onnxruntime's own Conv knows float32 alone, and the
 * divisions of batch normalisation carry the rounding of its sums through all layers behind it
 * (docs/science/float32.md). One matrix product per tap (i, j) of the kernel:
 * y[o, p] = Σ_ij Σ_c W[o, c, i, j] · x[c, p·stride + (i, j)] (x padded). No bias.
 */
export function preciseConvolution(graph: OnnxGraph, input: Value, layer: ConvolutionLayer, rowCount: number): Value {
  const { name, kernelSide, inputChannels, outputChannels, outputSide } = layer;
  const kernels = graph.cast(`${name}.weight`, 'float64');
  const pixelsAt = windowPlaces(graph, graph.cast(input, 'float64'), layer);
  const flatPixels = graph.integers(rowCount, inputChannels, outputSide * outputSide);
  let sum: Value | undefined;
  for (let i = 0; i < kernelSide; i++) {
    for (let j = 0; j < kernelSide; j++) {
      const place = [graph.integers(i, j), graph.integers(i + 1, j + 1), graph.integers(2, 3)];
      const kernel = graph.operator('Slice', [kernels, ...place]);
      const tap = graph.operator('MatMul', [
        graph.operator('Reshape', [kernel, graph.integers(outputChannels, inputChannels)]),
        graph.operator('Reshape', [pixelsAt(i, j), flatPixels]),
      ]);
      sum = sum === undefined ? tap : graph.operator('Add', [sum, tap]);
    }
  }
  const maps = graph.integers(rowCount, outputChannels, outputSide, outputSide);
  return graph.cast(graph.operator('Reshape', [sum!, maps]), 'float32');
}
