import { existsSync } from 'node:fs';
import { planFields } from '../simulation/field-plan.ts';
import { simulateField } from '../simulation/simulate-field.ts';
import { fieldFilesIn, writeField } from '../simulation/write-field.ts';
import type { SimulatedData } from './experiment-file.ts';

/** Simulates the fields that are not in the folder yet. A field is written whole, its mosaic last. */
export async function ensureSimulatedFields(
  folder: string,
  { seed, fields, sizePix }: SimulatedData,
  progress: (field: string, fraction: number, label: string) => void,
): Promise<void> {
  for (const plan of planFields(seed, fields, sizePix)) {
    if (existsSync(fieldFilesIn(folder, plan.name).mosaic)) continue;
    await writeField(folder, await simulateField(plan, (fraction, label) => progress(plan.name, fraction, label)));
  }
}
