import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../services/fits-files/atomic-write.ts';

const MOST_SETTINGS = 300;
const stored = z.record(z.string(), z.string());

/** What the windows of this machine keep between starts, by name. Losing it loses no science. */
export interface MachineSettings {
  list(): Promise<Record<string, string>>;
  /** Null forgets it. */
  keep(name: string, text: string | null): Promise<void>;
}

export function createMachineSettings(folder: string): MachineSettings {
  const file = join(folder, 'settings.json');
  const read = async (): Promise<Record<string, string>> => {
    try {
      return stored.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return {};
    }
  };
  // One after the other: two quick changes must not write over each other.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    list: read,
    keep(name, text) {
      const written = turn.then(async () => {
        const others = Object.entries(await read()).filter(([other]) => other !== name);
        const entries = text === null ? others : [...others, [name, text] as const];
        await mkdir(folder, { recursive: true });
        await writeAtomically(file, JSON.stringify(Object.fromEntries(entries.slice(-MOST_SETTINGS))));
      });
      turn = written.catch(() => undefined);
      return written;
    },
  };
}
