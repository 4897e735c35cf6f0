import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { MODEL_EXTENSION } from '../../contract/models.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { importOnnx } from '../../services/model-import/import-onnx.ts';
import { exportModel, importArchive, isModelArchive } from '../../services/model-import/model-archive.ts';
import { defaultModelOf, listModels, loadModel } from '../../services/model-store/load-model.ts';
import type { ModelDescription } from '../../services/model-store/model-description.ts';
import { promotedModels, promoteModel, rollBackModel } from '../../services/model-store/preferred-model.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { softwareVersion } from '../version.ts';

interface ImportArguments {
  readonly recipe?: string;
  readonly name?: string;
  readonly trainedOn: string;
}

export function registerModels(program: Command, io: CommandIo): void {
  const models = program
    .command('models')
    .description('list the models that there are; * marks the one used by default')
    .option('--json', 'print each model.json with its folder, as one JSON array', false)
    .action(async ({ json }: { readonly json: boolean }) => list(json, io));
  models
    .command('import')
    .description(`install a model from a ${MODEL_EXTENSION} file, or the weights of an .onnx file under a recipe`)
    .argument('<file>', `what \`lobate models export\` wrote, or an ONNX file`)
    .option('--recipe <name>', 'of an .onnx file: a recipe of `lobate recipe`, or a .json file of one')
    .option('--name <id>', 'of an .onnx file: the id of the new model (default: the file’s name)')
    .option('--trained-on <text>', 'of an .onnx file: what it was trained on, for the card', 'data that are not named')
    .action(async (file: string, options: ImportArguments) => {
      const { id, network, parameterCount } = await install(file, options);
      io.out(`${id}: ${network}, ${parameterCount} parameters. \`lobate models promote ${id}\` makes it the default.`);
    });
  models
    .command('export')
    .description('write a model as one file, for another machine')
    .argument('<model>', 'id of a model, or a folder of one')
    .option('--out <file>', `where to; MODEL${MODEL_EXTENSION} here where not given`)
    .action(async (model: string, options: { readonly out?: string }) => {
      const found = await loadModel(model, modelFolders());
      const path = options.out ?? `${found.description.id}${MODEL_EXTENSION}`;
      await exportModel(found, path);
      io.out(path);
    });
  models
    .command('promote')
    .description('use a model by default from now on')
    .argument('<model>', 'id of a model')
    .action(async (id: string) => {
      const available = (await listModels(modelFolders())).map(({ description }) => description.id);
      if (!available.includes(id)) throw new DomainFailure({ kind: 'model-not-found', id, available });
      await promoteModel(ownFolder(), id);
      await sayDefault(io);
    });
  models
    .command('roll-back')
    .description('take the last promotion back')
    .action(async () => {
      await rollBackModel(ownFolder());
      await sayDefault(io);
    });
}

const ownFolder = (): string => modelFolders()[0]!;

async function list(isJson: boolean, io: CommandIo): Promise<void> {
  const models = await listModels(modelFolders(), (failure) => io.note(describeError(failure.error)));
  if (isJson) {
    io.json(models.map(({ description, folder }) => ({ ...description, folder })));
    return;
  }
  if (models.length === 0) io.note(`No model is installed. Models are looked for in ${modelFolders().join(', ')}.`);
  const preferred = defaultModelOf(models, await promotedModels(ownFolder()));
  for (const model of models) {
    const { id, network, parameterCount, isTrained, trainedOn, metrics } = model.description;
    const mark = model === preferred ? '*' : ' ';
    const state = isTrained ? `trained on ${trainedOn}` : 'UNTRAINED';
    const [metric] = metrics;
    const result = metric === undefined ? '' : `; ${metric.name} ${metric.value.toFixed(3)}`;
    io.out(`${mark} ${id}: ${network}, ${parameterCount} parameters, ${state}${result}`);
  }
}

async function install(file: string, { recipe, name, trainedOn }: ImportArguments): Promise<ModelDescription> {
  const models = await listModels(modelFolders());
  if (await isModelArchive(file)) return (await importArchive(file, ownFolder(), models)).description;
  if (recipe === undefined) {
    const why = `it is no ${MODEL_EXTENSION} file; for an ONNX file say what its network takes: --recipe R`;
    throw new DomainFailure({ kind: 'model-invalid', path: file, why });
  }
  return importOnnx({
    onnxPath: file,
    recipe: await readRecipe(recipe),
    // An id that is no plain name is refused with the rest of the description.
    modelId: name ?? basename(file, extname(file)),
    modelFolder: ownFolder(),
    models,
    trainedOn,
    softwareVersion: softwareVersion(),
    createdAt: new Date().toISOString(),
  });
}

async function sayDefault(io: CommandIo): Promise<void> {
  const used = defaultModelOf(await listModels(modelFolders()), await promotedModels(ownFolder()));
  io.out(used === undefined ? 'There is no model.' : `Used by default: ${used.description.id}`);
}
