import { graphPart } from './graph-part.ts';
import { FEATURES_INPUT, IMAGES_INPUT, PROBABILITIES_OUTPUT } from './inference-graph.ts';
import type { Walk } from './local-change.ts';
import type { NetworkDescription } from './network-description.ts';
import { graphOf, nodesOf } from './onnx-nodes.ts';

/** A network cut behind its first pooling. Weights by reference. */
export interface GraphFront {
  /** The value in between: an output of `front`, an input of `rest`. */
  readonly map: string;
  /** From `images`, of any side, to the map. */
  readonly front: readonly Uint8Array[];
  /** From the map, and `features` where the network has them, to `probabilities`. */
  readonly rest: readonly Uint8Array[];
  /** How the layers of `front` walk over the image. */
  readonly walks: readonly Walk[];
}

/** What a pixel becomes in these depends on the pixels around it alone. */
const LOCAL = new Set(['Conv', 'Relu', 'MaxPool', 'BatchNormalization']);

/**
 * Cuts a model behind its first pooling, up to where a change of some pixels stays where it was made.
 * @returns undefined where the model has no image, or looks at a whole map before it pools (layer normalisation)
 * @throws RangeError for bytes that are no model
 */
export function frontOf(onnx: Uint8Array, { image, features }: NetworkDescription): GraphFront | undefined {
  if (image === undefined) return undefined;
  const pooled = image.blocks.findIndex(({ pooling }) => pooling !== undefined);
  const walks = image.blocks
    .slice(0, pooled + 1)
    .flatMap(({ convolutions, pooling }) => [...convolutions, ...(pooling === undefined ? [] : [pooling])]);
  const chain = chainToPooling(onnx);
  const map = chain?.outputs.at(-1);
  if (map === undefined || chain?.kernelCount !== walks.length) return undefined;
  return {
    map,
    front: graphPart(onnx, [IMAGES_INPUT], [map]),
    rest: graphPart(onnx, [map, ...(features === undefined ? [] : [FEATURES_INPUT])], [PROBABILITIES_OUTPUT]),
    walks,
  };
}

/** The values one after the other from the image to its first pooling, where each is made of the one before alone. */
function chainToPooling(
  onnx: Uint8Array,
): { readonly outputs: readonly string[]; readonly kernelCount: number } | undefined {
  const graph = graphOf(onnx);
  const nodes = graph === undefined ? [] : nodesOf(graph);
  const outputs: string[] = [];
  let kernelCount = 0;
  for (;;) {
    const from = outputs.at(-1) ?? IMAGES_INPUT;
    const takers = nodes.filter(({ inputs }) => inputs.includes(from));
    const [taker] = takers;
    if (taker === undefined || takers.length > 1 || !LOCAL.has(taker.type)) return undefined;
    outputs.push(taker.outputs[0]!);
    if (taker.type === 'Conv' || taker.type === 'MaxPool') kernelCount += 1;
    if (taker.type === 'MaxPool') return { outputs, kernelCount };
  }
}
