import { PROBABILITIES_OUTPUT } from './inference-graph.ts';
import type { GraphNode } from './onnx-nodes.ts';
import { graphOf, nodesOf } from './onnx-nodes.ts';

/**
 * Name of the last hidden layer of a classifier's ONNX file: what its last dense layer, whose logits the softmax takes,
 * is computed from. A model file only has the probabilities as an output.
 * @returns undefined where the file does not end as our networks do
 * @throws RangeError for bytes that are no model
 */
export function hiddenLayerOf(onnx: Uint8Array): string | undefined {
  const graph = graphOf(onnx);
  if (graph === undefined) return undefined;
  const makerOf = new Map<string, GraphNode>();
  for (const node of nodesOf(graph)) for (const output of node.outputs) makerOf.set(output, node);
  const logits = makerOf.get(PROBABILITIES_OUTPUT)?.inputs[0];
  const value = logits === undefined ? undefined : makerOf.get(logits)?.inputs[0];
  return value === undefined || !makerOf.has(value) ? undefined : value;
}
