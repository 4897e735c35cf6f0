import type { Command } from 'commander';
import type { CommandIo } from '../io.ts';

/** Every command of `lobate`, in the order of the help page. One file each. */
export const commands: readonly ((program: Command, io: CommandIo) => void)[] = [];
