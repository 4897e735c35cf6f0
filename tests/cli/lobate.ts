import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { execPath } from 'node:process';

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const entry = resolve(import.meta.dirname, '../../src/cli/index.ts');

/** Runs the real command in a process of its own, as a user's shell would. */
export function lobate(...args: readonly string[]): CommandResult {
  const { status, stdout, stderr } = spawnSync(execPath, [entry, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout, stderr };
}
