import type { Command } from 'commander';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import { columnMapPairs } from '../../core/catalogue/column-map.ts';
import { inputEntries, modelEntries } from '../../core/classification/provenance.ts';
import type { CutoutGeometry } from '../../core/cutout/cutout-recipe.ts';
import type { RotatedSource, SpreadSummary } from '../../core/evaluation/rotation-spread.ts';
import { sampleEvenly, spreadOf, summariseSpreads } from '../../core/evaluation/rotation-spread.ts';
import { rotationTable } from '../../core/evaluation/rotation-table.ts';
import type { SisgThresholds } from '../../core/features/feature-recipe.ts';
import { withSisg } from '../../core/network/gate.ts';
import { withGeometry } from '../../core/network/geometry.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { TableEntry } from '../../core/table/table.ts';
import { loadLabels } from '../../services/catalogue-files/load-labels.ts';
import { inputFilesOf } from '../../services/export/input-files.ts';
import { writingDate } from '../../services/export/writing-date.ts';
import type { Field } from '../../services/inference/open-field.ts';
import { openField } from '../../services/inference/open-field.ts';
import { rotateTest } from '../../services/inference/rotate-test.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import type { ModelDescription } from '../../services/model-store/model-description.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import {
  DEVICE_HELP,
  DEVICE_OPTION,
  GEOMETRY_HELP,
  GEOMETRY_OPTION,
  parseDevice,
  parseGeometry,
  parseSeed,
  parseSisg,
  parseThreshold,
  SISG_HELP,
  SISG_OPTION,
  wholeNumberWithin,
} from '../arguments.ts';
import { openOnDevice } from '../device.ts';
import type { FieldArguments } from '../field-options.ts';
import { addFieldOptions, fieldFilesOf } from '../field-options.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { softwareVersion } from '../version.ts';

interface RotateTestArguments extends FieldArguments {
  readonly labels?: string;
  readonly model?: string;
  readonly threshold?: number;
  readonly device: DeviceChoice;
  readonly sisg?: SisgThresholds;
  readonly geometry?: CutoutGeometry;
  readonly sample?: number;
  readonly angles: number;
  readonly seed: number;
  readonly out?: string;
  readonly json: boolean;
}

const LARGEST_ANGLE_COUNT = 1000;
const LARGEST_SAMPLE = 1e9;

export function registerRotateTest(program: Command, io: CommandIo): void {
  const command = program
    .command('rotate-test')
    .description('how much P(MC) of each source depends on its orientation: exact turns and random angles');
  addFieldOptions(command)
    .option('--labels <file>', 'look at MC rows alone, as the paper does (labels as for `lobate evaluate`)')
    .option('--model <id>', 'a model of `lobate models`, or its folder')
    .option('--threshold <t>', "class MC from this probability on (default: the model's)", parseThreshold)
    .option(DEVICE_OPTION, DEVICE_HELP, parseDevice, 'auto')
    .option(SISG_OPTION, SISG_HELP, parseSisg)
    .option(GEOMETRY_OPTION, GEOMETRY_HELP, parseGeometry)
    .option('--sample <n>', 'only n of the sources, evenly over the catalogue', wholeNumberWithin(1, LARGEST_SAMPLE))
    .option('--angles <n>', 'random orientations of each source', wholeNumberWithin(0, LARGEST_ANGLE_COUNT), 4)
    .option('--seed <n>', 'seed of the random orientations', parseSeed, 1)
    .option(
      '--out <file>',
      'table with one row per source, for `lobate evaluate --rotation`: .fits, .vot, .ecsv, .parquet or .csv',
    )
    .option('--json', 'print the summary as JSON', false)
    .action(async (options: RotateTestArguments) => test(options, io));
}

