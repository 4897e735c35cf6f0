import { FEATURES_INPUT, IMAGES_INPUT, PROBABILITIES_OUTPUT } from './inference-graph.ts';
import type { NetworkDescription } from './network-description.ts';
import type { ModelValue, OnnxModelInfo } from './onnx-reader.ts';
import type { Parameters } from './parameters.ts';
import { parametersOver } from './parameters.ts';
import { parametersOf } from './stored-parameters.ts';

/** Versions of ONNX's operators between which the ones below mean the same and onnxruntime runs them. */
const OLDEST_OPSET = 7;
const NEWEST_OPSET = 23;
const FLOAT32 = 1;

/** What feed-forward networks are made of. None loops, branches, reads a file, or makes much of little. */
const OPERATORS = new Set(
  [
    ...['Conv', 'Relu', 'MaxPool', 'Flatten', 'Gemm', 'Concat', 'Softmax', 'BatchNormalization', 'LayerNormalization'],
    ...['MatMul', 'Add', 'Sub', 'Mul', 'Div', 'Sqrt', 'Reciprocal', 'ReduceMean', 'Reshape', 'Identity', 'Dropout'],
  ].flatMap((type) => [`:${type}`, `ai.onnx:${type}`]),
);

/**
 * What keeps a file from being the network, by its frame alone: nothing of it is run. A clause for "…: it is refused";
 * undefined where nothing does.
 */
export function frameProblem(model: OnnxModelInfo, network: NetworkDescription): string | undefined {
  const [external] = model.externalPaths;
  if (external !== undefined) {
    return `its weights are in another file ("${external}"), which is not read; store them inside`;
  }
  const foreign = [...model.operators].find((operator) => !OPERATORS.has(operator));
  if (foreign !== undefined) return `it uses the operator ${foreign.replace(/^:/, '')}, which no network here has`;
  const opset = model.opsets.get('') ?? model.opsets.get('ai.onnx');
  if (opset === undefined || opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
    return `its operator set is ${opset ?? 'missing'}; versions ${OLDEST_OPSET} to ${NEWEST_OPSET} are read`;
  }
  const expected = inputsOf(network);
  const names = model.inputs.map(({ name }) => name).sort();
  if (names.join() !== [...expected.keys()].sort().join()) {
    return `its inputs are ${names.join(', ') || 'none'}, not ${[...expected.keys()].join(' and ')}`;
  }
  const wrong = model.inputs.find((input) => !takes(input, expected.get(input.name)!));
  if (wrong !== undefined) {
    const wanted = expected.get(wrong.name)!.join(' × ');
    return `its input ${wrong.name} is ${wrong.shape.join(' × ')}, not rows × ${wanted} of float32`;
  }
  const output = model.outputs.find(({ name }) => name === PROBABILITIES_OUTPUT);
  if (output === undefined || !takes(output, [2])) return `it has no output ${PROBABILITIES_OUTPUT} of rows × 2`;
  return undefined;
}

function inputsOf({ image, features }: NetworkDescription): Map<string, readonly number[]> {
  const inputs = new Map<string, readonly number[]>();
  if (image !== undefined) inputs.set(IMAGES_INPUT, [image.channels, image.sidePix, image.sidePix]);
  if (features !== undefined) inputs.set(FEATURES_INPUT, [features.count]);
  return inputs;
}

/** The first axis is the rows: free, or any length. */
const takes = ({ dataType, shape }: ModelValue, axes: readonly number[]): boolean =>
  dataType === FLOAT32 && shape.length === axes.length + 1 && axes.every((length, axis) => shape[axis + 1] === length);

/**
 * The weights of a file that another program wrote: by their names, or, where the names are others, in the order of the
 * file if every shape then agrees. Whether they are put to the same use only a comparison of results can say.
 * @throws RangeError naming what is missing, another, or not finite
 */
export function foreignParameters(network: NetworkDescription, model: OnnxModelInfo): Parameters {
  const names = new Set(model.tensors.map(({ name }) => name));
  const areNamed = parametersOver(network).tensors.some(({ name }) => names.has(name));
  const parameters = parametersOf(network, areNamed ? model : renamedByOrder(network, model));
  if (!parameters.flat.every(Number.isFinite)) throw new RangeError('one of its weights is not a finite number');
  return parameters;
}

/** Its weights under the names that the network has for them. */
function renamedByOrder(network: NetworkDescription, model: OnnxModelInfo): OnnxModelInfo {
  const wanted = parametersOver(network).tensors;
  const stored = model.tensors.filter(({ dataType, shape }) => dataType === FLOAT32 && shape.length > 0);
  const agree =
    stored.length === wanted.length && wanted.every(({ shape }, index) => shape.join() === stored[index]!.shape.join());
  return agree
    ? { ...model, tensors: stored.map((tensor, index) => ({ ...tensor, name: wanted[index]!.name })) }
    : model;
}
