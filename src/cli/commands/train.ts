import type { Command } from 'commander';
import { Option } from 'commander';
import type { FeatureScaling } from '../../core/features/scaling.ts';
import { FEATURE_SCALINGS } from '../../core/features/scaling.ts';
import { recipeForNetwork, withScaling } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { NETWORK_IDS } from '../../core/network/registry.ts';
import type { OptimiserName } from '../../core/training/optimiser.ts';
import { OPTIMISER_NAMES } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { SPLIT_KINDS } from '../../core/training/data-split.ts';
import { defaultTrainingOf } from '../../core/training/training-recipe.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { readRecipe, readTrainingRecipe } from '../../services/model-store/read-recipe.ts';
import { trainModel } from '../../services/trainer/train-model.ts';
import type { TrainingDevice } from '../../services/trainer/training-device.ts';
import { findTrainingFields } from '../../services/trainer/training-fields.ts';
import type { TrainingDeviceChoice } from '../arguments.ts';
import {
  DEVICE_OPTION,
  numberWithin,
  parseTrainingDevice,
  positiveNumber,
  TRAINING_DEVICE_HELP,
  wholeNumber,
} from '../arguments.ts';
import { deviceDesk } from '../device.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { tensorFlowDevice } from '../tensorflow-device.ts';
import type { TrainingDataArguments } from '../training-data.ts';
import { addTrainingDataOptions, trainingFieldsOf } from '../training-data.ts';
import { TerminalListener } from '../training-progress.ts';
import { typedCommand } from '../typed-command.ts';
import { softwareVersion } from '../version.ts';

interface TrainArguments extends TrainingDataArguments {
  readonly network: string;
  readonly recipe?: string;
  readonly trainingRecipe?: string;
  readonly epochs?: number;
  readonly seed?: number;
  readonly out: string;
  readonly learningRate?: number;
  readonly optimiser?: OptimiserName;
  readonly schedule?: TrainingRecipe['schedule'];
  readonly batch?: number;
  readonly augment?: number;
  readonly augmentation?: TrainingRecipe['augmentation'];
  readonly dropout: boolean;
  readonly split?: TrainingRecipe['split'];
  readonly classWeights?: TrainingRecipe['classWeights'];
  readonly mcExclusion?: TrainingRecipe['mcExclusion'];
  readonly withholdFeatures?: number;
  readonly from?: string;
  readonly scaling?: FeatureScaling;
  readonly test: string[];
  readonly compare: string[];
  readonly trainedOn: string;
  readonly threads?: number;
  readonly device: TrainingDeviceChoice;
  readonly resume: boolean;
  readonly json: boolean;
}

export function registerTrain(program: Command, io: CommandIo): void {
  const command = program.command('train').description('train a network on fields with labels and write a model');
  addTrainingDataOptions(command)
    .addOption(new Option('--network <id>', 'which network').choices(NETWORK_IDS).default('compact'))
    .option('--recipe <name>', 'a recipe of `lobate recipe`, or a .json file of one; it names the network')
    .option('--training-recipe <file>', 'a .json file of `lobate recipe NAME --training --json`; options go before it')
    .option('--epochs <n>', 'passes over the data; 0 writes seeded weights, marked UNTRAINED', wholeNumber)
    .option('--seed <n>', 'seed of weights, split, order and dropout (1)', wholeNumber)
    .requiredOption('--out <folder>', 'folder of the new model; its name becomes the id')
    .option('--learning-rate <rate>', 'step size', positiveNumber)
    .addOption(new Option('--optimiser <name>', 'update rule').choices(OPTIMISER_NAMES))
    .addOption(new Option('--schedule <kind>', 'learning rate over the epochs').choices(['constant', 'cosine']))
    .option('--batch <rows>', 'rows per step', wholeNumber)
    .option('--augment <factor>', 'how often each MC row appears', wholeNumber)
    .addOption(new Option('--augmentation <kind>', 'how rows are turned').choices(['rotate', 'turn', 'turn-all']))
    .addOption(new Option('--split <kind>', 'what the split keeps together').choices(SPLIT_KINDS))
    .addOption(new Option('--class-weights <kind>', 'of the loss').choices(['none', 'balanced']))
    .addOption(new Option('--mc-exclusion <kind>', 'which SISG rows are left out').choices(['row', 'source', 'none']))
    .option(
      '--withhold-features <share>',
      'of the rows, from 0 to below 1, that are told by their picture alone',
      numberWithin(0, 1),
    )
    .option('--from <model>', 'begin with the weights of this model (fine-tuning) and with its recipe')
    .option('--no-dropout', 'train without dropout')
    .addOption(new Option('--scaling <kind>', 'of the features').choices(FEATURE_SCALINGS))
    .option('--test <folders...>', 'fields outside the training to judge the model on', [])
    .option('--compare <models...>', 'models whose ROC AUC on the same test the card shows', [])
    .option('--trained-on <text>', 'what the data are, for the card', 'simulated sky')
    .option('--threads <n>', 'threads of a step; with 1, equal inputs give equal weights', wholeNumber)
    .option(DEVICE_OPTION, `${TRAINING_DEVICE_HELP}; with --threads, auto is the CPU`, parseTrainingDevice, 'auto')
    .option('--resume', 'go on from the checkpoint of a training that was killed', false)
    .option('--json', 'print model.json as one line', false)
    .action(async (options: TrainArguments) => train(options, io));
}

