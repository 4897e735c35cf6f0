import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../fits-files/atomic-write.ts';

/** Beside the user's own models. */
const PREFERENCE_FILE = 'preferred-model.json';
/** Longer histories than this are of no use to anybody. */
const LONGEST_HISTORY = 50;

const preference = z.object({ version: z.literal(1), history: z.array(z.string()) });

/** Ids of the models that were made the default, oldest first; the last is in force. Empty where none was, or unreadable. */
export async function promotedModels(folder: string): Promise<readonly string[]> {
  try {
    return preference.parse(JSON.parse(await readFile(join(folder, PREFERENCE_FILE), 'utf8'))).history;
  } catch {
    return [];
  }
}

/** Makes a model the default from now on. */
export async function promoteModel(folder: string, id: string): Promise<void> {
  const history = (await promotedModels(folder)).filter((known) => known !== id);
  await writeHistory(folder, [...history, id].slice(-LONGEST_HISTORY));
}

/** Takes the last promotion back. @returns the id that is the default now; undefined for the program's own choice */
export async function rollBackModel(folder: string): Promise<string | undefined> {
  const history = (await promotedModels(folder)).slice(0, -1);
  await writeHistory(folder, history);
  return history.at(-1);
}

async function writeHistory(folder: string, history: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeAtomically(join(folder, PREFERENCE_FILE), `${JSON.stringify({ version: 1, history }, null, 2)}\n`);
}
