import { readFile, stat } from 'node:fs/promises';
import { foreignParameters, frameProblem } from '../../core/network/foreign-model.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import type { OnnxModelInfo } from '../../core/network/onnx-reader.ts';
import { readOnnxModel } from '../../core/network/onnx-reader.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { reasonIn } from '../../core/result/message-of.ts';
import { drawnInput } from '../inference/drawn-input.ts';
import type { NetworkShape } from '../inference/onnx-session.ts';
import { networkSessionOf } from '../inference/onnx-session.ts';

/** Largest difference in probability between the file and our network with its weights. */
const TOLERANCE = 1e-5;
const ROWS = 4;
/** Longer files are no network of these recipes: the largest has 89 million weights, 356 MB. */
const LARGEST_BYTES = 2 ** 30;

/**
 * Reads the weights of an ONNX file that somebody else made. Its frame is checked before anything of it is run: no outer
 * file, no operator that a feed-forward network has no use for. Then file and our own network with its weights compute
 * the same drawn rows and have to agree.
 * @throws DomainFailure 'model-invalid' saying what is wrong
 */
export async function readForeignWeights(onnxPath: string, shape: NetworkShape): Promise<Parameters> {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'model-invalid', path: onnxPath, why });
  };
  const size = await stat(onnxPath).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
  if (size === undefined) return refuse('it cannot be read');
  if (size > LARGEST_BYTES) return refuse('it is larger than 1 GiB');
  const bytes = await readFile(onnxPath);
  const input = inputShapeOf(shape.recipe, shape.featureNames.length);
  const network = describeNetwork(shape.recipe.network, input, shape.recipe.variant);
  try {
    const model = frameOf(bytes);
    const problem = frameProblem(model, network);
    if (problem !== undefined) return refuse(problem);
    const parameters = foreignParameters(network, model);
    const difference = await largestDifference(bytes, joinChunks(inferenceModel(network, parameters)), shape);
    if (!(difference <= TOLERANCE)) {
      refuse(
        `it gives other probabilities than the network ${network.id} with its weights ` +
          `(by up to ${difference.toPrecision(2)}): its layers are put together otherwise`,
      );
    }
    return parameters;
  } catch (thrown) {
    if (thrown instanceof DomainFailure) throw thrown;
    return refuse(reasonIn(thrown));
  }
}

function frameOf(bytes: Uint8Array): OnnxModelInfo {
  try {
    return readOnnxModel(bytes);
  } catch (thrown) {
    const why = thrown instanceof RangeError ? thrown.message : String(thrown);
    throw new RangeError(`it is no ONNX model, or damaged: ${why}`, { cause: thrown });
  }
}

async function largestDifference(theirs: Uint8Array, ours: Uint8Array, shape: NetworkShape): Promise<number> {
  const input = drawnInput(ROWS, inputShapeOf(shape.recipe, shape.featureNames.length));
  const [first, second] = [await probabilitiesOf(theirs, shape, input), await probabilitiesOf(ours, shape, input)];
  return first.reduce((most, value, row) => Math.max(most, Math.abs(value - second[row]!)), 0);
}

async function probabilitiesOf(
  onnx: Uint8Array,
  shape: NetworkShape,
  input: ReturnType<typeof drawnInput>,
): Promise<Float32Array> {
  const session = await networkSessionOf(onnx, shape);
  return session.probabilities(input).finally(() => session.close());
}
