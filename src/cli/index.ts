import { argv } from 'node:process';
import { Command, CommanderError } from 'commander';
import { describeError } from '../core/result/describe-error.ts';
import type { DomainErrorKind } from '../core/result/failure.ts';
import { domainErrorOf } from '../core/result/failure.ts';
import { registerCommands } from './commands/index.ts';
import { createIo } from './io.ts';
import { softwareVersion } from './version.ts';

const EXIT_FAILURE = 1;
const EXIT_BAD_INPUT = 2;

/** Failures that are not the fault of the arguments or the input files. */
const OTHER_FAILURES: readonly DomainErrorKind[] = ['worker-died', 'cancelled', 'file-unwritable', 'run-in-progress'];

async function main(): Promise<number> {
  const io = createIo();
  const program = new Command('lobate')
    .description('Find the catalogue rows that belong to one radio source.')
    .version(softwareVersion())
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  await registerCommands(program, io, argv[2]);
  for (const command of program.commands) command.exitOverride();

  try {
    await program.parseAsync();
    // A command that did what it was asked to may still have a status to tell, as `replay` of a list that differs.
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : EXIT_BAD_INPUT;
    const error = domainErrorOf(thrown);
    if (error !== undefined) {
      io.note(`lobate: ${describeError(error)}`);
      return OTHER_FAILURES.includes(error.kind) ? EXIT_FAILURE : EXIT_BAD_INPUT;
    }
    // Not one of ours: a bug. Its first line helps a report; the whole stack only on request.
    const detail = thrown instanceof Error ? thrown : new Error(String(thrown));
    io.note(`lobate: unexpected failure: ${process.env['LOBATE_DEBUG'] ? (detail.stack ?? '') : detail.message}`);
    return EXIT_FAILURE;
  }
}

process.exitCode = await main();
