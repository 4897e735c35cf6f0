import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import type { RotatedSource, Spread, SpreadSummary } from '../../core/evaluation/rotation-spread.ts';
import { spreadOf, summariseSpreads } from '../../core/evaluation/rotation-spread.ts';
import type { Table } from '../../core/table/table.ts';
import { loadLabels } from '../../services/catalogue-files/load-labels.ts';
import type { Field } from '../../services/inference/open-field.ts';
import { openField } from '../../services/inference/open-field.ts';
import { rotateTest } from '../../services/inference/rotate-test.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import { DEVICE_HELP, DEVICE_OPTION, parseDevice, parseThreshold } from '../arguments.ts';
import { openOnDevice } from '../device.ts';
import type { FieldArguments } from '../field-options.ts';
import { addFieldOptions, fieldFilesOf } from '../field-options.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';

interface RotateTestArguments extends FieldArguments {
  readonly labels?: string;
  readonly model?: string;
  readonly threshold?: number;
  readonly device: DeviceChoice;
  readonly angles: number;
  readonly seed: number;
  readonly out?: string;
  readonly json: boolean;
}

const LARGEST_ANGLE_COUNT = 1000;

export function registerRotateTest(program: Command, io: CommandIo): void {
  const command = program
    .command('rotate-test')
    .description('how much P(MC) of each source depends on its orientation: exact turns and random angles');
  addFieldOptions(command)
    .option('--labels <file>', 'look at MC rows alone, as the paper does (labels as for `lobate evaluate`)')
    .option('--model <id>', 'a model of `lobate models`, or its folder')
    .option('--threshold <t>', "class MC from this probability on (default: the model's)", parseThreshold)
    .option(DEVICE_OPTION, DEVICE_HELP, parseDevice, 'auto')
    .option('--angles <n>', 'random orientations of each source', wholeNumberUpTo(LARGEST_ANGLE_COUNT), 4)
    .option('--seed <n>', 'seed of the random orientations', wholeNumberUpTo(2 ** 32 - 1), 1)
    .option('--out <file>', 'table with one row per source: .fits, .vot, .ecsv, .parquet or .csv')
    .option('--json', 'print the summary as JSON', false)
    .action(async (options: RotateTestArguments) => test(options, io));
}

const wholeNumberUpTo =
  (largest: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number > largest) {
      throw new InvalidArgumentError(`give a whole number from 0 to ${largest}`);
    }
    return number;
  };

async function test(options: RotateTestArguments, io: CommandIo): Promise<void> {
  if (options.out !== undefined) tableFileFormatOf(options.out);
  const model = await loadModel(options.model, modelFolders());
  const { recipe, moments, id, isTrained, threshold: ownThreshold } = model.description;
  const threshold = options.threshold ?? ownThreshold;
  const field = await openField(await fieldFilesOf(options), recipe.features);
  try {
    for (const { message } of field.notices) io.note(message);
    if (!isTrained) io.note(`UNTRAINED: model ${id} saw no data; its probabilities mean nothing.`);
    const rows = await rowsToTest(field, options.labels);
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
    if (options.out !== undefined) await writeTableFile(options.out, tableOf(field, sources, exact, random));
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

/** Every row, or the MC rows where labels are given. */
async function rowsToTest(field: Field, labelsPath: string | undefined): Promise<number[]> {
  const rows = Array.from({ length: field.catalogue.rowCount }, (_, row) => row);
  if (labelsPath === undefined) return rows;
  const { labelClass } = await loadLabels(labelsPath, field.catalogue.name, field.catalogue);
  return rows.filter((row) => labelClass[row] === 'MC');
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
  const text = (sigma: number | null): string => (sigma ?? Number.NaN).toFixed(4);
  return (
    `${title}: σ of P(MC) median ${text(sigmaMedian)}, 99 % ${text(sigma99)}, largest ${text(sigmaLargest)}; ` +
    `${sigmaBelow001} of ${sources} below 0.01, ${sigmaFrom005} from 0.05 on; ${mixed} change class; ` +
    `widest ${worst.lowest.toFixed(3)} to ${worst.highest.toFixed(3)} (${worst.name})`
  );
}

function tableOf(
  { catalogue }: Field,
  sources: readonly RotatedSource[],
  exact: readonly Spread[],
  random: readonly Spread[],
): Table {
  const numbers = (name: string, description: string, value: (index: number) => number): Table['columns'][number] => ({
    name,
    description,
    data: Float64Array.from(sources.keys(), value),
    repeat: 1,
  });
  const spreads = (prefix: string, what: string, of: readonly Spread[]): Table['columns'] => [
    numbers(`${prefix}_lowest`, `Lowest P(MC) over ${what}`, (index) => of[index]!.lowest),
    numbers(`${prefix}_highest`, `Highest P(MC) over ${what}`, (index) => of[index]!.highest),
    numbers(`${prefix}_sigma`, `Standard deviation of P(MC) over ${what}`, (index) => of[index]!.sigma),
    {
      name: `${prefix}_changes_class`,
      description: `1 where the class differs between ${what}`,
      data: Uint8Array.from(of, ({ isMixed }) => (isMixed ? 1 : 0)),
      repeat: 1,
    },
  ];
  return {
    rowCount: sources.length,
    columns: [
      { name: 'Source_Name', data: sources.map(({ row }) => catalogue.name[row]!), repeat: 1 },
      numbers('mc_probability', 'P(MC) of the picture as it is', (index) => sources[index]!.exact[0]!),
      ...spreads('exact', 'the 8 exact turns and mirrorings', exact),
      ...(random.length === 0 ? [] : spreads('random', 'random orientations', random)),
    ],
  };
}
