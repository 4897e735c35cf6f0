import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { initialParameters } from '../../core/network/parameters.ts';
import { checkRecipe } from '../../core/network/check-recipe.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { checkTrainingRecipe } from '../../core/training/training-recipe.ts';
import { networkSessionOf, openNetworkSession } from '../inference/onnx-session.ts';
import { sha256OfFile } from '../model-store/file-hash.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { ModelDescription } from '../model-store/model-description.ts';
import { MODEL_CLASSES, MODEL_VERSION } from '../model-store/model-description.ts';
import type { ModelToSave } from '../model-store/save-model.ts';
import { checkModelFolder, saveModel } from '../model-store/save-model.ts';
import { computeBaselines } from './baselines.ts';
import { removeCheckpoint } from './checkpoint.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { openLabelledRows } from './labelled-rows.ts';
import type { CardFacts, TestReport } from './model-card.ts';
import { modelMetrics, trainedCard, untrainedCard } from './model-card.ts';
import { aucOf, scoreTestRows, testRowsOf } from './test-scores.ts';
import type { TrainingField } from './training-fields.ts';
import { findTrainingFields, sha256OfFields } from './training-fields.ts';
import type { TrainingListener } from './train-network.ts';
import { trainNetwork } from './train-network.ts';
import type { TrainingSet } from './training-set.ts';
import { prepareTrainingSet } from './training-set.ts';

/** MC from this probability on: the paper's working point (§4.1). */
const THRESHOLD = 0.5;

export interface TrainModelRequest {
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  /** Folders of fields with labels; not looked at for an untrained model. */
  readonly dataFolders: readonly string[];
  /** Folders of fields that the model is judged on and never trained on. */
  readonly testFolders: readonly string[];
  /** Models whose AUC on the same test the card shows: the networks of one branch. */
  readonly compare: readonly LoadedModel[];
  /** What the data are, for the card: "simulated sky". */
  readonly trainedOn: string;
  readonly outFolder: string;
  readonly resume: boolean;
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
}

/**
 * Trains a network and writes the model's folder. With 0 epochs the seeded weights are written, marked untrained.
 * A checkpoint beside the folder (`FOLDER.checkpoint`) is kept after each epoch and removed at the end.
 * @throws DomainFailure before any work where the folder exists or a setting is out of range
 */
export async function trainModel(request: TrainModelRequest): Promise<ModelDescription> {
  const { recipe, training, outFolder } = request;
  checkModelFolder(outFolder);
  checkRecipe(recipe);
  checkTrainingRecipe(training);
  const featureNames = featureNamesOf(recipe.features);
  const network = describeNetwork(recipe.network, inputShapeOf(recipe, featureNames.length), recipe.variant);
  if (training.epochs === 0) return saveUntrained(request, network, featureNames);

  // Made now and not after the first epoch, when the first checkpoint wants to lie in it.
  await mkdir(dirname(resolve(outFolder)), { recursive: true });
  const fields = await findTrainingFields(request.dataFolders);
  const testFields = await findTrainingFields(request.testFolders);
  await refuseSharedFields(fields, testFields);
  const dataSha256 = await sha256OfFields(fields);
  const rows = await openLabelledRows(fields, recipe);
  try {
    const set = await prepareTrainingSet(
      rows,
      recipe,
      training,
      network.image !== undefined,
      {
        begin: (total) => request.listener?.onStage?.('reading-cutouts', total),
        read: (done) => request.listener?.onCutout?.(done),
      },
      request.signal,
    );
    request.listener?.onCounts?.(set.counts);
    request.listener?.onStage?.('training', training.epochs);
    const checkpointPath = `${outFolder}.checkpoint`;
    const fingerprint = JSON.stringify({ recipe, training, dataSha256 });
    const trained = await trainNetwork({
      network,
      shape: { recipe, featureNames },
      set,
      recipe: training,
      threshold: THRESHOLD,
      checkpoint: { path: checkpointPath, fingerprint, resume: request.resume },
      signal: request.signal,
      listener: request.listener,
    });
    request.listener?.onStage?.('testing', testFields.length);
    const test =
      testFields.length === 0
        ? undefined
        : await testModel(request, await openLabelledRows(testFields, recipe), rows, set, network, trained.parameters);
    const facts: CardFacts = {
      training,
      counts: set.counts,
      fieldCount: fields.length,
      ...trained,
      test,
      command: request.command,
    };
    const description = await saveModel(outFolder, {
      description: {
        ...commonDescription(request, network, featureNames, set.moments),
        isTrained: true,
        trainedOn: request.trainedOn,
        trainingDataSha256: dataSha256,
        metrics: modelMetrics(facts),
      },
      onnxChunks: inferenceModel(network, trained.parameters),
      card: (saved) => trainedCard(saved, facts),
    });
    await removeCheckpoint(checkpointPath);
    return description;
  } finally {
    await rows.close();
  }
}

/** A test on fields that were trained on would flatter: it is refused, whatever the files are called. */
async function refuseSharedFields(train: readonly TrainingField[], test: readonly TrainingField[]): Promise<void> {
  const seen = new Set<string>();
  for (const field of train) seen.add(await sha256OfFile(field.catalogue));
  for (const field of test) {
    if (!seen.has(await sha256OfFile(field.catalogue))) continue;
    const why = `${field.catalogue} is among the training fields; test on others`;
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
    ...(moments === undefined ? {} : { moments: { mean: [...moments.mean], deviation: [...moments.deviation] } }),
    classes: [...MODEL_CLASSES],
    threshold: THRESHOLD,
    seed: request.training.seed,
    softwareVersion: request.softwareVersion,
    parameterCount: parameterCount(network),
    createdAt: request.createdAt,
  };
}

async function testModel(
  request: TrainModelRequest,
  testRows: LabelledRows,
  trainRows: LabelledRows,
  set: TrainingSet,
  network: NetworkDescription,
  parameters: Parameters,
): Promise<TestReport> {
  const { seed } = request.training;
  try {
    const test = testRowsOf(testRows);
    const session = await networkSessionOf(joinChunks(inferenceModel(network, parameters)), {
      recipe: request.recipe,
      featureNames: testRows.featureNames,
    });
    const scores = await scoreTestRows(test, session, { recipe: request.recipe, moments: set.moments }).finally(() =>
      session.close(),
    );
    const compared: TestReport['compared'][number][] = [];
    for (const model of request.compare) {
      const { recipe, moments, id, network: kind } = model.description;
      const other = await openNetworkSession(model);
      const otherScores = await scoreTestRows(test, other, { recipe, moments }).finally(() => other.close());
      compared.push({ name: `${id} (${kind})`, auc: aucOf(test, otherScores, seed) });
    }
    const mcRows = test.isMc.reduce((sum, isMc) => sum + isMc, 0);
    return {
      fieldCount: testRows.fields.length,
      mcRows,
      sRows: test.isMc.length - mcRows,
      auc: aucOf(test, scores, seed),
      baselines: computeBaselines(trainRows, set.trainRows, test, seed),
      compared,
    };
  } finally {
    await testRows.close();
  }
}
