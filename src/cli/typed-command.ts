import { basename, isAbsolute } from 'node:path';
import { argv } from 'node:process';

/** The command that was given, as it can be typed again; for cards and pages. */
export const typedCommand = (): string => `lobate ${argv.slice(2).map(asShellWord).join(' ')}`;

/** An argument as it can be typed again: without the folders of this machine, quoted where a shell would split it. */
function asShellWord(argument: string): string {
  const word = isAbsolute(argument) ? basename(argument) : argument;
  return /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
