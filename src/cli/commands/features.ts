import type { Command } from 'commander';
import { parseColumnMap } from '../../core/catalogue/column-map.ts';
import type { UnitFamily } from '../../core/catalogue/column-reader.ts';
import { computeFeatures } from '../../core/features/compute-features.ts';
import { featureOutput } from '../../core/features/feature-output.ts';
import type { FeatureRecipe } from '../../core/features/feature-recipe.ts';
import { FEATURE_RECIPES, featureRecipeNamed } from '../../core/features/presets.ts';
import { RECIPE_NAMES } from '../../core/network/presets.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadCatalogue } from '../../services/catalogue-files/load-catalogue.ts';
import { readRecipe } from '../../services/model-store/read-recipe.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import { collectMap, MAP_HELP, MAP_OPTION, parseUnitFamily } from '../arguments.ts';
import type { CommandIo } from '../io.ts';

interface FeaturesArguments {
  readonly catalogue: string;
  readonly gaussians?: string;
  readonly lr?: string;
  readonly recipe: string;
  readonly units?: UnitFamily;
  readonly map: readonly string[];
  readonly out: string;
  readonly json: boolean;
}

export function registerFeatures(program: Command, io: CommandIo): void {
  program
    .command('features')
    .description('write the feature table of a catalogue: what the network sees beside the image')
    .requiredOption('--catalogue <file>', 'PyBDSF source catalogue (srl)')
    .option('--gaussians <file>', 'PyBDSF Gaussian catalogue (gaul)')
    .option('--lr <file>', 'likelihood ratios, when they are not in the catalogue')
    .option(
      '--recipe <name>',
      `${Object.keys(FEATURE_RECIPES).join(', ')}, a recipe of \`lobate recipe\`, or a .json file of one`,
      'published',
    )
    .option('--units <family>', 'of columns without a unit: survey (arcsec, mJy) or pybdsf (deg, Jy)', parseUnitFamily)
    .option(MAP_OPTION, MAP_HELP, collectMap, [])
    .requiredOption('--out <file>', 'feature table: .fits, .vot, .ecsv, .parquet or .csv')
    .option('--json', 'print a machine-readable summary', false)
    .action(async (options: FeaturesArguments) => writeFeatures(options, io));
}

async function writeFeatures(options: FeaturesArguments, io: CommandIo): Promise<void> {
  tableFileFormatOf(options.out);
  const recipe = await recipeOf(options.recipe);
  const { catalogue, gaussians, likelihood, notices } = await loadCatalogue(options, {
    units: options.units,
    columnMap: parseColumnMap(options.map),
  });
  for (const { message } of notices) io.note(message);
  const features = computeFeatures(catalogue, { gaussians, likelihood }, recipe);
  await writeTableFile(options.out, featureOutput(catalogue, features));

  const sisgCount = features.sisg.reduce((sum, flag) => sum + flag, 0);
  const unusableCount = features.unusable.filter((reason) => reason !== '').length;
  if (options.json) {
    const { names, rowCount } = features;
    io.json({ rows: rowCount, features: names, sisg: sisgCount, unusable: unusableCount, recipe, out: options.out });
    return;
  }
  io.out(
    `${features.rowCount} rows, ${features.names.length} features (${options.recipe}), ${sisgCount} SISG, ` +
      `${unusableCount} unusable: ${options.out}`,
  );
}

/** A feature recipe by its own name, or the features of a whole recipe. */
async function recipeOf(name: string): Promise<FeatureRecipe> {
  const recipe = featureRecipeNamed(name);
  if (recipe !== undefined) return recipe;
  if (/\.json$/i.test(name) || RECIPE_NAMES.includes(name)) return (await readRecipe(name)).features;
  const why = `there is no feature recipe "${name}"; there are ${Object.keys(FEATURE_RECIPES).join(', ')}`;
  throw new DomainFailure({ kind: 'argument-invalid', name: '--recipe', why });
}
