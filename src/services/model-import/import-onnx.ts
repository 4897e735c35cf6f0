import { join } from 'node:path';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ListedModel } from '../model-store/load-model.ts';
import type { ModelDescription } from '../model-store/model-description.ts';
import { MODEL_CLASSES, MODEL_VERSION } from '../model-store/model-description.ts';
import { checkModelFolder, saveModel } from '../model-store/save-model.ts';
import { refuseTakenId } from '../model-store/taken-id.ts';
import { readForeignWeights } from './foreign-weights.ts';

/** MC from this probability on: the paper's working point (§4.1). */
const THRESHOLD = 0.5;

export interface ImportRequest {
  readonly onnxPath: string;
  /** What the file's network takes; with features as they are, since a bare file has no moments. */
  readonly recipe: Recipe;
  readonly modelId: string;
  /** Gets the folder of the new model. */
  readonly modelFolder: string;
  /** Those that there are, wherever they are. */
  readonly models: readonly ListedModel[];
  /** What it was trained on, in the words of whoever imports it. */
  readonly trainedOn: string;
  readonly softwareVersion: string;
  readonly createdAt: string;
}

/**
 * Takes the weights of an ONNX file whose network is the recipe's and writes them as a model. They are copied into a graph
 * of our own: no operator, outer file or name of the file gets any further.
 * @throws DomainFailure 'model-invalid' with what is wrong, 'recipe-invalid', 'argument-invalid' where the name is taken
 */
export async function importOnnx(request: ImportRequest): Promise<ModelDescription> {
  const { onnxPath, recipe, modelId } = request;
  refuseTakenId(modelId, request.models);
  const outFolder = join(request.modelFolder, modelId);
  checkModelFolder(outFolder);
  if (recipe.features.scaling !== 'none') {
    const why = 'an ONNX file has no moments to standardise by; take the recipe without scaling';
    throw new DomainFailure({ kind: 'recipe-invalid', name: recipe.name, why });
  }
  const featureNames = featureNamesOf(recipe.features);
  const network = describeNetwork(recipe.network, inputShapeOf(recipe, featureNames.length), recipe.variant);
  const parameters = await readForeignWeights(onnxPath, { recipe, featureNames });
  return saveModel(outFolder, {
    description: {
      version: MODEL_VERSION,
      network: network.id,
      recipe: { ...recipe, cutout: { ...recipe.cutout, channels: [...recipe.cutout.channels] } },
      featureNames: [...featureNames],
      classes: [...MODEL_CLASSES],
      threshold: THRESHOLD,
      isTrained: true,
      trainedOn: request.trainedOn,
      trainingDataSha256: null,
      metrics: [],
      seed: 0,
      softwareVersion: request.softwareVersion,
      parameterCount: parameterCount(network),
      createdAt: request.createdAt,
    },
    onnxChunks: inferenceModel(network, parameters),
    card: importedCard,
  });
}

const importedCard = ({ id, network, recipe, trainedOn }: ModelDescription): string => `# ${id}

Network \`${network}\`, recipe \`${recipe.name}\`, weights imported from an ONNX file.

**Trained on ${trainedOn}**, says whoever imported it. Lobate has not judged it: \`lobate evaluate\` does, on labels that it
was not trained on.
`;
