import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { initialParameters } from '../../core/network/parameters.ts';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import { readOnnxModel } from '../../core/network/onnx-reader.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { parametersOf } from '../../core/network/stored-parameters.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { checkTrainingRecipe } from '../../core/training/training-recipe.ts';
import { sha256OfFile } from '../model-store/file-hash.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { ModelDescription } from '../model-store/model-description.ts';
import { MODEL_CLASSES, MODEL_VERSION } from '../model-store/model-description.ts';
import type { ModelToSave } from '../model-store/save-model.ts';
import { checkModelFolder, saveModel } from '../model-store/save-model.ts';
import { splitOf } from './split-of-rows.ts';
import { removeCheckpoint } from './checkpoint.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { openLabelledRows } from './labelled-rows.ts';
import type { CardFacts } from './model-card.ts';
import { modelMetrics, testRatesOf, trainedCard, untrainedCard } from './model-card.ts';
import { testModel } from './test-model.ts';
import type { TrainingDevice } from './training-device.ts';
import { deviceLabel } from './training-device.ts';
import type { TrainingField } from './training-fields.ts';
import { sha256OfFields } from './training-fields.ts';
import type { TrainingListener } from './train-network.ts';
import { trainNetwork } from './train-network.ts';
import type { TrainingSet } from './training-set.ts';
import { prepareTrainingSet } from './training-set.ts';

/** MC from this probability on: the paper's working point (§4.1). */
const THRESHOLD = 0.5;

export interface TrainModelRequest {
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  /** Fields with labels; not looked at for an untrained model. */
  readonly fields: readonly TrainingField[];
  /** Fields that the model is judged on and never trained on. */
  readonly testFields: readonly TrainingField[];
  /** Model whose weights and moments the training begins with: fine-tuning. Its recipe has to be `recipe`. */
  readonly start?: LoadedModel | undefined;
  /** Models whose AUC on the same test the card shows: the networks of one branch. */
  readonly compare: readonly LoadedModel[];
  /** What the data are, for the card: "simulated sky". */
  readonly trainedOn: string;
  readonly outFolder: string;
  /** Where the checkpoint is kept; beside the folder (`FOLDER.checkpoint`) where absent. */
  readonly checkpointPath?: string | undefined;
  readonly resume: boolean;
  /** Takes no further step: the best epoch of the checkpoint becomes the model. */
  readonly finishNow?: boolean | undefined;
  /** What computes the steps; the CPU where absent. */
  readonly device?: TrainingDevice | undefined;
  /** Threads of a step; onnxruntime's own choice where absent. */
  readonly threads?: number | undefined;
  readonly softwareVersion: string;
  readonly createdAt: string;
  /** The command as it was given, for the card. */
  readonly command: string;
  readonly signal?: AbortSignal;
  readonly listener?: TrainModelListener;
}

export interface TrainModelListener extends TrainingListener {
  onStage?(stage: 'reading-cutouts' | 'training' | 'testing', total: number): void;
  onCutout?(done: number): void;
  onCounts?(counts: TrainingSet['counts']): void;
  /** The weights are final and the model is written; rows and set are still open. */
  onTrained?(trained: FinishedTraining): Promise<void>;
}

export interface FinishedTraining {
  readonly model: ModelDescription;
  readonly rows: LabelledRows;
  readonly set: TrainingSet;
  readonly network: NetworkDescription;
  readonly parameters: Parameters;
}

/**
 * Trains a network and writes the model's folder. With 0 epochs the seeded weights are written, marked untrained.
 * A checkpoint is kept after each epoch and removed at the end.
 * @throws DomainFailure before any work where the folder exists or a setting is out of range
 */
