import { graphPart } from './graph-part.ts';
import { FEATURES_INPUT, IMAGES_INPUT, PROBABILITIES_OUTPUT } from './inference-graph.ts';
import type { GraphNode } from './onnx-nodes.ts';
import { graphOf, nodesOf } from './onnx-nodes.ts';

/** A fusing network behind its image branch. */
export interface GraphTail {
  /** What the image branch makes of an image: a value inside the whole model, an input of the tail. */
  readonly imageCode: string;
  /** The model of the tail: inputs `imageCode` and `features`, output `probabilities`. Weights by reference. */
  readonly chunks: readonly Uint8Array[];
}

/**
 * Cuts a model where image and features meet. Whoever asks about many feature values with one image computes the image
 * branch, which is nearly all of the work, once.
 * @returns undefined where the model has no two branches that meet in one place
 * @throws RangeError for bytes that are no model
 */
export function tailBehindImages(onnx: Uint8Array): GraphTail | undefined {
  const graph = graphOf(onnx);
  const nodes = graph === undefined ? [] : nodesOf(graph);
  const ofImages = valuesBehind(nodes, IMAGES_INPUT);
  const ofFeatures = valuesBehind(nodes, FEATURES_INPUT);
  // The tail is everything that the features reach, and it may see of the image one value only.
  const tail = nodes.filter(({ outputs }) => outputs.some((output) => ofFeatures.has(output)));
  const seen = new Set(
    tail.flatMap(({ inputs }) => inputs.filter((input) => ofImages.has(input) && !ofFeatures.has(input))),
  );
  const [imageCode] = seen;
  if (imageCode === undefined || seen.size > 1 || imageCode === IMAGES_INPUT) return undefined;
  return { imageCode, chunks: graphPart(onnx, [imageCode, FEATURES_INPUT], [PROBABILITIES_OUTPUT]) };
}

/** Names of the values that are computed from an input, itself among them. */
function valuesBehind(nodes: readonly GraphNode[], input: string): ReadonlySet<string> {
  const values = new Set([input]);
  for (const { inputs, outputs } of nodes) {
    if (inputs.some((name) => values.has(name))) for (const output of outputs) values.add(output);
  }
  return values;
}