async function test(options: RotateTestArguments, io: CommandIo): Promise<void> {
  if (options.out !== undefined) tableFileFormatOf(options.out);
  const model = await loadModel(options.model, modelFolders());
  const { description } = model;
  const { moments, id } = description;
  const recipe = withSisg(withGeometry(description.recipe, options.geometry), options.sisg);
  const threshold = options.threshold ?? description.threshold;
  const field = await openField(await fieldFilesOf(options), recipe.features);
  try {
    for (const { message } of field.notices) io.note(message);
    if (!description.isTrained) io.note(`UNTRAINED: model ${id} saw no data; its probabilities mean nothing.`);
    const rows = await rowsToTest(field, options);
    const network = await openOnDevice(model, options.device, io);
    const bar = io.progress('Turning', rows.length);
    let sources: readonly RotatedSource[];
    try {
      const onRow = (done: number): void => bar.update(done);
      sources = await rotateTest(field, network, {
        recipe,
        moments,
        rows,
        angles: options.angles,
        seed: options.seed,
        onRow,
      });
    } finally {
      bar.stop();
      await network.close();
    }
    const exact = sources.map((source) => spreadOf(source.exact, threshold));
    const random = options.angles === 0 ? [] : sources.map((source) => spreadOf(source.random, threshold));
    if (options.out !== undefined) {
      const { angles, seed } = options;
      await writeTableFile(
        options.out,
        rotationTable(field.catalogue, sources, {
          threshold,
          angles,
          seed,
          entries: await madeBy(description, recipe, field),
        }),
      );
    }
    const found = sources.map(({ row }) => row);
    const summary = {
      exact: named(summariseSpreads(found, exact), field),
      random: named(summariseSpreads(random.length === 0 ? [] : found, random), field),
    };
    if (options.json) {
      io.json({
        model: id,
        threshold,
        angles: options.angles,
        seed: options.seed,
        ...summary,
        out: options.out ?? null,
      });
      return;
    }
    io.out(`Model ${id}, ${sources.length} sources, class MC from ${threshold} on`);
    io.out(lineOf('8 exact turns and mirrorings', summary.exact));
    if (options.angles > 0) io.out(lineOf(`${options.angles} random orientations`, summary.random));
    if (options.out !== undefined) io.out(options.out);
  } finally {
    await field.close();
  }
}

/** Rows that a network sees, or the MC rows of them where labels are given; a sample of them where that is wanted. */
async function rowsToTest(
  { catalogue, features }: Field,
  { labels, sample }: Pick<RotateTestArguments, 'labels' | 'sample'>,
): Promise<number[]> {
  const labelClass =
    labels === undefined ? undefined : (await loadLabels(labels, catalogue.name, catalogue)).labelClass;
  const rows = Array.from({ length: catalogue.rowCount }, (_, row) => row).filter(
    (row) => features.sisg[row] === 0 && features.unusable[row] === '' && (labelClass?.[row] ?? 'MC') === 'MC',
  );
  return sample === undefined ? rows : sampleEvenly(rows, sample);
}

/** What the table says of how it was made. */
async function madeBy(
  { id, weightsSha256, isTrained, seed }: ModelDescription,
  recipe: Recipe,
  { files }: Field,
): Promise<readonly TableEntry[]> {
  const made = {
    software: `Lobate ${softwareVersion()}`,
    date: writingDate(),
    modelId: id,
    modelSha256: weightsSha256,
    isTrained,
    seed,
    recipe,
  };
  const read = {
    units: files.units,
    columnMap: columnMapPairs(files.columnMap ?? {}),
    inputs: await inputFilesOf(files),
  };
  return [...modelEntries(made), ...inputEntries(read)];
}

type NamedSummary = Omit<SpreadSummary, 'worst'> & {
  readonly worst: { readonly name: string; readonly lowest: number; readonly highest: number } | null;
};

function named({ worst, ...summary }: SpreadSummary, { catalogue }: Field): NamedSummary {
  if (worst === null) return { ...summary, worst };
  return { ...summary, worst: { name: catalogue.name[worst.row]!, lowest: worst.lowest, highest: worst.highest } };
}

function lineOf(title: string, summary: NamedSummary): string {
  const { sources, sigmaMedian, sigma99, sigmaLargest, sigmaBelow001, sigmaFrom005, mixed, worst } = summary;
  if (worst === null) return `${title}: no source was looked at`;
  const text = (sigma: number | null): string => (sigma === null ? '–' : `${Number(sigma.toPrecision(2))}`);
  return (
    `${title}: σ of P(MC) median ${text(sigmaMedian)}, 99 % ${text(sigma99)}, largest ${text(sigmaLargest)}; ` +
    `${sigmaBelow001} of ${sources} below 0.01, ${sigmaFrom005} from 0.05 on; ${mixed} change class; ` +
    `widest ${worst.lowest.toFixed(3)} to ${worst.highest.toFixed(3)} (${worst.name})`
  );
}