export async function trainModel(request: TrainModelRequest): Promise<ModelDescription> {
  const { recipe, training, outFolder, fields, testFields, listener } = request;
  checkModelFolder(outFolder);
  checkRecipe(recipe);
  checkTrainingRecipe(training);
  const featureNames = featureNamesOf(recipe.features);
  const network = describeNetwork(recipe.network, inputShapeOf(recipe, featureNames.length), recipe.variant);
  if (training.epochs === 0) return saveUntrained(request, network, featureNames);

  // Made now and not after the first epoch, when the first checkpoint wants to lie in it.
  await mkdir(dirname(resolve(outFolder)), { recursive: true });
  await refuseSharedFields(fields, testFields);
  const dataSha256 = await sha256OfFields(fields);
  const start = request.start === undefined ? undefined : await startingWeights(request.start, recipe, network);
  const rows = await openLabelledRows(fields, recipe);
  try {
    const set = await prepareTrainingSet(rows, recipe, training, {
      needsImages: network.image !== undefined,
      moments: request.start?.description.moments,
      progress: {
        begin: (total) => listener?.onStage?.('reading-cutouts', total),
        read: (done) => listener?.onCutout?.(done),
      },
      signal: request.signal,
    });
    listener?.onCounts?.(set.counts);
    listener?.onStage?.('training', training.epochs);
    const checkpointPath = request.checkpointPath ?? `${outFolder}.checkpoint`;
    const startSha256 = request.start?.description.weightsSha256 ?? null;
    const identity = { recipe, training, dataSha256, startSha256 };
    const trained = await trainNetwork({
      network,
      shape: { recipe, featureNames },
      set,
      recipe: training,
      threshold: THRESHOLD,
      start,
      checkpoint: { path: checkpointPath, identity, resume: request.resume },
      device: request.device,
      threads: request.threads,
      finishNow: request.finishNow,
      signal: request.signal,
      listener,
    });
    listener?.onStage?.('testing', testFields.length);
    const test =
      testFields.length === 0
        ? undefined
        : await testModel(request, await openLabelledRows(testFields, recipe), rows, set, network, trained.parameters);
    const facts: CardFacts = {
      training,
      counts: set.counts,
      fieldCount: fields.length,
      startedFrom: request.start?.description.id,
      ...trained,
      device: deviceWords(request.device, trained.hasDeviceFailed),
      test,
      command: request.command,
    };
    const model = await saveModel(outFolder, {
      description: {
        ...commonDescription(request, network, featureNames, set.moments),
        isTrained: true,
        trainedOn: request.trainedOn,
        training,
        trainingDataSha256: dataSha256,
        metrics: modelMetrics(facts),
        testRates: testRatesOf(facts.test),
      },
      onnxChunks: inferenceModel(network, trained.parameters),
      split: await splitOf(rows, training, request.start?.folder),
      card: (saved) => trainedCard(saved, facts),
    });
    await listener?.onTrained?.({ model, rows, set, network, parameters: trained.parameters });
    await removeCheckpoint(checkpointPath);
    return model;
  } finally {
    await rows.close();
  }
}

/** For the card; undefined where it was the CPU throughout. */
function deviceWords(device: TrainingDevice | undefined, hasFailed: boolean): string | undefined {
  if (device === undefined || device.provider === 'cpu') return undefined;
  const began = deviceLabel(device);
  return hasFailed ? `${began} until it failed, then on the CPU` : began;
}

/**
 * Weights of a model to go on from.
 * @throws DomainFailure 'model-input-mismatch' where its recipe is another, 'model-invalid' where they cannot be read
 */
async function startingWeights(model: LoadedModel, recipe: Recipe, network: NetworkDescription): Promise<Parameters> {
  const { description, onnxPath } = model;
  if (JSON.stringify(description.recipe) !== JSON.stringify(recipe)) {
    const why = 'a model is fine-tuned with the recipe that it was made with';
    throw new DomainFailure({ kind: 'model-input-mismatch', id: description.id, why });
  }
  try {
    return parametersOf(network, readOnnxModel(await readFile(onnxPath)));
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new DomainFailure({ kind: 'model-invalid', path: onnxPath, why: thrown.message }, { cause: thrown });
  }
}

/** A test on fields that were trained on would flatter: it is refused, whatever the files are called. */
async function refuseSharedFields(train: readonly TrainingField[], test: readonly TrainingField[]): Promise<void> {
  const seen = new Set<string>();
  for (const { files } of train) seen.add(await sha256OfFile(files.catalogue));
  for (const { files } of test) {
    if (!seen.has(await sha256OfFile(files.catalogue))) continue;
    const why = `${files.catalogue} is among the training fields; test on others`;
    throw new DomainFailure({ kind: 'argument-invalid', name: '--test', why });
  }
}

function saveUntrained(
  request: TrainModelRequest,
  network: NetworkDescription,
  featureNames: readonly string[],
): Promise<ModelDescription> {
  // Without data there are no moments: unscaled features are the only honest ones.
  const recipe: Recipe = { ...request.recipe, features: { ...request.recipe.features, scaling: 'none' } };
  return saveModel(request.outFolder, {
    description: {
      ...commonDescription({ ...request, recipe }, network, featureNames, undefined),
      isTrained: false,
      trainedOn: 'nothing (UNTRAINED)',
      trainingDataSha256: null,
      metrics: [],
    },
    onnxChunks: inferenceModel(network, initialParameters(network, request.training.seed)),
    card: untrainedCard,
  });
}

function commonDescription(
  request: TrainModelRequest,
  network: NetworkDescription,
  featureNames: readonly string[],
  moments: FeatureMoments | undefined,
): Omit<ModelToSave['description'], 'isTrained' | 'trainedOn' | 'trainingDataSha256' | 'metrics'> {
  return {
    version: MODEL_VERSION,
    network: network.id,
    recipe: { ...request.recipe, cutout: { ...request.recipe.cutout, channels: [...request.recipe.cutout.channels] } },
    featureNames: [...featureNames],
    ...(moments === undefined
      ? {}
      : { moments: { ...moments, mean: [...moments.mean], deviation: [...moments.deviation] } }),
    classes: [...MODEL_CLASSES],
    threshold: THRESHOLD,
    seed: request.training.seed,
    softwareVersion: request.softwareVersion,
    parameterCount: parameterCount(network),
    createdAt: request.createdAt,
  };
}
