import type { Command } from 'commander';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import { parseColumnMap } from '../../core/catalogue/column-map.ts';
import type { UnitFamily } from '../../core/catalogue/column-reader.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import { predictionTable } from '../../core/classification/prediction-columns.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { expandMosaics } from '../../services/fits-files/expand-mosaics.ts';
import { classifyField } from '../../services/inference/classify-field.ts';
import type { Field } from '../../services/inference/open-field.ts';
import { openField } from '../../services/inference/open-field.ts';
import type { LoadedModel } from '../../services/model-store/load-model.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { outOfDomain } from '../../services/preflight/domain.ts';
import { writeTableFile } from '../../services/table-files/write-table-file.ts';
import {
  collectMap,
  DEVICE_HELP,
  DEVICE_OPTION,
  GEOMETRY_HELP,
  GEOMETRY_OPTION,
  MAP_HELP,
  MAP_OPTION,
  parseDevice,
  parseGeometry,
  parseThreshold,
  parseUnitFamily,
} from '../arguments.ts';
import { openOnDevice } from '../device.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';

interface ClassifyArguments {
  readonly mosaic: string[];
  readonly catalogue: string;
  readonly gaussians?: string;
  readonly lr?: string;
  readonly model?: string;
  readonly units?: UnitFamily;
  readonly map: readonly string[];
  readonly threshold?: number;
  readonly device: DeviceChoice;
  readonly scoreSisg: boolean;
  readonly geometry?: CutoutGeometry;
  readonly out: string;
  readonly json: boolean;
}

export function registerClassify(program: Command, io: CommandIo): void {
  program
    .command('classify')
    .description('give each catalogue row its probability of being part of a multi-component source')
    .requiredOption('--mosaic <files...>', 'FITS mosaics: files, a folder, or a quoted pattern')
    .requiredOption('--catalogue <file>', 'PyBDSF source catalogue (srl)')
    .option('--gaussians <file>', 'PyBDSF Gaussian catalogue (gaul)')
    .option('--lr <file>', 'likelihood ratios, when they are not in the catalogue')
    .option('--units <family>', 'of columns without a unit: survey (arcsec, mJy) or pybdsf (deg, Jy)', parseUnitFamily)
    .option(MAP_OPTION, MAP_HELP, collectMap, [])
    .option('--model <id>', 'a model of `lobate models`, or its folder')
    .option('--threshold <t>', "class MC from this probability on (default: the model's)", parseThreshold)
    .option(DEVICE_OPTION, DEVICE_HELP, parseDevice, 'auto')
    .option('--score-sisg', 'also give SISG rows the raw model value; they stay class S', false)
    .option(GEOMETRY_OPTION, GEOMETRY_HELP, parseGeometry)
    .requiredOption('--out <file>', 'result table, .csv or .fits')
    .option('--json', 'print a machine-readable summary', false)
    .action(async (options: ClassifyArguments) => classify(options, io));
}

async function classify(options: ClassifyArguments, io: CommandIo): Promise<void> {
  if (!/\.(csv|fits)$/i.test(options.out)) {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--out', why: 'the file must end in .csv or .fits' });
  }
  const columnMap = parseColumnMap(options.map);
  const model = await loadModel(options.model, modelFolders());
  const { description } = model;
  const recipe = withGeometry(description.recipe, options.geometry);
  const field = await openField(
    { ...options, columnMap, mosaics: await expandMosaics(options.mosaic) },
    recipe.features,
  );
  try {
    for (const { message } of field.notices) io.note(message);
    for (const sentence of outOfDomain(field.mosaics, recipe)) io.note(sentence);
    if (!description.isTrained)
      io.note(`UNTRAINED: model ${description.id} saw no data; its probabilities mean nothing.`);
    const predictions = await predictAll(field, model, recipe, options, io);
    const threshold = options.threshold ?? description.threshold;
    const { table, renamed } = predictionTable(field.catalogue, predictions, field.features.sisg, {
      threshold,
      isTrained: description.isTrained,
      modelId: description.id,
      scoreSisg: options.scoreSisg,
      geometry: recipe.cutout.geometry,
      mosaicNames: field.mosaicNames,
    });
    for (const name of renamed) io.note(`The input column ${name} is kept as ${name}_in.`);
    await writeTableFile(options.out, table);
    summarise(predictions, threshold, options, io);
  } finally {
    await field.close();
  }
}

async function predictAll(
  field: Field,
  model: LoadedModel,
  recipe: Recipe,
  { scoreSisg, device }: ClassifyArguments,
  io: CommandIo,
): Promise<Prediction[]> {
  const network = await openOnDevice(model, device, io);
  const bar = io.progress('classifying', field.catalogue.rowCount);
  const predictions: Prediction[] = [];
  try {
    const { moments } = model.description;
    for await (const batch of classifyField(field, network, { recipe, moments, scoreSisg })) {
      predictions.push(...batch.predictions);
      bar.update(predictions.length);
    }
  } finally {
    bar.stop();
    await network.close();
  }
  return predictions;
}

function summarise(
  predictions: readonly Prediction[],
  threshold: number,
  options: ClassifyArguments,
  io: CommandIo,
): void {
  const statusCounts: Record<string, number> = {};
  for (const { status } of predictions) statusCounts[status] = (statusCounts[status] ?? 0) + 1;
  const flagged = predictions.filter((p) => p.status === 'classified' && p.probability >= threshold).length;
  if (options.json) {
    io.json({ rows: predictions.length, status: statusCounts, flagged, threshold, out: options.out });
    return;
  }
  const counts = Object.entries(statusCounts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([status, count]) => `${count} ${status}`);
  io.out(`${predictions.length} rows (${counts.join(', ')}); ${flagged} flagged at ${threshold}: ${options.out}`);
}
