import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Experiment } from '../../services/experiments/experiment-file.ts';
import { plannedRuns, readExperiment } from '../../services/experiments/experiment-file.ts';
import { ensureSimulatedFields } from '../../services/experiments/experiment-data.ts';
import { runExperiment } from '../../services/experiments/run-experiment.ts';
import { findTrainingFields } from '../../services/trainer/training-fields.ts';
import { wholeNumber } from '../arguments.ts';
import { writeExperiment } from '../experiment/write-experiment.ts';
import { programFolder } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import { simulationBar } from '../simulation-progress.ts';
import { TerminalListener } from '../training-progress.ts';
import { typedCommand } from '../typed-command.ts';
import { softwareVersion } from '../version.ts';

interface ExperimentArguments {
  readonly out?: string;
  readonly data: readonly string[];
  readonly quick: boolean;
  readonly threads?: number;
}

export function registerExperiment(program: Command, io: CommandIo): void {
  program
    .command('experiment')
    .description(
      'train a set of networks that differ in one thing, and compare them; without a file, list those that ship',
    )
    .argument('[file]', 'an experiment (.json), or the name of one that ships')
    .option('--out <folder>', 'table, figures, models; started again, it goes on there (default: the experiment’s id)')
    .option('--data <folders...>', 'folders of fields as `lobate simulate` writes them, in place of simulated ones', [])
    .option('--quick', 'the small size, in minutes: shows that it runs', false)
    .option('--threads <n>', 'threads of a step; with 1, equal inputs give equal weights', wholeNumber)
    .action((file: string | undefined, options: ExperimentArguments) =>
      file === undefined ? list(io) : experiment(file, options, io),
    );
}

const shippedFolder = join(programFolder, 'resources', 'experiments');

async function list(io: CommandIo): Promise<void> {
  for (const file of (await readdir(shippedFolder)).filter((name) => name.endsWith('.json')).sort()) {
    const { id, title, variants, seeds } = await readExperiment(join(shippedFolder, file));
    io.out(`${id}: ${title} (${variants.length * seeds.length} trainings)`);
  }
}

async function experiment(file: string, options: ExperimentArguments, io: CommandIo): Promise<void> {
  const given = await readExperiment(await fileOf(file));
  const runs = plannedRuns(given, options.quick);
  const outFolder = options.out ?? `${given.id}${options.quick ? '-quick' : ''}`;
  await mkdir(outFolder, { recursive: true });
  const { folders, words } = await dataOf(given, options, outFolder, io);
  const facts = {
    experiment: given,
    isQuick: options.quick,
    data: words,
    command: typedCommand(),
    runCount: runs.length,
  };

  const stop = new AbortController();
  const onInterrupt = (): void => {
    io.note('Stopping after this step. The same command goes on from the last whole epoch.');
    stop.abort();
  };
  process.once('SIGINT', onInterrupt);
  const listener = new TerminalListener(io);
  try {
    await runExperiment({
      runs,
      fields: await findTrainingFields(folders),
      outFolder,
      trainedOn: words,
      threads: options.threads,
      softwareVersion: softwareVersion(),
      now: () => new Date(),
      command: facts.command,
      signal: stop.signal,
      onRun: ({ variant, training }, index) => {
        listener.stop();
        io.note(`${index + 1} of ${runs.length}: ${variant}, seed ${training.seed}`);
        return listener;
      },
      onFinished: (finished) => writeExperiment(outFolder, facts, finished),
    });
    io.out(join(outFolder, 'table.md'));
  } finally {
    listener.stop();
    process.removeListener('SIGINT', onInterrupt);
  }
}

/** The file itself, or the one that ships under that name; a folder of that name is what an earlier start wrote. */
async function fileOf(named: string): Promise<string> {
  const isFile = await stat(named).then(
    (found) => found.isFile(),
    () => false,
  );
  const shipped = join(shippedFolder, `${named}.json`);
  return !isFile && existsSync(shipped) ? shipped : named;
}

/** Folders to learn from, simulated first where none is given. */
async function dataOf(
  { data, quick }: Experiment,
  options: ExperimentArguments,
  outFolder: string,
  io: CommandIo,
): Promise<{ readonly folders: readonly string[]; readonly words: string }> {
  if (options.data.length > 0) return { folders: options.data, words: `fields in ${options.data.join(', ')}` };
  const wanted = options.quick ? quick.data : data;
  const folder = join(outFolder, 'fields');
  const bar = io.progress('Simulating', wanted.fields);
  await ensureSimulatedFields(folder, wanted, simulationBar(bar));
  bar.stop();
  const { seed, fields, sizePix } = wanted;
  const made = `lobate simulate --seed ${seed} --fields ${fields} --size ${sizePix}`;
  return { folders: [folder], words: `simulated sky: ${fields} fields of \`${made}\`` };
}
