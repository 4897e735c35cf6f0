import type { Command } from 'commander';
import { RECIPE_PRESETS } from '../../core/network/presets.ts';
import { completeRecipe, RECIPE_FIELDS } from '../../core/network/recipe-fields.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import type { CommandIo } from '../io.ts';

export function registerRecipe(program: Command, io: CommandIo): void {
  program
    .command('recipe')
    .description('list the recipes, or print every setting of one between the files and the network')
    .argument('[name]', 'a recipe of the list, or a .json file of one')
    .option('--json', 'print as JSON: what --recipe takes as a file', false)
    .action(async (name: string | undefined, { json }: { json: boolean }) =>
      name === undefined ? list(json, io) : print(name, json, io),
    );
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
}