function recipeNamed({ recipe, network }: TrainArguments): Promise<Recipe> {
  return recipe === undefined ? Promise.resolve(recipeForNetwork(network)) : readRecipe(recipe);
}

/** With a number of threads the result is to be the same elsewhere: no device is looked for then. */
function deviceFor(recipe: Recipe, { device, threads }: TrainArguments, io: CommandIo): Promise<TrainingDevice> {
  if (device === 'tensorflow') return tensorFlowDevice(io);
  const choice = device === 'auto' && threads !== undefined ? 'cpu' : device;
  return deviceDesk(choice, io).select({ kind: 'training', recipe });
}

async function train(options: TrainArguments, io: CommandIo): Promise<void> {
  const start = options.from === undefined ? undefined : await loadModel(options.from, modelFolders());
  const named = start?.description.recipe ?? (await recipeNamed(options));
  const { training: usual, scaling } = defaultTrainingOf(named.network);
  const base = options.trainingRecipe === undefined ? usual : await readTrainingRecipe(options.trainingRecipe);
  const training: TrainingRecipe = {
    ...base,
    seed: options.seed ?? base.seed,
    hasDropout: options.dropout && base.hasDropout,
    epochs: options.epochs ?? base.epochs,
    learningRate: options.learningRate ?? base.learningRate,
    optimiser: options.optimiser ?? base.optimiser,
    schedule: options.schedule ?? base.schedule,
    batchSize: options.batch ?? base.batchSize,
    augmentationFactor: options.augment ?? base.augmentationFactor,
    augmentation: options.augmentation ?? base.augmentation,
    split: options.split ?? base.split,
    classWeights: options.classWeights ?? base.classWeights,
    mcExclusion: options.mcExclusion ?? base.mcExclusion,
    withheldFeatures: options.withholdFeatures ?? base.withheldFeatures,
  };
  const recipe = start === undefined ? withScaling(named, options.scaling ?? scaling) : named;
  const compare = await Promise.all(options.compare.map((model) => loadModel(model, modelFolders())));

  const stop = new AbortController();
  const onInterrupt = (): void => {
    io.note('Stopping after this step; the best epoch so far is kept.');
    stop.abort();
  };
  process.once('SIGINT', onInterrupt);
  const listener = new TerminalListener(io);
  try {
    const description = await trainModel({
      recipe,
      training,
      fields: training.epochs === 0 ? [] : await trainingFieldsOf(options),
      testFields: await findTrainingFields(options.test),
      start,
      compare,
      trainedOn: options.trainedOn,
      outFolder: options.out,
      device: training.epochs === 0 ? undefined : await deviceFor(recipe, options, io),
      threads: options.threads,
      resume: options.resume,
      softwareVersion: softwareVersion(),
      createdAt: new Date().toISOString(),
      command: typedCommand(),
      signal: stop.signal,
      listener,
    });
    listener.stop();
    if (options.json) io.json(description);
    else {
      const state = description.isTrained ? '' : ' (UNTRAINED)';
      const [metric] = description.metrics;
      const result = metric === undefined ? '' : `; ${metric.name} ${metric.value.toFixed(3)}`;
      io.out(`Model ${description.id}${state}: ${description.parameterCount} parameters${result}: ${options.out}`);
    }
  } finally {
    listener.stop();
    process.removeListener('SIGINT', onInterrupt);
  }
}
