import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import type { SisgThresholds } from '../../core/features/feature-recipe.ts';
import { withSisg } from '../../core/network/gate.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { ColumnNames, RowChoice } from '../../core/classification/provenance.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { countText } from '../../core/units/count-text.ts';
import { deviceText } from '../../services/export/device-text.ts';
import { labelsOfFile } from '../../services/export/list-labels.ts';
import { inputFilesOf } from '../../services/export/input-files.ts';
import { predictionList, provenanceFor } from '../../services/export/prediction-list.ts';
import { partTable } from '../../services/export/shard-part.ts';
import { openField } from '../../services/inference/open-field.ts';
import type { Shard } from '../../services/inference/shard.ts';
import { parseShard, shardText } from '../../services/inference/shard.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { outOfDomain } from '../../services/preflight/domain.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import {
  columnNamesOption,
  DEVICE_HELP,
  DEVICE_OPTION,
  GEOMETRY_HELP,
  GEOMETRY_OPTION,
  parseDevice,
  parseGeometry,
  parseSisg,
  parseThreshold,
  rowsOption,
  SISG_HELP,
  SISG_OPTION,
} from '../arguments.ts';
import type { FieldArguments } from '../field-options.ts';
import { addFieldOptions, fieldFilesOf } from '../field-options.ts';
import { flaggedText } from '../flagged.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { noteJoin } from '../note-join.ts';
import { predictField } from '../predict-field.ts';
import { softwareVersion } from '../version.ts';

interface ClassifyArguments extends FieldArguments {
  readonly model?: string;
  readonly threshold?: number;
  readonly device: DeviceChoice;
  readonly scoreSisg: boolean;
  readonly sisg?: SisgThresholds;
  readonly geometry?: CutoutGeometry;
  readonly rows: RowChoice;
  readonly columns: ColumnNames;
  readonly labels?: string;
  readonly shard?: Shard;
  readonly out: string;
  readonly json: boolean;
}

export function registerClassify(program: Command, io: CommandIo): void {
  const command = program
    .command('classify')
    .description('give each catalogue row its probability of being part of a multi-component source');
  addFieldOptions(command)
    .option('--model <id>', 'a model of `lobate models`, or its folder')
    .option('--threshold <t>', "class MC from this probability on (default: the model's)", parseThreshold)
    .option(DEVICE_OPTION, DEVICE_HELP, parseDevice, 'auto')
    .option('--score-sisg', 'also give SISG rows the raw model value; they stay class S', false)
    .option(SISG_OPTION, SISG_HELP, parseSisg)
    .option(GEOMETRY_OPTION, GEOMETRY_HELP, parseGeometry)
    .addOption(rowsOption())
    .addOption(columnNamesOption())
    .option('--labels <file>', 'labels for multi_component, with --columns paper')
    .option('--shard <i/n>', 'only part i of n of the mosaics; `lobate merge` joins the parts', toShard)
    .requiredOption('--out <file>', 'result table: .fits, .vot, .ecsv, .parquet or .csv')
    .option('--json', 'print a machine-readable summary', false)
    .action(async (options: ClassifyArguments) => classify(options, io));
}

function toShard(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined) throw new InvalidArgumentError('give i/n with i from 1 to n, as in 3/20');
  return shard;
}

async function classify(options: ClassifyArguments, io: CommandIo): Promise<void> {
  const format = tableFileFormatOf(options.out);
  if (options.shard !== undefined && format !== 'fits') {
    throw new DomainFailure({ kind: 'argument-invalid', name: '--out', why: 'a part must end in .fits' });
  }
  const model = await loadModel(options.model, modelFolders());
  const { description } = model;
  const recipe = withSisg(withGeometry(description.recipe, options.geometry), options.sisg);
  const field = await openField(await fieldFilesOf(options), recipe.features);
  try {
    for (const { message } of field.notices) io.note(message);
    for (const sentence of outOfDomain(field.mosaics, recipe)) io.note(sentence);
    if (!description.isTrained)
      io.note(`UNTRAINED: model ${description.id} saw no data; its probabilities mean nothing.`);
    // Read before the long work: labels or inputs that cannot be used end the command now.
    const { shard, labels, scoreSisg } = options;
    const listLabels = await labelsOfFile(labels, model.folder, field.catalogue);
    noteJoin(io, listLabels);
    const inputs = await inputFilesOf(field.files, labels);
    const threshold = options.threshold ?? description.threshold;
    const request = { threshold, rows: options.rows, columnNames: options.columns, labels: listLabels };

    const predicted = await predictField(field, model, { recipe, scoreSisg, shard, device: options.device }, io);
    const { predictions } = predicted;
    const maker = {
      ...description,
      recipe,
      modelId: description.id,
      scoreSisg,
      softwareVersion: softwareVersion(),
      device: deviceText(predicted.devices),
    };
    if (shard !== undefined) {
      const provenance = provenanceFor(field.files, maker, request, inputs);
      await writeTableFile(
        options.out,
        partTable(predictions, provenance, shard, { ...field.files, labels, modelFolder: model.folder }),
      );
      io.note(`Part ${shardText(shard)}; join all ${shard.count} with \`lobate merge\`.`);
    } else {
      const { table, renamed } = predictionList(field, predictions, maker, request, inputs);
      for (const name of renamed) io.note(`The input column ${name} is kept as ${name}_in.`);
      await writeTableFile(options.out, table);
    }
    summarise(predictions, { threshold, modelId: description.id, recipe }, options, io);
  } finally {
    await field.close();
  }
}

function summarise(
  predictions: readonly Prediction[],
  { threshold, modelId, recipe }: { readonly threshold: number; readonly modelId: string; readonly recipe: Recipe },
  options: ClassifyArguments,
  io: CommandIo,
): void {
  const statusCounts: Record<string, number> = {};
  for (const { status } of predictions) statusCounts[status] = (statusCounts[status] ?? 0) + 1;
  const flagged = predictions.filter((p) => p.status === 'classified' && p.probability >= threshold).length;
  if (options.json) {
    io.json({ rows: predictions.length, status: statusCounts, flagged, threshold, model: modelId, out: options.out });
    return;
  }
  const counts = Object.entries(statusCounts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([status, count]) => `${countText(count)} ${status}`);
  io.out(
    `${countText(predictions.length)} rows (${counts.join(', ')}); ${flaggedText(flagged, threshold, modelId, recipe)}: ${options.out}`,
  );
}
