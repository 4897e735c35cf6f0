import type { Command } from 'commander';
import { DomainFailure } from '../../core/result/failure.ts';
import { planFields } from '../../services/simulation/field-plan.ts';
import { simulateFields, simulationJobs } from '../../services/simulation/simulate-fields.ts';
import type { CommandIo } from '../io.ts';
import { simulationBar } from '../simulation-progress.ts';

interface SimulateOptions {
  readonly out: string;
  readonly seed: string;
  readonly size: string;
  readonly fields: string;
  readonly jobs?: string;
  readonly json?: boolean;
}

const SMALLEST_SIDE_PIX = 300;
/** The size of a LoTSS mosaic is 9,000; four times its area is as much as fits into memory comfortably. */
const LARGEST_SIDE_PIX = 18_000;
const MOST_FIELDS = 60;
const LARGEST_SEED = 2 ** 32 - 1;

export function registerSimulate(program: Command, io: CommandIo): void {
  program
    .command('simulate')
    .description('write simulated LoTSS-like fields: mosaic, catalogues as a source finder would give, and the truth')
    .requiredOption('--out <folder>', 'folder to write into; made if it is not there')
    .requiredOption('--seed <n>', 'seed; the same seed gives the same files, byte for byte')
    .option('--size <pixels>', 'side of the mosaics [pixel, 1.5″ each]', '3000')
    .option('--fields <k>', 'how many fields', '1')
    .option('--jobs <n>', 'how many at once, a core and 1.1 GB for each; the files are the same (default: what fits)')
    .option('--json', 'one line of JSON per field')
    .action(async (options: SimulateOptions) => {
      const seed = integerArgument('--seed', options.seed, 0, LARGEST_SEED);
      const side = integerArgument('--size', options.size, SMALLEST_SIDE_PIX, LARGEST_SIDE_PIX);
      const count = integerArgument('--fields', options.fields, 1, MOST_FIELDS);
      const jobs =
        options.jobs === undefined
          ? simulationJobs(side, count)
          : integerArgument('--jobs', options.jobs, 1, MOST_FIELDS);
      const bar = io.progress('Simulating', count);
      const plans = planFields(seed, count, side);
      const written = await simulateFields(options.out, plans, jobs, simulationBar(bar)).finally(() => bar.stop());
      for (const { plan, rowCount, files } of written) {
        if (options.json === true) io.json({ field: plan.name, rows: rowCount, ...files });
        else io.out(`${plan.name}: ${rowCount} catalogue rows in ${files.mosaic} and beside it`);
      }
    });
}

function integerArgument(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name,
      why: `"${text}" is not a whole number from ${low} to ${high}`,
    });
  }
  return value;
}
