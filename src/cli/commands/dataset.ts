import type { Command } from 'commander';
import { Option } from 'commander';
import { recipeOf } from '../../core/network/presets.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { PART_NAMES, SPLIT_KINDS } from '../../core/training/data-split.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../core/training/training-recipe.ts';
import type { DataSetPreflight } from '../../services/trainer/data-set.ts';
import { dataSetTable, preflightDataSet } from '../../services/trainer/data-set.ts';
import { openLabelledRows } from '../../services/trainer/labelled-rows.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import { wholeNumber } from '../arguments.ts';
import type { CommandIo } from '../io.ts';
import type { TrainingDataArguments } from '../training-data.ts';
import { addTrainingDataOptions, trainingFieldsOf } from '../training-data.ts';

interface DatasetArguments extends TrainingDataArguments {
  readonly recipe: string;
  readonly split: TrainingRecipe['split'];
  readonly seed: number;
  readonly augment?: number;
  readonly mcExclusion: TrainingRecipe['mcExclusion'];
  readonly out?: string;
  readonly json: boolean;
}

export function registerDataset(program: Command, io: CommandIo): void {
  const command = program
    .command('dataset')
    .description('say what a training would learn from, and write its split (mc_dl_dataset)');
  addTrainingDataOptions(command)
    .option('--recipe <name>', 'a recipe of `lobate recipe`', 'compact')
    .addOption(new Option('--split <kind>', 'what is kept together').choices(SPLIT_KINDS).default('cell'))
    .option('--seed <n>', 'seed of the split', wholeNumber, 1)
    .option('--augment <factor>', 'how often each MC row appears in training', wholeNumber)
    .addOption(
      new Option(
        '--mc-exclusion <kind>',
        'what SISG takes out: those rows, every row of an MC source that has one, nothing',
      )
        .choices(['row', 'source', 'none'])
        .default('row'),
    )
    .option('--out <file>', 'where to write the split, .fits or .csv')
    .option('--json', 'print the report as one line', false)
    .action(async (options: DatasetArguments) => dataset(options, io));
}

async function dataset(options: DatasetArguments, io: CommandIo): Promise<void> {
  const recipe = recipeOf(options.recipe);
  const preset = defaultTrainingOf(recipe.network).training;
  const training: TrainingRecipe = {
    ...preset,
    split: options.split,
    seed: options.seed,
    mcExclusion: options.mcExclusion,
    augmentationFactor: options.augment ?? preset.augmentationFactor,
  };
  const fields = await trainingFieldsOf(options);
  const found = await preflightDataSet(fields, recipe, training);
  if (options.json) io.json(found);
  else for (const line of linesOf(found)) io.out(line);
  if (found.refusals.length > 0) {
    throw new DomainFailure({ kind: 'training-data-insufficient', why: found.refusals.join('; ') });
  }
  if (options.out === undefined) return;
  const rows = await openLabelledRows(fields, recipe);
  try {
    await writeTableFile(options.out, dataSetTable(rows, fields, training));
  } finally {
    await rows.close();
  }
  io.note(`Split of ${rows.count} rows: ${options.out}`);
}

function linesOf({ report, leftOut, candidateCount, warnings, notices }: DataSetPreflight): string[] {
  const lines = [...notices, `${candidateCount} labelled rows`];
  const reasons = [
    [leftOut.unlabelled, 'without a label'],
    [leftOut.artefact, 'artefacts'],
    [leftOut.ambiguous, 'both deblended and grouped'],
    [leftOut.withoutFeatures, 'without features'],
    [leftOut.outsideMosaics, 'outside the mosaics'],
  ] as const;
  for (const [count, reason] of reasons) if (count > 0) lines.push(`left out: ${count} ${reason}`);
  if (report !== undefined) {
    const { candidates, parts, leakage, duplicates } = report;
    lines.push(
      `of them ${candidates.mc} MC (${candidates.sisgMc} SISG) and ${candidates.s} S (${candidates.sisgS} SISG)`,
    );
    for (const part of PART_NAMES) {
      const { mc, s, blends } = parts[part];
      lines.push(`${part}: ${mc} MC, ${s} S (${blends} blends)`);
    }
    lines.push(
      `on both sides: ${leakage.dividedSources} sources; judged rows within 2″ of a training row: ${leakage.repeatedRows}; ` +
        `judged pictures that show a training source: ${leakage.sharedPictures}; repeated rows: ${duplicates}`,
    );
  }
  return [...lines, ...warnings.map((warning) => `warning: ${warning}`)];
}
