import type { Command } from 'commander';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { layerTable } from '../../core/network/layer-table.ts';
import { parameterCount } from '../../core/network/parameter-tensors.ts';
import { inputShapeOf, RECIPE_PRESETS } from '../../core/network/presets.ts';
import { completeRecipe, RECIPE_FIELDS } from '../../core/network/recipe-fields.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { defaultTrainingOf } from '../../core/training/training-recipe.ts';
import { TRAINING_SETTINGS } from '../../core/training/training-settings.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import type { CommandIo } from '../io.ts';

interface RecipeArguments {
  readonly json: boolean;
  readonly layers: boolean;
  readonly training: boolean;
}

export function registerRecipe(program: Command, io: CommandIo): void {
  program
    .command('recipe')
    .description('list the recipes, or print every setting of one: images, features, network, training')
    .argument('[name]', 'a recipe of the list, or a .json file of one')
    .option('--layers', 'print its network instead, layer by layer, with shapes and parameters', false)
    .option('--training', 'print how its network is trained unless told otherwise, and nothing else', false)
    .option('--json', 'print as JSON: what --recipe, or --training-recipe, takes as a file', false)
    .action(async (name: string | undefined, { json, layers, training }: RecipeArguments) => {
      if (name === undefined) list(json, io);
      else if (training) printTraining(await readRecipe(name), json, io);
      else if (layers) printLayers(await readRecipe(name), json, io);
      else await print(name, json, io);
    });
}

function list(isJson: boolean, io: CommandIo): void {
  if (isJson) {
    io.json(RECIPE_PRESETS.map(({ recipe, summary }) => ({ name: recipe.name, network: recipe.network, summary })));
    return;
  }
  const width = Math.max(...RECIPE_PRESETS.map(({ recipe }) => recipe.name.length));
  for (const { recipe, summary } of RECIPE_PRESETS) io.out(`${recipe.name.padEnd(width)}  ${summary}`);
}

async function print(name: string, isJson: boolean, io: CommandIo): Promise<void> {
  const recipe = completeRecipe(await readRecipe(name));
  if (isJson) {
    io.json(recipe);
    return;
  }
  const preset = RECIPE_PRESETS.find((candidate) => candidate.recipe.name === recipe.name);
  io.out(preset === undefined ? recipe.name : `${recipe.name}: ${preset.summary}`);
  const width = Math.max(...RECIPE_FIELDS.map(({ path }) => path.length));
  for (const { path, text, meaning, source } of RECIPE_FIELDS) {
    io.out(`${path.padEnd(width)}  ${text(recipe)}`);
    io.out(`${''.padEnd(width)}    ${meaning} (${source})`);
  }
  printTraining(recipe, false, io, width);
}

/** The training recipe that `lobate train` takes for the recipe's network where no option says otherwise. */
function printTraining({ network }: Recipe, isJson: boolean, io: CommandIo, width = 0): void {
  const { training } = defaultTrainingOf(network);
  if (isJson) {
    io.json(training);
    return;
  }
  const paths = TRAINING_SETTINGS.map(({ name }) => `training.${name}`);
  const column = Math.max(width, ...paths.map((path) => path.length));
  TRAINING_SETTINGS.forEach(({ text, meaning, source }, k) => {
    io.out(`${paths[k]!.padEnd(column)}  ${text(training)}`);
    io.out(`${''.padEnd(column)}    ${meaning} (${source})`);
  });
}

function printLayers(recipe: Recipe, isJson: boolean, io: CommandIo): void {
  const shape = inputShapeOf(recipe, featureNamesOf(recipe.features).length);
  const network = describeNetwork(recipe.network, shape, recipe.variant);
  const rows = layerTable(network);
  if (isJson) {
    io.json(rows);
    return;
  }
  const cells = rows.map(({ layer, does, output, parameters }) => [
    layer,
    does,
    output.join(' × '),
    parameters === 0 ? '' : String(parameters),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  for (const [layer = '', does = '', output = '', parameters = ''] of cells) {
    const line = [layer.padEnd(widths[0]!), does.padEnd(widths[1]!), output.padStart(widths[2]!)];
    io.out([...line, parameters.padStart(widths[3]!)].join('  ').trimEnd());
  }
  io.out(`${parameterCount(network)} parameters in all`);
}
