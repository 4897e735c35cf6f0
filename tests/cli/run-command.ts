import { Command } from 'commander';
import { registerClassify } from '../../src/cli/commands/classify.ts';
import { registerEvaluate } from '../../src/cli/commands/evaluate.ts';
import { registerFeatures } from '../../src/cli/commands/features.ts';
import { registerInspect } from '../../src/cli/commands/inspect.ts';
import { registerRotateTest } from '../../src/cli/commands/rotate-test.ts';
import type { CommandIo } from '../../src/cli/io.ts';
import { describeError } from '../../src/core/result/describe-error.ts';
import { domainErrorOf } from '../../src/core/result/failure.ts';

const REGISTERED = [registerClassify, registerEvaluate, registerFeatures, registerInspect, registerRotateTest];

export interface Answer {
  readonly out: string[];
  readonly notes: string[];
  readonly json: Record<string, unknown>[];
}

/** Runs a command in this process and gathers what it says. */
export async function runCommand(...parameters: string[]): Promise<Answer> {
  const answer: Answer = { out: [], notes: [], json: [] };
  const io: CommandIo = {
    out: (text) => answer.out.push(text),
    note: (text) => answer.notes.push(text),
    json: (value) => answer.json.push(JSON.parse(JSON.stringify(value)) as Record<string, unknown>),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of REGISTERED) register(program, io);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(parameters, { from: 'user' });
  return answer;
}

/** The sentence that a command ends with. */
export async function refusalOf(...parameters: string[]): Promise<string> {
  try {
    await runCommand(...parameters);
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error !== undefined) return describeError(error);
    throw thrown;
  }
  throw new Error('nothing was refused');
}
