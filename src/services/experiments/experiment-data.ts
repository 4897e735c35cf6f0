import { existsSync } from 'node:fs';
import { planFields } from '../simulation/field-plan.ts';
import type { FieldProgress } from '../simulation/simulate-fields.ts';
import { simulateFields, simulationJobs } from '../simulation/simulate-fields.ts';
import { fieldFilesIn } from '../simulation/write-field.ts';
import type { SimulatedData } from './experiment-file.ts';

/** Simulates the fields that are not in the folder yet. A field is written whole, its mosaic last. */
export async function ensureSimulatedFields(
  folder: string,
  { seed, fields, sizePix }: SimulatedData,
  progress: FieldProgress,
  jobs = simulationJobs(sizePix, fields),
): Promise<void> {
  const missing = planFields(seed, fields, sizePix).filter(
    ({ name }) => !existsSync(fieldFilesIn(folder, name).mosaic),
  );
  await simulateFields(folder, missing, jobs, progress);
}
